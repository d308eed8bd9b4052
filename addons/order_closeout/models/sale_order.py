from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SaleOrder(models.Model):
    """When an order is at its end, and what it leaves behind."""

    _inherit = "sale.order"

    evaluation_ids = fields.One2many("order.evaluation", "order_id", string="Evaluations", copy=False)
    exception_count = fields.Integer(string="Exceptions", compute="_compute_exception_count")

    @api.depends_context("uid")
    def _compute_exception_count(self):
        """Those that the reader may see: restricted ones are not even counted for others."""
        counts = dict(self.env["order.exception"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.exception_count = counts.get(order._origin, 0)

    def action_open_evaluation(self):
        """Open the order's evaluation; the order desk begins it by hand where it has none.

        :raise UserError: the order is not confirmed
        """
        self.ensure_one()
        evaluation = self.evaluation_ids
        if not evaluation:
            self._check_groups("order_review.group_order_review_desk")
            self.check_access("read")
            self._lock()
            if self.state != "sale":
                raise UserError(self.env._(
                    "%(order)s is not confirmed: there is nothing to evaluate yet.", order=self.name))
            evaluation = self.sudo().evaluation_ids.sudo(False) or self.env["order.evaluation"]._open_for(
                self, by=self.env.user)
        return evaluation._get_records_action(name=self.env._("Order Evaluation"))

    def action_view_exceptions(self):
        """Open the exceptions of the order that one may see."""
        self.ensure_one()
        return self.env["order.exception"].search([("order_id", "=", self.id)])._get_records_action(
            name=self.env._("Exceptions"))

    def action_report_exception(self):
        """Report a major problem, a delay or a failure of the order."""
        self.ensure_one()
        return {
            "name": self.env._("Report a Problem"), "type": "ir.actions.act_window", "res_model": "order.exception",
            "view_mode": "form", "context": {"default_order_id": self.id},
        }

    def _action_cancel(self):
        """An order that is cancelled while it is evaluated stays so: it is told, and is a lesson all the same."""
        told = self.sudo().evaluation_ids.filtered(lambda evaluation: evaluation.state == "open")  # sudo: of the desk
        result = super()._action_cancel()
        for evaluation in told:
            evaluation.message_post(body=self.env._(
                "%(order)s was cancelled. It is evaluated all the same; departments that have nothing to say can be "
                "released.", order=evaluation.order_name))
        return result

    def _get_evaluable_domain(self):
        """Confirmed orders of companies that evaluate, paid as agreed, without evaluation."""
        companies = self.env["res.company"].sudo().search([("order_evaluation_from", "!=", False)])
        placed = Domain.OR(
            Domain("company_id", "=", company.id) & Domain("date_order", ">=", company.order_evaluation_from)
            for company in companies)
        return placed & Domain("state", "=", "sale") & self._get_paid_domain() & Domain("evaluation_ids", "=", False)

    def _get_paid_domain(self):
        """Orders that may be paid as agreed, to be looked at one by one; who knows what was agreed adds his."""
        return Domain("invoice_status", "=", "invoiced")

    def _filter_fulfilled(self):
        return self.filtered(lambda order: order._is_fulfilled())

    def _is_fulfilled(self):
        """Whether the order is delivered and paid as agreed; extended by who knows of deliveries and payment plans."""
        self.ensure_one()
        lines = self._get_review_lines()
        return bool(
            self.state == "sale" and lines and all(line.qty_delivered >= line.product_uom_qty for line in lines)
            and self._is_paid_as_agreed())

    def _is_paid_as_agreed(self):
        """Whether the order has invoices, and all of them are paid; a payment plan says more."""
        self.ensure_one()
        invoices = self.invoice_ids.filtered(lambda move: move.state == "posted")
        return bool(invoices) and all(move.payment_state in ("paid", "in_payment", "reversed") for move in invoices)

    def _get_delivered_on(self):
        """Day of the last delivery: Odoo's, where stock keeps one; else today, when its end was seen."""
        moment = "effective_date" in self._fields and self["effective_date"]
        return self.company_id._get_day(moment) or self.company_id._get_today()

    def _get_evaluation_figures(self):
        """Further figures of orders: ``{order: [(label, value), ...]}``.

        Each kind of document is asked for what it knows, by ``_get_dossier_figures`` on those of one order; addons may
        add more here.
        """
        return {order: [
            figure for name, ids in order._get_dossier_ids().items() if hasattr(self.env[name], "_get_dossier_figures")
            for figure in self.env[name].browse(ids)._get_dossier_figures()] for order in self}

    def _get_evaluation_clocks(self):
        """Time limits kept and missed by the orders and all their documents."""
        owner = {("sale.order", order.id): order for order in self}
        for order in self:
            owner.update({(model, res_id): order for model, ids in order._get_dossier_ids().items() for res_id in ids})
        result = {order: {"clocks_met": 0, "clocks_missed": 0} for order in self}
        domain = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", [key[1] for key in owner if key[0] == model])
            for model in {key[0] for key in owner})
        # sudo: how many were kept is for whoever evaluates
        for model, res_id, late, count in self.env["sla.clock"].sudo()._read_group(
                domain & Domain("state", "!=", "cancelled") & (
                    Domain("is_open", "=", False) | Domain("is_late", "=", True)),
                ["res_model", "res_id", "is_late"], ["__count"]):
            result[owner[model, res_id]]["clocks_missed" if late else "clocks_met"] += count
        return result
