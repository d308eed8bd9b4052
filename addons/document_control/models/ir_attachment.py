from odoo import api, fields, models
from odoo.exceptions import UserError

CONTENT = {"name", "raw", "datas", "db_datas", "store_fname", "checksum", "mimetype", "type", "url",
           "res_model", "res_id", "res_field", "company_id", "document_sealed"}


class IrAttachment(models.Model):
    """Files of a signed opinion, a concluded inspection or a released document stay what they are (REC-3, REC-4)."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "document.fence.mixin"]

    # Part of a signed or released document: neither changed nor deleted, once and for all. No help: models that inherit
    # attachments would ask for its translation, and which they are depends on what is installed.
    document_sealed = fields.Boolean(copy=False, readonly=True, export_string_translation=False)

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_in_field()
        return attachments

    def write(self, vals):
        if not CONTENT & vals.keys():
            return super().write(vals)
        self._check_not_sealed()
        self._check_in_field()
        result = super().write(vals)
        if {"res_model", "res_id", "res_field"} & vals.keys():
            self._check_in_field()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()
        self._check_in_field()

    def _check_in_field(self):
        """A signature or photo that stands in a field of a document is written as that field, not behind its back.

        :raise AccessError: the field is closed to the user
        :raise UserError: the document is signed or concluded
        """
        if self.env.su:
            return  # that is how the field itself writes
        for attachment in self.filtered("res_field"):
            document = self.env.get(attachment.res_model)
            if hasattr(document, "_check_written"):
                document.browse(attachment.res_id)._check_written({attachment.res_field: True})

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"document_sealed"}  # set by signing, concluding and releasing only

    def _check_not_sealed(self):
        sealed = self.sudo().filtered("document_sealed")  # sudo: the seal holds for whoever asks
        if sealed:
            raise UserError(self.env._(
                "%(names)s: part of a signed, concluded or released document, cannot be changed or deleted. Release a "
                "new version instead.", names=", ".join(sealed.mapped("name"))))

    def _seal(self):
        """Seal for good. Called by signing, concluding and releasing."""
        # sudo: whoever signs need not own the files
        fresh = self.sudo().filtered(lambda attachment: not attachment.document_sealed)
        if fresh:
            fresh.write({"document_sealed": True})

    def _adopt(self, record):
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
            elif not own.res_id and own.create_uid == self.env.user and not own.document_sealed:
                own.write(owner)
                adopted |= attachment
            else:
                adopted |= own.copy(owner).sudo(False)
        return adopted
