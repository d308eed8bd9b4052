from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.tools.entered_values import is_id, is_number, shown
from odoo.addons.document_control.tools.reason import is_reason

from .delivery_notice import DESK

#: What the site has said of a crate.
ANSWERED = ("signed", "reported")


class DeliveryNotice(models.Model):
    """The receipt that comes back signed (回执), and what the customer has agreed may be missing (DLV-3, DLV-8)."""

    _inherit = "delivery.notice"

    crate_ids = fields.One2many("delivery.crate", "notice_id", string="Crates", readonly=True)
    crate_count = fields.Integer(compute="_compute_crate_count")
    receipt_ids = fields.Many2many(
        "ir.attachment", "delivery_notice_receipt_rel", string="Signed Receipts", readonly=True, copy=False)
    signed_by = fields.Char(readonly=True, copy=False, help="Who has signed on site.")
    signed_on = fields.Date(readonly=True, copy=False, help="When it was signed on site.")
    has_report = fields.Boolean(
        string="Missing or Damaged", compute="_compute_has_report", store=True,
        help="The site has reported something missing or damaged.")

    consent_person = fields.Char(string="Agreed by", readonly=True, copy=False, help="Who agreed for the customer.")
    consent_on = fields.Date(string="Agreed on", readonly=True, copy=False)
    consent_note = fields.Text(string="What Was Agreed", readonly=True, copy=False)
    consent_by = fields.Many2one("res.users", string="Recorded by", readonly=True, copy=False, ondelete="restrict")
    consent_owner_id = fields.Many2one(
        "res.users", string="Sends It Later", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    consent_due = fields.Date(string="Sent Later by", readonly=True, copy=False)

    def _compute_crate_count(self):
        # sudo: how many there are is shown to whoever reads the notice
        counts = dict(self.env["delivery.crate"].sudo()._read_group(
            [("notice_id", "in", self.ids)], ["notice_id"], ["__count"]))
        for notice in self:
            notice.crate_count = counts.get(notice._origin, 0)

    @api.depends("crate_ids.state")
    def _compute_has_report(self):
        for notice in self:
            notice.has_report = "reported" in notice.crate_ids.mapped("state")

    def action_record_consent(self, person=None, note=None, owner=None, due=None, quantities=None):
        """The customer agrees that something is missing for now (DLV-8).

        :param person: who agreed for him
        :param note: what was agreed, and how
        :param owner: ``res.users``, or its id: who sends it later
        :param due: by when
        :param quantities: dict of id of a line of goods: what may be missing of it
        :raise AccessError: not the order desk
        :raise UserError: not released, or one of these is missing
        """
        self.ensure_one()
        self._check_groups(DESK)
        self.check_access("read")
        self._lock()
        self._check_state("released")
        owner_id = getattr(owner, "id", owner)
        owner = self.env["res.users"].browse(owner_id if is_id(owner_id) else []).exists()
        if (not isinstance(person, str) or not person.strip() or not is_reason(note)
                or not owner or owner.share or not owner.active):
            raise UserError(self.env._(
                "%(notice)s: say who agreed for the customer, what was agreed, and who sends later what is missing.",
                notice=self.name))
        quantities = quantities if isinstance(quantities, dict) else {}
        # the keys of what comes as JSON are texts
        agreed = {
            int(key) if str(key).isdecimal() else key: quantity for key, quantity in quantities.items() if quantity}
        lines = self.sudo().line_ids.filtered(lambda line: line.id in agreed)  # sudo: written by this button only
        if not agreed or len(lines) < len(agreed):
            raise UserError(self.env._("%(notice)s: say how much may be missing of which goods.", notice=self.name))
        for line in self.sudo().line_ids:
            quantity = agreed.get(line.id, 0.0)
            if not is_number(quantity, 0, line.quantity):
                raise UserError(self.env._(
                    "%(goods)s: at most this much can be missing.", goods=line.display_name))
            line.quantity_agreed = quantity
        try:
            due = fields.Date.to_date(due or False)
        except (TypeError, ValueError):
            raise UserError(self.env._("%(notice)s: %(due)s is no day.", notice=self.name, due=shown(due))) from None
        self._write_signed({
            "consent_person": person.strip(), "consent_on": self.company_id._get_today(), "consent_note": note,
            "consent_by": self.env.uid, "consent_owner_id": owner.id, "consent_due": due})
        goods = ", ".join(
            f"{line.product_id.display_name} {line.quantity_agreed:g} {line.uom_id.name}" for line in lines)
        self._log(self.env._("%(person)s agrees that this is missing for now: %(goods)s. %(note)s", person=person,
                             note=note, goods=goods))
        return True

    def action_consent(self):
        """Open the window in which the customer's word is taken down."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": "delivery.consent", "view_mode": "form", "target": "new",
            "name": self.env._("Customer Agrees to Missing Parts"), "context": {"default_notice_id": self.id},
        }

    def action_receipt(self):
        """Open the window in which a signed paper is filed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": "delivery.receipt", "view_mode": "form", "target": "new",
            "name": self.env._("Signed Receipt"), "context": {"default_notice_id": self.id},
        }

    def action_register_receipt(self, attachments=None, signed_by=None, signed_on=None):
        """File the paper that was signed on site (DLV-3).

        :param attachments: ``ir.attachment``, or their ids: the scanned paper
        :param signed_by: who has signed
        :param signed_on: on which day
        :raise AccessError: not logistics, or one of the files is not his
        :raise UserError: not shipped, no file, no signer, or a day that cannot be
        """
        self.ensure_one()
        self._check_transition("sign")
        files = self.env["ir.attachment"].browse(getattr(attachments, "ids", attachments) or []).exists()
        day = fields.Date.to_date(signed_on)
        if not files or not (signed_by or "").strip() or not day:
            raise UserError(self.env._("%(notice)s: add the signed paper, who signed it, and when.", notice=self.name))
        if day > self.company_id._get_today() or day < self.company_id._get_day(self.shipped_on):
            raise UserError(self.env._(
                "%(notice)s was signed between its shipment and today.", notice=self.name))
        papers = files._adopt(self)
        papers._seal()
        self._write_transition(
            "sign", signed_by=signed_by.strip(), signed_on=day, receipt_ids=[Command.link(file) for file in papers.ids])
        self._end_todos("receipt")
        return True

    def _note_answer(self):
        """The site has answered for a crate: with the last one the notice is signed."""
        self.ensure_one()
        crates = self.crate_ids
        if self.state == "shipped" and crates and all(crate.state in ANSWERED for crate in crates):
            last = crates.sorted("answered_on")[-1]
            self.with_context(tracking_disable=True)._write_transition(
                "sign", signed_by=last.signer, signed_on=self.company_id._get_day(last.answered_on),
                is_to_follow=True)
            self._end_todos("receipt")

    def _file_receipt(self):
        """回执: what was signed on the crates' pages, as a PDF with the signatures."""
        if self.receipt_ids or not self.crate_ids:
            return
        report = self.env["ir.actions.report"].with_context(  # the job has neither language nor time zone
            lang=self.user_id.lang, tz=str(self.company_id._get_zone()))
        content, _kind = report._render_qweb_pdf("order_delivery.action_report_delivery_receipt", self.ids)
        paper = self.env["ir.attachment"].create({
            "name": f"{self.name}.pdf", "raw": content, "res_model": self._name, "res_id": self.id})
        paper._seal()
        self.receipt_ids = [Command.link(paper.id)]
