from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from .material_shortage import CHASER

CHECK_TYPE = "material_shortage.mail_activity_type_check"
WAREHOUSE = ("stock.group_stock_user",)
PICKER = ("mrp.group_mrp_user",)


class MaterialCheck(models.Model):
    """Signed before an order starts: that it is complete (齐套, MAT-3), and that its parts were handed over (MAT-9).

    The planner signs the first; warehouse and picker look at the parts together, and both sign the second.
    """

    _name = "material.check"
    _description = "Check of Components"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "date_start, id"
    _check_company_auto = True
    _mail_post_access = "read"
    _rec_name = "production_id"
    _dossier_path = "production_id"
    _transitions = {
        "check": Transition(("open",), "done", (CHASER,)),
        "hand_out": Transition(("open",), "open", WAREHOUSE),
        "take": Transition(("open",), "open", PICKER),
        "complete": Transition(("open",), "done"),
        "void": Transition(("open",), "void"),
    }

    kind = fields.Selection(
        [("kit", "Completeness"), ("issue", "Picking")], required=True, readonly=True, index=True)
    state = fields.Selection(
        [("open", "To Check"), ("done", "Checked"), ("void", "Void")], string="Status", required=True, readonly=True,
        default="open", index=True, tracking=True)
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", required=True, readonly=True, index=True, ondelete="cascade",
        check_company=True)
    product_id = fields.Many2one(related="production_id.product_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date_start = fields.Datetime(string="Start", required=True, readonly=True, index=True)
    lead_days = fields.Integer(string="Days before the Start", readonly=True)
    user_id = fields.Many2one("res.users", string="Planner", readonly=True, index=True)
    move_ids = fields.One2many(related="production_id.move_raw_ids", string="Components")
    shortage_count = fields.Integer(related="production_id.shortage_count", string="Missing Parts")
    kit_rate = fields.Float(
        readonly=True, aggregator="avg", help="Share of the parts that were there when it was signed.")
    missing = fields.Text(readonly=True, help="What was missing when it was signed, and who brings it.")
    note = fields.Text(help="What was found, if it was not as on the list.")
    signed_by = fields.Many2one("res.users", string="Checked By", readonly=True, ondelete="restrict")
    signed_on = fields.Datetime(string="Checked On", readonly=True)
    handed_by = fields.Many2one("res.users", string="Handed Out By", readonly=True, ondelete="restrict", tracking=True)
    handed_on = fields.Datetime(string="Handed Out On", readonly=True)
    taken_by = fields.Many2one("res.users", readonly=True, ondelete="restrict", tracking=True)
    taken_on = fields.Datetime(readonly=True)

    _production_uniq = models.UniqueIndex(
        "(production_id, kind) WHERE state = 'open'", "There is an open check of this order already.")

    @api.depends("kind", "production_id")
    def _compute_display_name(self):
        labels = self._get_selection_labels("kind")
        for check in self.sudo():  # the order's name belongs to its check
            check.display_name = f"{check.production_id.name or ''} {labels.get(check.kind, '')}".strip()

    def _is_frozen(self):
        return self.state != "open"

    def _get_open_fields(self):
        return {"note"} if self.state == "open" else set()

    def action_check(self):
        """The planner signs what is there; what is missing is chased from now on, however far ahead (MAT-3).

        :raise AccessError: neither planning nor purchasing
        :raise UserError: a check of the handing over, or signed already
        """
        self._check_transition("check")
        for check in self:
            if check.kind != "kit":
                raise UserError(self.env._("%(check)s is signed by warehouse and picker.", check=check._describe()))
            lines = self.env["material.shortage"]._follow_production(check.production_id)
            check.sudo()._sign(lines)  # sudo: to-dos of others; the right was checked
        return True

    def _sign(self, opened):
        order = self.production_id
        open_lines = order.shortage_ids.filtered(lambda line: line.state != "closed")
        self._write_transition(
            "check", signed_by=self.env.uid, signed_on=fields.Datetime.now(), kit_rate=order.kit_rate,
            missing="\n".join(
                f"{line._get_todo_summary()}: {line.owner_id.name or '–'}" for line in open_lines) or False)
        self.activity_ids.unlink()

    def action_hand_out(self):
        """The warehouse signs: these parts were laid out, as on the list (MAT-9)."""
        return self._sign_handover("hand_out", "handed")

    def action_take(self):
        """The picker signs: these parts were taken, as on the list (MAT-9)."""
        return self._sign_handover("take", "taken")

    def _sign_handover(self, operation, name):
        """:raise UserError: one person signs for both, or parts are missing and nothing is said about it"""
        self._check_transition(operation)
        other = {"handed": "taken", "taken": "handed"}[name]
        for check in self:
            if check.kind != "issue":
                raise UserError(self.env._("%(check)s is signed by the planner.", check=check._describe()))
            if check[f"{other}_by"] == self.env.user:
                raise UserError(self.env._(
                    "%(check)s: you have signed for the other side. Two people look at the parts together.",
                    check=check._describe()))
            if check.sudo().shortage_count and not is_reason(check.note):  # sudo: how many, not which
                raise UserError(self.env._(
                    "%(check)s: parts are missing. Write which, and whether the order starts without them.",
                    check=check._describe()))
            check._write_transition(operation, **{
                f"{name}_by": self.env.uid, f"{name}_on": fields.Datetime.now()})
            if check[f"{other}_by"]:
                check._write_transition("complete")
                check.sudo().activity_ids.unlink()  # sudo: to-dos of others
        return True

    def action_report_shortage(self):
        """Report a part that is not there (MAT-10)."""
        self.ensure_one()
        return self.production_id.action_report_shortage()

    # Made in time

    @api.model
    def _cron_prepare(self):
        """Make the checks that fall due, move those of orders that moved, void those of orders that ended."""
        self._follow_orders()
        companies = self.env["res.company"].search_fetch([], ["shortage_check_days", "resource_calendar_id"])
        for kind in ("kit", "issue"):
            self._make(kind, self._get_due_orders(kind, companies))

    @api.model
    def _get_due_orders(self, kind, companies):
        """Orders of which this check is due and was not made yet. The planner knows two days before he has to sign;
        the parts of an order that has begun are past that."""
        def until(company):
            return self._get_working_end(company, company.shortage_check_days + 2 if kind == "kit" else 0.5)

        orders = self.env["mrp.production"].search(Domain.OR(
            Domain("company_id", "=", company.id) & Domain("date_start", "<=", until(company))
            for company in companies
        ) & Domain("state", "in", ("confirmed",) if kind == "kit" else ("confirmed", "progress"))
            & Domain("move_raw_ids", "!=", False))
        return orders - self.search([
            ("production_id", "in", orders.ids), ("kind", "=", kind), ("state", "!=", "void")]).production_id

    @api.model
    def _get_working_end(self, company, days):
        """The moment after so many working days from now on, of eight hours each; nobody has working hours: calendar
        days."""
        now, calendar = fields.Datetime.now(), company.resource_calendar_id
        work_time = calendar._sla_work_time(company)
        if not work_time:
            return now + timedelta(days=int(days), hours=days % 1 * 8)
        return to_datetime(work_time.advance(to_moment(now), days * (calendar.hours_per_day or 8) * 3600))

    @api.model
    def _make(self, kind, orders):
        planner = self.env["material.shortage"]._get_planner
        checks = self.create([{
            "kind": kind, "production_id": order.id, "company_id": order.company_id.id, "date_start": order.date_start,
            "lead_days": order.company_id.shortage_check_days if kind == "kit" else 0,
            "user_id": planner(order.company_id, order).id} for order in orders])
        for user, mine in checks.filtered("user_id").grouped("user_id").items():
            for check in mine.with_context(lang=user.lang):  # each in the language of whom it asks
                check.activity_schedule(
                    CHECK_TYPE, user_id=user.id, summary=check.display_name,
                    date_deadline=fields.Date.context_today(check.with_context(tz=user.tz)))
        return checks

    @api.model
    def _follow_orders(self):
        """Open checks move with their orders, and end with them."""
        checks = self.search([("state", "=", "open")])
        ended = checks.filtered(lambda check: check.production_id.state in ("draft", "done", "cancel", "to_close"))
        for company, some in ended.grouped("company_id").items():  # the scheduler speaks the company's language
            some.with_context(lang=company.partner_id.lang)._transit("void")
        ended.activity_ids.unlink()
        moved = (checks - ended).filtered(lambda check: check.date_start != check.production_id.date_start)
        for date, some in moved.grouped(lambda check: check.production_id.date_start).items():
            some.date_start = date
