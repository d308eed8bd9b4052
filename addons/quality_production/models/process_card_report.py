from base64 import b64decode

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import clean_context

from odoo.addons.document_control.tools.entered_values import check_quantity


class ProcessCard(models.Model):
    """What the shop floor signs or reports on the card as a whole (FQC-1, FQC-3)."""

    _inherit = "process.card"

    def action_check_received(self, result="ok", note=None, product_id=None):
        """The team signs that it looked at the received components before assembly (FQC-3).

        An objection is reported to quality as a nonconformity; the check is signed again when it was settled.

        :param str result: ``ok`` (complete and undamaged) or ``ng``, which needs a note
        :param int product_id: the component that is not right, if it is one
        :raise AccessError: the user does not work in production
        """
        self.ensure_one()
        self._check_operator()
        self._check_running()
        if self.received_result == "ok":
            raise UserError(self.env._("The components of process card %(name)s are signed already.", name=self.name))
        if result not in ("ok", "ng"):
            raise UserError(self.env._("The received components are complete and undamaged, or you object to them."))
        if result == "ng" and not (note or "").strip():
            raise UserError(self.env._("Write what is wrong with the received components."))
        self._write_signed({"received_result": result, "received_checked_by": self.env.uid,
                            "received_checked_on": fields.Datetime.now(), "received_note": note or False})
        card = self.sudo()  # signatures are made by actions only
        card.env["process.card.signature"].create({
            "card_id": card.id, "kind": "received", "result": result, "note": note or False,
            "user_id": self.env.uid})
        card._start()
        if result == "ng":
            card._report_nonconformity(note, quantity=1, product=product_id and self.env["product.product"].browse(
                product_id))
        return True

    def action_report_defect(self, description, quantity=None, product_id=None, lot_id=None, line_id=None,
                             severity="minor", photos=None):
        """Report a defect found during production; the team leader is told (NCR-1, NCR-3).

        :param float quantity: in the product's unit; the order's quantity if not said
        :param int product_id: the product or component that is not right; the order's product if not said
        :param int line_id: operation where it was found
        :param photos: list of ``{"name", "data"}``, pictures in base64
        :return: the ``quality.nonconformity``
        :raise UserError: nothing is said, or a photo is no picture
        """
        self.ensure_one()
        self.check_access("read")
        if not (description or "").strip():
            raise UserError(self.env._("Write what is wrong."))
        if quantity is not None:
            check_quantity(self.env, self.name, quantity)
        line = self.line_ids.filtered(lambda line: line.id == line_id)
        product = self.env["product.product"].browse(product_id or self.product_id.id)
        card = self.sudo()  # everybody who sees the card may report what he found
        values = {"process_line_id": line.id}
        if leader := line.sudo().leader_id:  # only to tell him
            values["leader_id"] = leader.id
        if lot_id:
            values["lot_ids"] = [(6, 0, [lot_id])]
        report = card._report_nonconformity(
            description, quantity=quantity, product=product, severity=severity, **values)
        if photos:
            # sudo: the pictures belong to the report; what kind of files they are was checked
            report.sudo().attachment_ids = report.env["ir.attachment"].sudo().create(
                self._prepare_photo_vals(report, photos))
        return report.sudo(False)

    def _prepare_photo_vals(self, report, photos):
        """Values of the pictures of a report.

        :raise UserError: not a picture
        """
        vals_list = []
        for photo in photos:
            try:
                data = b64decode(photo["data"], validate=True)
                name = str(photo["name"])
            except (KeyError, TypeError, ValueError):
                data, name = b"", self.env._("The file")
            if not guess_mimetype(data).startswith("image/"):
                raise UserError(self.env._("%(name)s is no picture.", name=name))
            vals_list.append({"name": name, "raw": data, "res_model": report._name, "res_id": report.id})
        return vals_list

    def _check_operator(self):
        self.check_access("read")
        self._check_groups("mrp.group_mrp_user")

    def _report_nonconformity(self, description, quantity=None, product=None, severity="minor", **values):
        """Create the nonconformity with what the card knows and open it."""
        self.ensure_one()
        vals = self._prepare_nonconformity_vals(description, quantity, product or self.product_id, severity)
        # the defaults of a context are no part of the report
        env = self.env(context=clean_context(self.env.context))
        report = env["quality.nonconformity"].create({**vals, **values}).with_env(self.env)
        report._open()
        return report

    def _prepare_nonconformity_vals(self, description, quantity, product, severity):
        production = self.production_id
        if quantity is None:
            quantity = production.product_uom_qty if product == self.product_id else 1
        return {
            "source": "process", "severity": severity, "description": description, "product_id": product.id,
            "quantity": quantity, "company_id": self.company_id.id, "reported_by": self.env.uid,
            "process_card_id": self.id, "production_id": production.id, "leader_id": self._get_leader().id,
            "is_stocked": False, "own_process": product == self.product_id,
            "lot_ids": [(6, 0, production._get_counted_lots(quantity).ids if product == self.product_id else [])]}
