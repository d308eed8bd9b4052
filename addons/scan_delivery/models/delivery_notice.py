from odoo import fields, models


class DeliveryNotice(models.Model):
    _inherit = "delivery.notice"

    loaded_by = fields.Many2one(
        "res.users", string="Loading Checked By", readonly=True, copy=False, ondelete="restrict", tracking=True)
    loaded_on = fields.Datetime(string="Loading Checked On", readonly=True, copy=False)

    def action_withdraw(self, reason=None):
        """A notice that is released anew is loaded anew."""
        result = super().action_withdraw(reason)
        self.filtered("loaded_on")._write_signed({"loaded_by": False, "loaded_on": False})
        return result

    def _note_loading(self):
        """Everything that leaves by these notices was scanned (DLV-2).

        :raise UserError: the notice is not released any more
        """
        self._check_state("released")
        self._write_signed({"loaded_by": self.env.uid, "loaded_on": fields.Datetime.now()})
