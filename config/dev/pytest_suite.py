"""Plugin of the test run: the web client's assets are made once, not again in every browser test.

A test's transaction is rolled back, and with it the bundles that its pages have built (6 to 10 s).
"""
import pytest

SCRIPTS_AND_STYLES = ("web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal",
                      "web.assets_frontend_lazy")
STYLES = ("web.assets_web_print",)


@pytest.fixture(scope="session", autouse=True)
def assets(request, load_registry):
    from odoo.tests.common import HttpCase

    if any(issubclass(getattr(item, "cls", None) or object, HttpCase) for item in request.session.items):
        _generate_assets()


def _generate_assets():
    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name

    with Registry(get_db_name()).cursor() as cr:
        qweb = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})["ir.qweb"]
        for bundle in SCRIPTS_AND_STYLES:
            qweb._get_asset_bundle(bundle, css=False, js=True).js()
        for bundle in SCRIPTS_AND_STYLES + STYLES:
            qweb._get_asset_bundle(bundle, css=True, js=False).css()
