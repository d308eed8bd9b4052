import base64
import logging

from odoo import fields, models
from odoo.exceptions import AccessError, MissingError

from odoo.addons.document_control.tools import binder

_logger = logging.getLogger(__name__)
ATTEMPTS = 3
#: Files above (bytes) are listed: they would fill the memory of the server.
LARGE = 64 * 1024 * 1024


class OrderDossierPrintPart(models.Model):
    """One paper of a dossier that is being printed: a document's form, or a file."""

    _name = "order.dossier.print.part"
    _description = "Paper of a Dossier"
    _rec_name = "title"
    _order = "sequence, id"

    # Nobody sees it but in the contents of the PDF: its fields need no translation.
    print_id = fields.Many2one(
        "order.dossier.print", required=True, index=True, ondelete="cascade", export_string_translation=False)
    sequence = fields.Integer(export_string_translation=False)
    at = fields.Datetime(export_string_translation=False)
    title = fields.Char(export_string_translation=False)
    about = fields.Char(export_string_translation=False)
    author = fields.Char(export_string_translation=False)
    res_model = fields.Char(export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", export_string_translation=False)
    report_name = fields.Char(export_string_translation=False)  # empty: a file
    state = fields.Selection(
        [("waiting", "Waiting"), ("printed", "Printed"), ("listed", "Listed only")], required=True, default="waiting",
        index=True, export_string_translation=False)
    attempts = fields.Integer(export_string_translation=False)
    content = fields.Binary(attachment=True, export_string_translation=False)
    page_count = fields.Integer(export_string_translation=False)
    checksum = fields.Char(export_string_translation=False)
    same_id = fields.Many2one(  # the same file, printed before
        "order.dossier.print.part", ondelete="set null", export_string_translation=False)
    note = fields.Char(export_string_translation=False)  # why it is listed only

    def _print(self):
        """Print it and keep it; what cannot be printed is listed with the reason.

        An attempt is counted before it is made: what makes the server stop is given up, and not tried for ever.
        """
        self.attempts += 1
        self.env["ir.cron"]._commit_progress()
        order = self.print_id._get_reader()
        env = order.env if order else self.env
        values = {"state": "listed"}
        if self.attempts > ATTEMPTS:
            values["note"] = env._("It stopped the server")
        elif not order:
            values["note"] = env._("It may not be read any more")
        else:
            try:
                with self.env.cr.savepoint():
                    values |= self._prepare_printed(order)
            except (AccessError, MissingError):
                values["note"] = env._("It may not be read, or shows what may not be read")
            except binder.Unreadable:
                values["note"] = env._("It could not be read")
            except Exception:  # noqa: BLE001 - one paper does not hold up the others
                _logger.exception("%s %s of %s could not be printed", self.res_model, self.res_id, self.print_id)
                values["note"] = env._("It could not be printed")
        self.write(values)

    def _prepare_printed(self, order):
        record = order.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        if self.report_name:
            content, _kind = order.env["ir.actions.report"]._render_qweb_pdf(self.report_name, record.ids)
        else:
            if record.file_size > LARGE:
                return {"note": order.env._("It is too large")}
            same = self.search([
                ("print_id", "=", self.print_id.id), ("checksum", "=", record.checksum), ("state", "=", "printed"),
                ("id", "!=", self.id)], limit=1) if record.checksum else self.browse()
            if same:
                return {"same_id": same.id}
            if record.mimetype in binder.PICTURES:
                content = binder.draw_picture(record.raw)
            elif record.mimetype == "application/pdf":
                content = record.raw
            else:
                return {"note": order.env._("It is neither a PDF nor a picture")}
        return {
            "state": "printed", "content": base64.b64encode(content), "page_count": binder.count_pages(content),
            "checksum": not self.report_name and record.checksum}

    def _get_content(self):
        return base64.b64decode(self.content or b"")
