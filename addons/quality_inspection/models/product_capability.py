from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class ProductProduct(models.Model):
    """What quality can say of a product when its order is reviewed (REV-3)."""
    _inherit = "product.product"

    quality_capability = fields.Text(
        string="Inspection Capability", compute="_compute_quality_capability", compute_sudo=True,
        help="Plans that apply, instruments whose calibration is overdue, and the qualified rate of the last year.")

    @api.depends_context("company", "lang")
    def _compute_quality_capability(self):
        plans, rates = self._get_quality_plans(), self._get_qualified_rates()
        for product in self:
            product.quality_capability = "\n".join(product._describe_capability(
                plans[product.id], rates.get(product._origin.id)))

    def _get_quality_plans(self):
        """``{product id: quality.inspection.plan}``: the plans that apply when the products are bought or made."""
        Plan = self.env["quality.inspection.plan"]
        plans = dict.fromkeys(self.ids, Plan) | dict.fromkeys((product.id for product in self), Plan)
        for trigger in self.env["quality.inspection.trigger"]._get_supply_codes():
            for product_id, plan in Plan._find_plans(trigger, self).items():
                plans[product_id] |= plan
        return plans

    def _get_qualified_rates(self):
        """``{product id: per cent}`` of what was inspected in the last twelve months, in one query."""
        since = fields.Datetime.now() - relativedelta(years=1)
        groups = self.env["quality.inspection"]._read_group([
            ("product_id", "in", self.ids), ("state", "=", "done"), ("parent_id", "=", False),
            ("company_id", "=", self.env.company.id), ("done_at", ">=", since)],
            ["product_id"], ["quantity:sum", "quantity_qualified:sum"])
        return {product.id: 100.0 * good / total for product, total, good in groups if total}

    def _describe_capability(self, plans, rate):
        """Sentences for the reviewer: what there is, and what is missing."""
        if plans:
            yield self.env._("Inspection plans: %(plans)s", plans=", ".join(plans.mapped("name")))
        else:
            yield self.env._("No inspection plan applies: quality has to make one before the goods come.")
        yield from filter(None, plans.mapped("usable_problem"))
        overdue = plans.characteristic_ids.instrument_id.filtered("is_overdue")
        if overdue:
            yield self.env._("Calibration overdue: %(instruments)s",
                             instruments=", ".join(overdue.mapped("display_name")))
        if rate is not None:
            yield self.env._("Qualified in the last twelve months: %(rate)s %%", rate=f"{rate:.1f}")
