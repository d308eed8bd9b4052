from odoo import api, fields, models
from odoo.exceptions import UserError


class OrderContractRegister(models.TransientModel):
    _name = "order.contract.register"
    _description = "Register the Signed Contract"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    signed_by = fields.Char(string="Signed by", required=True, help="Person of the customer who signed.")
    signed_on = fields.Date(string="Signed on", required=True, default=fields.Date.context_today)
    name = fields.Char(string="Contract number", help="Name of the document; by default that of the order.")
    datas = fields.Binary(string="Signed contract", attachment=False)
    file_name = fields.Char()
    document_id = fields.Many2one(
        "order.document", string="Or an existing document",
        compute="_compute_document_id", store=True, readonly=False, precompute=True,
        domain="[('order_id', '=', order_id), ('kind', '=', 'contract')]")

    @api.depends("order_id")
    def _compute_document_id(self):
        """The contract, where the order has just one."""
        for wizard in self:
            contracts = wizard.order_id.order_document_ids.filtered(
                lambda document: document.kind == "contract" and document.state != "superseded")
            wizard.document_id = contracts if len(contracts) == 1 else False

    def action_register(self):
        """Register the contract; see ``sale.order._register_contract``. It confirms a quotation whose review is
        through, as the customer's signature on the portal does.

        :raise UserError: without file and document
        """
        self.ensure_one()
        order = self.order_id
        order._register_contract(self._get_document(), self.signed_by, self.signed_on)
        if order.state in ("draft", "sent") and not order.review_needed:
            order.action_confirm()
        return {"type": "ir.actions.act_window_close"}

    def _get_document(self):
        if not self.datas:
            if not self.document_id:
                raise UserError(self.env._("Attach the signed contract, or choose the document."))
            return self.document_id
        return self.env["order.document"].create({
            "order_id": self.order_id.id,
            "kind": "contract",
            "name": self.name or self.order_id.name,
            "datas": self.datas,
            "file_name": self.file_name,
        })
