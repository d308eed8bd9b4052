from odoo import api, fields, models
from odoo.fields import Command, Domain


class StockRule(models.Model):
    """Needs become requests: one for each manufacturing or sales order, and one for the stock of a run (MAT-1)."""

    _inherit = "stock.rule"

    @api.model
    def run_scheduler(self, use_new_cursor=False, company_id=False):
        """Odoo's daily run is the material run: what it found stands on record (MAT-1)."""
        runs = self.env["material.run"]._begin(company_id)
        rules = self.with_context(material_run_ids={run.company_id.id: run.id for run in runs})
        result = super(StockRule, rules).run_scheduler(use_new_cursor=use_new_cursor, company_id=company_id)
        runs._finish()
        return result

    @api.model
    def _run_buy(self, procurements):
        fallen = [procurement for procurement, _rule in procurements
                  if procurement.product_uom.compare(procurement.product_qty, 0) < 0]
        for procurement in fallen:
            self.env["purchase.reduction"]._on_demand_reduced(procurement)
        return super()._run_buy(procurements)

    def _update_purchase_order_line(self, product_id, product_qty, product_uom, company_id, values, line):
        """A need that falls by more than its draft asks for empties the draft; what is ordered is proposed (MAT-8).

        Below the least quantity of every price Odoo finds no supplier, and would leave the line without unit and price.
        """
        result = super()._update_purchase_order_line(
            product_id, product_qty, product_uom, company_id, values, line)
        if product_uom.compare(product_qty, 0) < 0:
            result["product_qty"] = max(result["product_qty"], 0.0)
        if not result.get("product_uom_id", True):
            del result["product_uom_id"], result["price_unit"]
        return result

    def create_purchase_request(self, procurement_group):
        """A need becomes a line of its order's own request; one that falls makes none (see ``_run_buy``)."""
        procurement, rule = procurement_group
        if procurement.product_uom.compare(procurement.product_qty, 0) <= 0:
            return
        # sudo: whoever's order needs it; the right to buy is checked when the request is approved
        rule = rule.sudo()
        values = rule._prepare_purchase_request(procurement.origin, procurement.values)
        request = self.env["purchase.request"].sudo().search(rule._get_request_domain(values), limit=1)
        if not request:
            company = procurement.values["company_id"]
            request = request.with_company(company).create(values)
        else:
            request.reference_ids = [Command.link(reference) for reference in values["reference_ids"][0][2]]
        # sudo: as above
        self.env["purchase.request.line"].sudo().create(rule._prepare_purchase_request_line(request, procurement))

    @api.model
    def _prepare_purchase_request(self, origin, values):
        """What distinguishes the needs of one order from those of others, and who plans them."""
        moves = values.get("move_dest_ids") or self.env["stock.move"]
        production = moves._get_demanding_production()
        references = values.get("reference_ids") or moves.reference_ids
        run_ids = self.env.context.get("material_run_ids") or {}
        is_stock = not (production or references)
        run = self.env["material.run"].browse(run_ids.get(values["company_id"].id) if is_stock else []).filtered(
            lambda run: not run.finished_on)
        return {
            **super()._prepare_purchase_request(origin, values),
            "requested_by": (self._get_request_planner(values, production) or self.env.user).id,
            "request_kind": "plan",
            "production_id": production.id,
            "reference_ids": [Command.set(references.ids)],
            "run_id": run.id,
            "origin": run.display_name if run else origin,
            "description": self.env._("Need of the material plan"),
            "date_start": fields.Date.context_today(self),
        }

    @api.model
    def _get_request_planner(self, values, production):
        """Who answers for what a need asks for; nobody, or one who has left: the user in whose work it arose."""
        if production:
            return production.user_id.filtered("active")
        orderpoint = values.get("orderpoint_id")
        return (orderpoint.product_id.responsible_id if orderpoint else self.env["res.users"]).filtered("active")

    def _get_request_domain(self, values):
        """The draft request that takes a further need of the same order, or of the same run."""
        domain = Domain([
            ("state", "=", "draft"), ("request_kind", "=", "plan"), ("company_id", "=", values["company_id"]),
            ("picking_type_id", "=", values["picking_type_id"]), ("requested_by", "=", values["requested_by"]),
            ("production_id", "=", values["production_id"]), ("run_id", "=", values["run_id"])])
        references = values["reference_ids"][0][2]
        if values["production_id"]:
            return domain
        if references:
            return domain & Domain("reference_ids", "in", references)
        return domain & Domain("reference_ids", "=", False) & Domain("origin", "=", values["origin"]) & Domain(
            "date_start", "=", values["date_start"])
