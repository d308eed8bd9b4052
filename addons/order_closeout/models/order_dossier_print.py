import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.document_control.tools import binder

_logger = logging.getLogger(__name__)
CRON = "order_closeout.ir_cron_print_dossiers"
KEPT_DAYS = 30


class OrderDossierPrint(models.Model):
    """An order's dossier as one PDF, made in the background (EVA-3).

    Each paper is printed, and kept, by itself: what breaks off goes on where it stopped. It holds what the person who
    asked for it may read, and is read by nobody else.
    """

    _name = "order.dossier.print"
    _inherit = ["document.fence.mixin"]
    _description = "Dossier as PDF"
    _rec_name = "order_name"
    _order = "id desc"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="cascade")
    order_name = fields.Char(string="Order No.", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users", string="Asked for by", required=True, readonly=True, index=True, ondelete="cascade")
    lang = fields.Char(readonly=True, export_string_translation=False)
    state = fields.Selection(
        [("working", "Being made"), ("stopped", "Stopped"), ("done", "Ready"), ("failed", "Failed")],
        string="Status", required=True, readonly=True, default="working", index=True)
    part_ids = fields.One2many("order.dossier.print.part", "print_id", readonly=True)
    part_count = fields.Integer(string="Papers", readonly=True)
    done_count = fields.Integer(string="Papers printed", compute="_compute_done_count", compute_sudo=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    attempts = fields.Integer(readonly=True, help="How often it was begun to be bound.")
    note = fields.Char(readonly=True, help="Why it failed.")
    content = fields.Binary(attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)
    done_on = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex(
        "(order_id, user_id) WHERE state IN ('working', 'stopped')",
        "The dossier of this order is being made for you already.")

    @api.depends("part_ids.state", "state")
    def _compute_done_count(self):
        """Counted, not written: whoever stops it meets no paper that is just being kept."""
        left = dict(self.env["order.dossier.print.part"]._read_group(
            [("print_id", "in", self.ids), ("state", "=", "waiting")], ["print_id"], ["__count"]))
        for job in self:
            job.done_count = job.part_count - left.get(job._origin, 0)

    def _check_access(self, operation):
        """It is of no use to whoever may not read the order any more."""
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        closed, error = result or (self.browse(), None)
        readable = self.sudo().order_id.with_env(self.env)._filtered_access("read")
        more = self.sudo().filtered(lambda job: job.order_id.id not in readable.ids).with_env(self.env)
        if not more - closed:
            return result
        return closed | more, error or (lambda: AccessError(self.env._(
            "The dossier is for those who may read its order.")))

    def action_stop(self):
        """Stop; what is printed already is kept."""
        return self._switch("working", "stopped")

    def action_resume(self):
        """Go on where it stopped."""
        self._switch("stopped", "working")
        self._wake()
        return True

    def _switch(self, source, target):
        self.check_access("read")
        self._lock()
        self._check_state(source)
        return self._write_signed({"state": target})

    @api.model
    def _wake(self):
        self.env.ref(CRON).sudo()._trigger()  # sudo: the worker is the system's

    def _get_reader(self):
        """The order with the rights and in the language of who asked for it; empty where he has none any more."""
        self.ensure_one()
        user = self.user_id
        companies = (self.company_id & user.company_ids) | user.company_ids
        order = self.order_id.with_user(user).with_context(
            lang=self.lang, tz=user.tz, allowed_company_ids=companies.ids)
        return order if user.active and order.exists() and order.has_access("read") else order.browse()

    def _bind(self):
        """Put the papers together, tell who asked for it, and drop the single papers."""
        order = self._get_reader()
        if not order:
            return self._fail(self.env._("The order may not be read any more by the person who asked for it."))
        self.attempts += 1
        if self.attempts > 3:
            return self._fail(self.env._("The server stopped three times while the papers were put together."))
        self.env["ir.cron"]._commit_progress()
        try:
            with self.env.cr.savepoint():
                papers = self._print_front(order)
                content = binder.bind(papers, order.name)
        except Exception as error:  # noqa: BLE001 - whatever it was, who waits is told
            _logger.exception("Dossier %s of %s could not be bound", self.id, order.name)
            return self._fail(str(error))
        self.write({
            "state": "done", "content": base64.b64encode(content), "done_on": fields.Datetime.now(),
            "page_count": binder.count_pages(content), "file_name": f"{order.name.replace('/', '-')}.pdf"})
        self.part_ids.unlink()
        return self._tell(order, order.env._("The dossier of %(order)s is ready.", order=order.name))

    def _fail(self, note):
        self.write({"state": "failed", "note": note})
        self.part_ids.unlink()
        order = self.order_id.with_context(lang=self.lang)
        if self.user_id.active:
            self._tell(order, order.env._("The dossier of %(order)s could not be made.", order=self.order_name))

    def _tell(self, order, text):
        """By message and, who is here, at once."""
        order.sudo().message_notify(  # sudo: the system tells
            partner_ids=self.user_id.partner_id.ids, subject=text, body=text,
            author_id=self.env.ref("base.partner_root").id)
        self.user_id._bus_send("simple_notification", {"type": "info", "message": text})

    def _print_front(self, order):
        """All papers, cover and contents first: the contents are printed again until their pages are counted in."""
        back = self._render(order, "chronicle", [])
        papers = [(part.title, part._get_content(), part) for part in self.part_ids]
        count = 1
        for _round in range(3):
            page, rows = count + 1, []
            seen = {}
            for title, content, part in papers:
                first = part.same_id
                rows.append({
                    "at": part.at, "title": title, "about": part.about, "author": part.author, "note": part.note,
                    "page": seen.get(first.id) if first else page if content else None})
                if content:
                    seen[part.id] = page
                    page += part.page_count
            rows.append({"title": order.env._("What happened, in time order"), "page": page})
            front = self._render(order, "cover", rows)
            pages = binder.count_pages(front)
            if pages == count:
                break
            count = pages
        return [("", front), *((title, content) for title, content, _part in papers if content),
                (order.env._("What happened, in time order"), back)]

    def _render(self, order, form, rows):
        report = self.env["ir.actions.report"].with_env(order.env)
        values = {"print_rows": rows, "print_user": self.user_id.name, "print_now": fields.Datetime.now()}
        if form == "chronicle":
            values["print_events"] = [
                {**event, "at": fields.Datetime.to_datetime(event["at"])} for event in order.get_dossier()["events"]]
        content, _kind = report._render_qweb_pdf(
            f"order_closeout.action_report_dossier_{form}", order.ids, data=values)
        return content

    @api.model
    def _cron_print(self):
        """Print the papers of the dossiers that are asked for, one after the other, each kept once it is printed."""
        cron = self.env["ir.cron"]
        jobs = self.search([("state", "=", "working")], order="id")
        cron._commit_progress(remaining=self.env["order.dossier.print.part"].search_count(
            [("print_id", "in", jobs.ids), ("state", "=", "waiting")]) + len(jobs))
        for job in jobs:
            job = job.with_context(lang=job.lang)  # noqa: PLW2901 - its words are for who asked for it
            while part := job._get_next_part():
                part._print()
                if not cron._commit_progress(1):
                    return
            job.invalidate_recordset()
            if job.exists() and job.state == "working":  # nobody has stopped it meanwhile
                job._bind()
            if not cron._commit_progress(1):
                return

    def _get_next_part(self):
        self.invalidate_recordset()
        part = self.env["order.dossier.print.part"]
        return part.search([("print_id", "=", self.id), ("state", "=", "waiting")], limit=1) if (
            self.exists() and self.state == "working") else part

    @api.autovacuum
    def _gc_old(self):
        """What was made is printed again when it is wanted again."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search(Domain("create_date", "<", limit)).unlink()
