from odoo import api, fields, models


class QualityInspection(models.Model):
    """What followed from an inspection: nonconformities, dispositions and the transfers that they made."""
    _inherit = "quality.inspection"

    nonconformity_ids = fields.One2many("quality.nonconformity", "inspection_id", string="Nonconformities", copy=False)
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    open_nonconformity_id = fields.Many2one(
        "quality.nonconformity", compute="_compute_open_nonconformity_id", string="Undecided Nonconformity",
        help="The report over what this inspection rejected, while it waits for its decision.")
    disposition_ids = fields.One2many("quality.disposition", "inspection_id", string="Dispositions", copy=False)
    transfer_count = fields.Integer(compute="_compute_transfer_count")

    def _compute_nonconformity_count(self):
        # sudo: the count belongs to the inspection, whoever may read the reports themselves
        counts = dict(self.env["quality.nonconformity"].sudo()._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"]))
        for inspection in self:
            inspection.nonconformity_count = counts.get(inspection._origin, 0)

    @api.depends("nonconformity_ids.state")
    def _compute_open_nonconformity_id(self):
        # sudo: whoever may read the inspection sees that its goods wait for a decision
        found = {inspection.id: ids for inspection, ids in self.env["quality.nonconformity"].sudo()._read_group(
            [("inspection_id", "in", self.ids), ("state", "in", ("open", "review"))], ["inspection_id"], ["id:max"])}
        for inspection in self:
            inspection.open_nonconformity_id = found.get(inspection._origin.id)

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

    def action_open_nonconformity(self):
        """Open the report over what this inspection rejected: the next step after its verdict (REC-6)."""
        self.ensure_one()
        return self.open_nonconformity_id._get_records_action(name=self.env._("Nonconformity"))

    def action_view_transfers(self):
        """Open the transfer that brought the goods, and those that the dispositions made."""
        self.ensure_one()
        return self._get_transfers()._get_records_action(name=self.env._("Transfers"))
