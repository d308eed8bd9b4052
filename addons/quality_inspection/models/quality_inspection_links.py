from odoo import fields, models


class QualityInspection(models.Model):
    """What followed from an inspection: nonconformities, dispositions and the transfers that they made."""
    _inherit = "quality.inspection"

    nonconformity_ids = fields.One2many("quality.nonconformity", "inspection_id", string="Nonconformities", copy=False)
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    disposition_ids = fields.One2many("quality.disposition", "inspection_id", string="Dispositions", copy=False)
    transfer_count = fields.Integer(compute="_compute_transfer_count")

    def _compute_nonconformity_count(self):
        # sudo: the count belongs to the inspection, whoever may read the reports themselves
        counts = dict(self.env["quality.nonconformity"].sudo()._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"]))
        for inspection in self:
            inspection.nonconformity_count = counts.get(inspection._origin, 0)

    def _compute_transfer_count(self):
        for inspection in self:
            inspection.transfer_count = len(inspection._get_transfers())

    def _get_transfers(self):
        """The receipt or order's transfer and the transfers of the dispositions."""
        inspection = self.sudo()  # sudo: the inspector need not have rights in stock
        return (inspection.picking_id | inspection.disposition_ids.move_ids.picking_id).sudo(False)

    def action_view_nonconformities(self):
        """Open the nonconformity reports of this inspection."""
        self.ensure_one()
        return self.nonconformity_ids._get_records_action(name=self.env._("Nonconformities"))

    def action_view_transfers(self):
        """Open the transfer that brought the goods, and those that the dispositions made."""
        self.ensure_one()
        return self._get_transfers()._get_records_action(name=self.env._("Transfers"))
