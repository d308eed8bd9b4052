from odoo import fields, models


class StockLot(models.Model):
    """A finished serial number has a passport (产品履历): what it is made of and how it was tested."""

    _inherit = "stock.lot"

    passport_url = fields.Char(
        string="Address of the Passport", compute="_compute_passport_url", export_string_translation=False)

    def _compute_passport_url(self):
        for lot in self:
            lot.passport_url = f"{lot.get_base_url()}/quality/passport/{lot.id}"

    def action_view_passport(self):
        """Open the passport of the serial number."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("quality_production.serial_passport_client_action")
        return {**action, "context": {"active_id": self.id}, "params": {"lot_id": self.id}}

    def action_view_where_used(self):
        """Open the lots and serial numbers that this one was built into, through all levels."""
        self.ensure_one()
        used = self._get_where_used()
        return {"type": "ir.actions.act_window", "res_model": "stock.lot", "view_mode": "list,form",
                "domain": [("id", "in", used["lot_ids"])],
                "name": self.env._("Built with %(lot)s", lot=self.name)}
