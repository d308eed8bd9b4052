from odoo import api, fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    service_user_id = fields.Many2one(
        "res.users", string="Technician", copy=False, index="btree_not_null", ondelete="restrict",
        domain="[('share', '=', False)]", help="Carries these goods with him: parts that he uses on visits leave here.")

    _service_user_uniq = models.UniqueIndex(
        "(service_user_id, company_id) WHERE service_user_id IS NOT NULL", "This technician has his own stock already.")

    @api.model
    def _get_technician_stock(self, user, company):
        """What the technician carries with him; empty where it is nothing."""
        return self.sudo().search([  # sudo: technicians read no locations
            ("service_user_id", "=", user.id), ("company_id", "=", company.id), ("usage", "=", "internal")], limit=1)
