from odoo import fields, models
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
        domain="[('order_id', '=', order_id), ('kind', '=', 'contract')]")

    def action_register(self):
        """Register the contract; see ``sale.order._register_contract``.

        :raise UserError: without file and document
        """
        self.ensure_one()
        self.order_id._register_contract(self._get_document(), self.signed_by, self.signed_on)
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
