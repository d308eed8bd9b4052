"""Plugin of the test run.

Each of several workers has a database of its own. The web client's assets are made once in it, not again in every
browser test: a test's transaction is rolled back, and with it the bundles that its pages have built (6 to 10 s).
"""
import os

import pytest

SCRIPTS_AND_STYLES = ("web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal",
                      "web.assets_frontend_lazy")
STYLES = ("web.assets_web_print",)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    # Before pytest-odoo looks: it would make the worker's database itself, in a way that Odoo 19 does not take.
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        config.option.odoo_database += f"_{worker}"
    yield


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
