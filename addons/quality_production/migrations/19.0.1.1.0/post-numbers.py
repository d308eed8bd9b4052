from odoo.addons.order_sla.tools.numbers import renew_sequences


def migrate(cr, version):
    """One pattern of numbers in the suite; given numbers and changed sequences stay."""
    renew_sequences(cr, "quality_production")
