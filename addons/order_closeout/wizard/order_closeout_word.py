from odoo import fields, models
from odoo.exceptions import UserError

#: Steps that need words: the record's own method checks right, state and words.
STEPS = {
    ("order.evaluation", "conclude"): "action_conclude",
    ("order.evaluation.measure", "done"): "action_done",
    ("order.exception", "close"): "action_close",
}


class OrderCloseoutWord(models.TransientModel):
    _name = "order.closeout.word"
    _inherit = ["document.number.mixin"]
    _description = "Words to a Step of the Close-out"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    operation = fields.Selection(
        [("conclude", "Conclude"), ("done", "Done"), ("close", "Close")], required=True, readonly=True)
    text = fields.Text(string="In words", required=True)

    def action_confirm(self):
        """Do it with these words."""
        self.ensure_one()
        method = STEPS.get((self.res_model, self.operation))
        record = method and self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("The document is not there any more. Open it again from its list."))
        getattr(record, method)(self.text)
        return {"type": "ir.actions.act_window_close"}
