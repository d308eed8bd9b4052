"""Columns of the signature's fingerprint: filled by the post script, not computed while there is none yet."""


def migrate(cr, version):
    """Called by Odoo before the module is updated."""
    if version:
        cr.execute("ALTER TABLE sale_order ADD COLUMN IF NOT EXISTS contract_digest varchar")
        cr.execute("ALTER TABLE sale_order ADD COLUMN IF NOT EXISTS contract_outdated boolean DEFAULT false")
        cr.execute("ALTER TABLE sale_order ALTER COLUMN contract_outdated DROP DEFAULT")
