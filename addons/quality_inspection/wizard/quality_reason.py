from odoo import api, fields, models


class QualityReason(models.TransientModel):
    """Words that go with a signature: a reason, an answer, an opinion, the evidence."""

    _name = "quality.reason"
    _description = "Quality: Give the Reason"

    operation = fields.Selection(
        [("escalate", "Escalate"), ("answer", "Answer"), ("agree", "Agree"), ("disagree", "Disagree"),
         ("refuse_release", "Refuse the Urgent Release")], required=True, readonly=True)
    document_id = fields.Integer(
        required=True, readonly=True, default=lambda self: self.env.context.get("active_id"))
    text = fields.Text(string="Words")

    @api.model
    def _get_operations(self):
        """What is done with the words: model and method that takes them, by operation; addons add theirs."""
        return {
            "escalate": ("quality.nonconformity", "action_escalate"),
            "answer": ("quality.nonconformity", "action_answer"),
            "agree": ("quality.review.line", "action_agree"),
            "disagree": ("quality.review.line", "action_disagree"),
            "refuse_release": ("quality.urgent.release", "action_refuse"),
        }

    def action_confirm(self):
        """Do it with these words; the document's own action checks rights and state."""
        self.ensure_one()
        model, method = self._get_operations()[self.operation]
        result = getattr(self.env[model].browse(self.document_id), method)(self.text)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
