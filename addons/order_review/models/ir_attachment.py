from odoo import api, fields, models
from odoo.exceptions import UserError

CONTENT = {"name", "raw", "datas", "db_datas", "store_fname", "checksum", "mimetype", "type", "url",
           "res_model", "res_id", "res_field", "company_id", "order_review_sealed"}


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = ["ir.attachment", "order.fence.mixin"]

    order_review_sealed = fields.Boolean(
        copy=False, readonly=True, export_string_translation=False,
        help="Part of a signed opinion or a released document: neither changed nor deleted, once and for all.")

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_not_sealed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"order_review_sealed"}  # set by signing and releasing only

    def _check_not_sealed(self):
        sealed = self.sudo().filtered("order_review_sealed")  # the seal holds for whoever asks
        if sealed:
            raise UserError(self.env._(
                "%(names)s: part of a signed opinion or a released document, cannot be changed or deleted. "
                "Release a new version instead.", names=", ".join(sealed.mapped("name"))))

    def _seal_for_review(self):
        """Seal for good. Called by signing and releasing."""
        fresh = self.sudo().filtered(lambda attachment: not attachment.order_review_sealed)  # the signer may only read
        if fresh:
            fresh.write({"order_review_sealed": True})

    def _adopt_for_review(self, record):
        """The attachments as the record's own: those of another record, or of another user, are copied.

        :return: attachments that whoever reads ``record`` may read
        :raise AccessError: the user may not read one of them
        """
        adopted = self.browse()
        for attachment in self:
            attachment.check_access("read")
            owner = {"res_model": record._name, "res_id": record.id}
            own = attachment.sudo()  # ownership is moved only where it is the user's to give, see below
            if (own.res_model, own.res_id) == (record._name, record.id):
                adopted |= attachment
            elif not own.res_id and own.create_uid == self.env.user and not own.order_review_sealed:
                own.write(owner)
                adopted |= attachment
            else:
                adopted |= own.copy(owner).sudo(False)
        return adopted
