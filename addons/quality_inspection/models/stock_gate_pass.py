from odoo import api, fields, models

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.stock_gate_pass.models.stock_gate_pass import GATE, HEADS, STAFF

QUALITY = "quality_inspection.group_quality_user"
HEAD_OF_QUALITY = "quality_inspection.group_quality_manager"


class StockGatePass(models.Model):
    """The pass of a return or a repair: quality answers for it beside the store, a clock runs until it is back."""

    _name = "stock.gate.pass"
    _inherit = ["stock.gate.pass", "sla.mixin"]
    _transitions = {
        "approve": Transition(("draft",), "approved", (HEAD_OF_QUALITY, *HEADS)),
        "out": Transition(("approved",), "out", (*GATE, QUALITY)),
        "in": Transition(("out",), "returned", (*GATE, QUALITY)),
        "settle": Transition(("out",), "returned", (HEAD_OF_QUALITY,)),
        "close": Transition(("out", "returned"), "closed", (*STAFF, QUALITY)),
        "cancel": Transition(("draft", "approved"), "closed", (*STAFF, QUALITY)),
    }

    disposition_id = fields.Many2one(
        "quality.disposition", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    nonconformity_id = fields.Many2one(related="disposition_id.nonconformity_id", related_sudo=True)

    @api.depends("disposition_id")
    def _compute_is_from_document(self):
        result = super()._compute_is_from_document()
        self.filtered("disposition_id").is_from_document = True
        return result

    def action_view_nonconformity(self):
        """Open the nonconformity for which the goods leave."""
        self.ensure_one()
        return self.nonconformity_id._get_records_action(name=self.env._("Nonconformity"))

    def _is_own_request(self):
        return super()._is_own_request() and not self.company_id.quality_gate_own_approval

    @api.model
    def _get_approvers(self, company):
        return company._get_quality_head() | super()._get_approvers(company)

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | (set() if self.state == "draft" else {"disposition_id"})

    def _get_living_fields(self):
        return super()._get_living_fields() | {"nonconformity_id"}

    def _on_settled(self, quantities):
        self.disposition_id._give_up_outside(sum(
            line._get_product_quantity(quantity) for line, quantity in quantities.items()))
        return super()._on_settled(quantities)

    def _on_back(self, quantities):
        """Goods of a repair go back into the hold location, lot by lot, and to their re-inspection."""
        super()._on_back(quantities)
        if self.disposition_id.kind != "repair":
            return
        lots = {}
        for line, quantity in quantities.items():
            lots[line.lot_id] = lots.get(line.lot_id, 0.0) + line._get_product_quantity(quantity)
        if self.disposition_id.tracking == "serial":
            self.disposition_id._receive_back(sum(lots.values()), self.env["stock.lot"].union(*lots))
        else:
            for lot, quantity in lots.items():
                self.disposition_id._receive_back(quantity, lot)
