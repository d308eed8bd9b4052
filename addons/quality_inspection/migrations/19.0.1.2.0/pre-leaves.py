"""Corrective actions and control charts became addons of their own: where they were, these are installed.

Nothing that is installed depends on them, so an upgrade would not bring them (Odoo looks for addons that install
themselves only when it installs something), and at its end tables and records would be deleted. The new addons take
them over before they are loaded (their pre_init_hook).
"""
LEAVES = ["quality_corrective", "quality_spc"]


def migrate(cr, version):
    """Have the addons installed in the course of this upgrade."""
    cr.execute(
        "UPDATE ir_module_module SET state = 'to install' WHERE name = ANY(%s) AND state = 'uninstalled'", [LEAVES])
