from odoo import api, fields, models
from odoo.exceptions import UserError

CONTENT = {"name", "raw", "datas", "db_datas", "store_fname", "checksum", "mimetype", "type", "url",
           "res_model", "res_id", "res_field", "company_id", "quality_sealed"}


class IrAttachment(models.Model):
    """Photos of a concluded inspection and files of a released document stay what they are (REC-3, REC-4)."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "order.fence.mixin"]

    # Part of a concluded inspection or a released document: neither changed nor deleted, once and for all. No help:
    # models that inherit attachments would ask for its translation, and which they are depends on what is installed.
    quality_sealed = fields.Boolean(copy=False, readonly=True, export_string_translation=False)

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_not_quality_sealed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_quality_sealed(self):
        self._check_not_quality_sealed()

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"quality_sealed"}  # set by concluding and releasing only

    def _check_not_quality_sealed(self):
        sealed = self.sudo().filtered("quality_sealed")  # sudo: the seal holds for whoever asks
        if sealed:
            raise UserError(self.env._(
                "%(names)s: part of a concluded inspection or a released document, cannot be changed or deleted.",
                names=", ".join(sealed.mapped("name"))))

    def _seal_for_quality(self):
        """Seal for good. Called by concluding and releasing."""
        # sudo: whoever concludes need not own the files
        fresh = self.sudo().filtered(lambda attachment: not attachment.quality_sealed)
        if fresh:
            fresh.write({"quality_sealed": True})
