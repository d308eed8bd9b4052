from odoo import api, fields, models
from odoo.exceptions import UserError

PLANNERS = ("purchase.group_purchase_user", "stock.group_stock_manager", "mrp.group_mrp_manager")


class MaterialRun(models.Model):
    """The daily material run: when it was, who started it, what it found (MAT-1)."""

    _name = "material.run"
    _description = "Material Run"
    _inherit = ["document.control.mixin"]
    _order = "started_on desc, id desc"
    _rec_name = "started_on"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Started By", readonly=True, ondelete="restrict")
    started_on = fields.Datetime(string="As Of", readonly=True, required=True, default=fields.Datetime.now, index=True)
    finished_on = fields.Datetime(readonly=True)
    horizon_days = fields.Float(string="Horizon (Days)", readonly=True, aggregator=None)
    orderpoint_count = fields.Integer(string="Reordering Rules", readonly=True)
    below_count = fields.Integer(string="Below Minimum", readonly=True, help="On hand under the safety stock.")
    request_ids = fields.One2many("purchase.request", "run_id", string="Requests", readonly=True)
    request_line_count = fields.Integer(string="Lines Requested", readonly=True)
    order_line_count = fields.Integer(
        string="Lines on RFQs", readonly=True, help="Of products that are bought without a request.")
    unserved_count = fields.Integer(
        string="Without Supply", readonly=True, help="Below the minimum, and the run found no supplier or no rule.")

    @api.depends("started_on")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        for run in self:
            moment = run.started_on and fields.Datetime.context_timestamp(self, run.started_on)
            run.display_name = self.env._(
                "Material run %(moment)s", moment=moment.strftime("%Y-%m-%d %H:%M") if moment else "")

    def action_run_now(self):
        """Run for the current company, whatever the time of the daily run; it never asks twice for one need (MAT-1).

        :raise AccessError: neither a planner nor a buyer
        """
        self._check_groups(*self._get_starter_groups())
        company = self.env.company
        company.sudo()._lock_material_run()  # sudo: the row of the company keeps two runs apart
        # sudo: the run works for the whole company, as the daily one does
        self.env["stock.rule"].sudo().run_scheduler(company_id=company.id)
        run = company.sudo().material_run_ids[:1]
        return {
            "type": "ir.actions.client", "tag": "display_notification",
            "params": {"type": "success", "message": run._get_result(), "next": {
                "type": "ir.actions.client", "tag": "soft_reload"}}}

    @api.model
    def _get_starter_groups(self):
        """Who may run it: they answer for the material."""
        return PLANNERS

    def action_view_requests(self):
        """Open the requests that the run made."""
        self.ensure_one()
        return self.request_ids._get_records_action(name=self.env._("Requests"))

    def _get_result(self):
        return self.env._(
            "%(below)s of %(rules)s products are below their minimum. %(requested)s lines were requested, %(ordered)s "
            "put on requests for quotation, %(unserved)s have no supply.", below=self.below_count,
            rules=self.orderpoint_count, requested=self.request_line_count, ordered=self.order_line_count,
            unserved=self.unserved_count)

    @api.model
    def _begin(self, company_id=False):
        """Note that a run begins, of one company or of all.

        :return: material.run, as superuser
        """
        # sudo: the protocol is nobody's to write
        companies = self.env["res.company"].sudo().browse(company_id) if company_id else (
            self.env["res.company"].sudo().search([("active", "=", True)]))
        return self.sudo().create([{
            "company_id": company.id, "user_id": self.env.uid, "horizon_days": company.horizon_days,
        } for company in companies])

    def _finish(self):
        """Note what the run found and did."""
        for run in self.exists():
            orderpoints = self.env["stock.warehouse.orderpoint"].search([
                ("company_id", "=", run.company_id.id), ("trigger", "=", "auto"), ("product_id.active", "=", True)])
            below = orderpoints.filtered("is_below_minimum")
            bought = self.env["purchase.order.line"].search([
                ("orderpoint_id", "in", orderpoints.ids), ("order_id.state", "in", ("draft", "sent")),
                # Odoo dates what is written by the beginning of the transaction, as it did the run itself.
                ("write_date", ">=", run.create_date), ("purchase_request_lines", "=", False)])
            run.request_ids.filtered(lambda request: request.state == "draft")._remind_of_approval()
            bought.order_id._remind_of_buying()
            orderpoints._hand_over_warnings(run._get_answering())
            run.write({
                "finished_on": fields.Datetime.now(), "orderpoint_count": len(orderpoints), "below_count": len(below),
                "request_line_count": len(run.request_ids.line_ids),
                "order_line_count": len(bought),
                "unserved_count": len(below._get_unserved()),
            })

    def _get_answering(self):
        """Who is told of what the run could not procure, where the product is nobody's: who started it, else an
        administrator of requests."""
        self.ensure_one()
        administrators = self.env["purchase.request.level"]._get_administrators(self.company_id)
        return (self.user_id.filtered("active") or administrators)[:1]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_logged(self):
        raise UserError(self.env._("A material run stays on record."))
