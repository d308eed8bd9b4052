"""Corrective actions became an addon of its own; where they were in use it is installed.

Nothing that is installed depends on it, so an upgrade would not bring it (Odoo looks for addons that install themselves
only when it installs something), and their tables and records would be deleted at its end. The new addon takes them
over before it is loaded (its pre_init_hook).
"""
LEAVES = ["quality_corrective"]


def migrate(cr, version):
    """Have the addons installed in the course of this upgrade."""
    cr.execute(
        "UPDATE ir_module_module SET state = 'to install' WHERE name = ANY(%s) AND state = 'uninstalled'", [LEAVES])
