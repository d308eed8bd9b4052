from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date, formatLang

from ..tools.comparison import compare
from .order_change import SALES
from .order_change_line import TEXTS

#: While a change is only tried, nothing is procured and nobody is told.
TRIAL = dict.fromkeys((
    "order_change_trial", "skip_procurement", "tracking_disable", "sale_no_log_for_new_lines",
    "mail_activity_quick_update"), True) | {"mail_notify_force_send": False}
#: What the application takes back of it, whatever context it is called with.
IN_EARNEST = dict.fromkeys(TRIAL, False) | {"mail_notify_force_send": True}


class OrderChange(models.Model):
    """What the change does: money and days, the order before and after, and the documents that it touches (CHG-9)."""

    _inherit = "order.change"

    amount_before = fields.Monetary(string="Total before", readonly=True, copy=False, groups=SALES)
    amount_after = fields.Monetary(string="Total after", readonly=True, copy=False, groups=SALES)
    amount_supplement = fields.Monetary(
        string="Supplementary amount", compute="_compute_amount_supplement", store=True, groups=SALES,
        help="What the order costs more; taxes included.")
    authority_amount = fields.Float(
        readonly=True, copy=False, groups=SALES, digits=0,
        help="In the company's currency: decides who may conclude the review.")
    date_before = fields.Date(string="Delivery before", readonly=True, copy=False)
    date_after = fields.Date(
        string="Delivery after", readonly=True, copy=False, help="As asked, or as the review has promised it.")
    delay_days = fields.Integer(compute="_compute_delay_days", store=True, string="Later by (days)")
    content_before = fields.Json(readonly=True, copy=False, groups=SALES)
    content_after = fields.Json(readonly=True, copy=False, groups=SALES)
    comparison = fields.Html(
        string="Before and After", compute="_compute_comparison", sanitize=False, compute_sudo=True)
    impact_ids = fields.One2many("order.change.impact", "change_id", readonly=True, copy=False)
    impact_obstacles = fields.Integer(compute="_compute_impact_obstacles")
    surplus_cost = fields.Float(compute="_compute_surplus_cost", string="Cost of surplus", groups=SALES)

    @api.depends("amount_before", "amount_after")
    def _compute_amount_supplement(self):
        for change in self:
            change.amount_supplement = change.amount_after - change.amount_before

    @api.depends("date_before", "date_after")
    def _compute_delay_days(self):
        for change in self:
            later = change.date_before and change.date_after and (change.date_after - change.date_before).days
            change.delay_days = max(later or 0, 0)

    @api.depends("impact_ids.obstacle", "impact_ids.is_blocking")
    def _compute_impact_obstacles(self):
        for change in self:
            change.impact_obstacles = len(change.impact_ids.filtered(lambda row: row.obstacle and row.is_blocking))

    @api.depends("impact_ids.surplus_cost")
    def _compute_surplus_cost(self):
        for change in self:
            change.surplus_cost = sum(change.impact_ids.mapped("surplus_cost"))

    @api.depends("content_before", "content_after")
    @api.depends_context("uid", "lang")
    def _compute_comparison(self):
        shows_prices = self.env["res.users"].browse(self.env.uid).has_group(SALES)
        for change in self:
            change.comparison = change._render_comparison(shows_prices)

    def _render_comparison(self, shows_prices):
        """The order before and after, side by side; "" while it was not assessed."""
        if not (self.content_before and self.content_after):
            return ""
        return self.env["ir.qweb"]._render("order_change.comparison", {
            "change": self, "shows_prices": shows_prices, "number": self._format_number,
            "day": lambda text: text and format_date(self.env, text) or "-",
            "compared": compare(self.content_before, self.content_after),
            "labels": {name: self.env["sale.order"]._fields[name]._description_string(self.env) for name in TEXTS}})

    def _format_number(self, value, digits=None):
        return formatLang(self.env, value, digits) if digits is not None else f"{value:.6f}".rstrip("0").rstrip(".")

    # The order as it would be

    @contextmanager
    def _trial(self):
        """The order as it would be after the change, for as long as the block runs; nothing of it stays.

        :raise UserError: a part of it cannot be applied, and why
        """
        self.ensure_one()
        with self.env.cr.savepoint() as savepoint:
            try:
                change = self.sudo().with_context(**TRIAL)  # by the application's own code, for whoever asks
                change._apply_parts(change.order_id)
                yield change.order_id
            finally:
                savepoint.rollback()
                self.env.invalidate_all()

    def _measure(self):
        """Values of what the change does to the order."""
        order = self.order_id.sudo()  # amounts, kept for those who may see them
        values = {
            "amount_before": order.amount_total, "content_before": order._describe_for_change(),
            "date_before": order._get_requested_date(),
        }
        with self._trial() as changed:
            return {
                **values, "amount_after": changed.amount_total, "content_after": changed._describe_for_change(),
                "date_after": changed._get_requested_date(),
                "authority_amount": max(
                    changed._get_authority_amount(), values["amount_before"] and order._get_authority_amount()),
            }

    # What it touches

    def action_compute_impact(self):
        """Show what the draft would do, before it is assessed (CHG-9).

        :raise UserError: a line cannot be applied, and why
        """
        for change in self:
            change.check_access("write")
            change._check_state("draft")
            change._check_handler()
            change._check_order_open()
            change.line_ids._check_applicable()
            change._keep_effect()
        return True

    def _keep_effect(self):
        """Write down money, days, documents touched, and each department's part."""
        change = self.sudo()  # closed to hands; amounts and documents of others
        change.write(change._measure())
        change._keep_impact(change._get_impact())

    def _keep_impact(self, impact):
        """Write down the documents touched, and each department's part; called as superuser."""
        self.write({"impact_ids": [Command.clear()] + [Command.create(values) for values in impact]})
        missing = self._get_notified_departments() - self.acknowledgement_ids.department_id
        self.env["order.change.acknowledgement"].create([
            {"change_id": self.id, "department_id": department.id} for department in missing])
        for part, rows in self.acknowledgement_ids.grouped(self._describe_part).items():
            rows.write({"part": part})

    def _describe_part(self, row):
        """What the change means for the department of an acknowledgement: what is everybody's, and its own."""
        return "\n".join(impact._describe_part() for impact in self.impact_ids if (
            not impact.department_id or impact.department_id == row.department_id))

    def _get_notified_departments(self):
        """Departments that receive the notice, beside those named on it: all that work by the order."""
        order = self.order_id.sudo()  # which departments these are
        departments = order._get_instructed_departments() if self.kind == "contract" else (
            self.env["order.review.role"].sudo().search([("department_ids", "!=", False)]).mapped(
                lambda role: role._get_department(self.company_id)))
        return (departments | self.impact_ids.department_id) - self.department_id

    def _get_impact(self):
        """Documents that the change touches, for each what happens to it, and why it cannot be changed.

        Other addons add theirs: manufacturing orders, purchases, stock. Whoever extends it keeps to a constant number
        of queries.

        :return: list of values of ``order.change.impact``
        """
        self.ensure_one()
        change = self.sudo()  # whoever assesses sees the whole
        return [
            *change._get_impact_of_lines(), *change._get_impact_of_commitments(), *change._get_impact_of_documents(),
            *change._get_impact_of_instruction()]

    def _get_impact_of_lines(self):
        for line in self.line_ids:
            if line.kind == "price" or line.release_id:  # not the departments' matter; told among the documents
                continue
            row = line.order_line_id
            words = self.env._("%(what)s: %(before)s → %(after)s", what=line._get_selection_label("kind"),
                               before=line.before, after=line.after)
            if row.qty_delivered or row.qty_invoiced:
                words += self.env._(
                    "; delivered %(delivered)s, invoiced %(invoiced)s",
                    delivered=self._format_number(row.qty_delivered), invoiced=self._format_number(row.qty_invoiced))
            yield self._prepare_impact(row or self.order_id, line.line_name or self.order_name, words)

    def _get_impact_of_commitments(self):
        commitments = self.order_id._get_conditions_in_force() if self.level != "minor" else []
        for condition in commitments:
            yield self._prepare_impact(
                condition, self.env._("Commitment \"%(name)s\"", name=condition.name),
                self.env._("to be looked at again: does it still hold?"), department_id=condition.department_id.id)

    def _get_impact_of_documents(self):
        going = self.line_ids.release_id
        releases = self.env["document.release"]
        releases = releases.search(releases._get_domain_of(self.order_id) & Domain([
            ("state", "in", ("released", "acknowledged")), ("is_superseded", "=", False)]))
        for release in releases | going:
            words = self.env._("is superseded: not to be used any more") if release in going else self.env._(
                "stays in force: to be checked whether it still fits")
            yield self._prepare_impact(release, release.display_name, words)

    def _get_impact_of_instruction(self):
        for instruction in self.order_id.instruction_ids.filtered(lambda doc: doc.state != "cancelled"):
            renewed = self._renews_instruction(instruction)
            yield self._prepare_impact(
                instruction, instruction.name,
                self.env._("is replaced by a new one; the plan is made again") if renewed
                else self.env._("stays in force, with this notice"))
            for plan, name, finish in instruction._get_plans() if renewed else ():
                yield self._prepare_impact(plan, name, self.env._(
                    "plan, to be finished on %(day)s: is made again", day=format_date(self.env, finish) or "-"))

    def _prepare_impact(self, record, name, what, **values):
        return {"res_model": record._name, "res_id": record.id, "document_name": name, "what": what, **values}

    def _check_obstacles(self, impact):
        """:raise UserError: something that the change touches cannot be changed any more"""
        obstacles = [row for row in impact if row.get("obstacle") and row.get("is_blocking", True)]
        if obstacles:
            raise UserError(self.env._(
                "%(change)s cannot be applied any more:\n%(rows)s", change=self.name, rows="\n".join(
                    f"- {row['document_name']}: {row['obstacle']}" for row in obstacles)))

    def _get_paper_title(self):
        """Name of the printed form, in the user's language."""
        return {
            "contract": self.env._("Contract Order Change Notice"),
            "technical": self.env._("Contract Order Technical Change Notice"),
            "design": self.env._("Design Change Notice"),
        }[self.kind]
