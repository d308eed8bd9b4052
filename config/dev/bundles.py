"""Bundles of scripts and styles that the pages of tests load; runs in Odoo."""

SCRIPTS_AND_STYLES = (
    "web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal", "web.assets_frontend_lazy",
    "web.assets_tests", "web.__assets_tests_call__", "web.assets_emoji", "bus.websocket_worker_assets",
    "portal.assets_chatter", "warehouse_scan.assets", "warehouse_scan.assets_camera")
STYLES = ("web.assets_web_print", "web.report_assets_common", "web.report_assets_pdf", "mail.assets_message_email",
          "portal.assets_chatter_style")
#: What a page of Hoot tests loads.
HOOT = ("web.assets_unit_tests_setup", "web.assets_unit_tests")


def generate(env, pages=True, hoot=True):
    """Have the bundles in the database: those that are there, and whose sources are the same, stay."""
    qweb = env["ir.qweb"]
    scripts = (*(SCRIPTS_AND_STYLES if pages else ()), *(HOOT if hoot else ()))
    for bundle in scripts:
        qweb._get_asset_bundle(bundle, css=False, js=True).js()
    for bundle in (*scripts, *(STYLES if pages else ())):
        qweb._get_asset_bundle(bundle, css=True, js=False).css()
