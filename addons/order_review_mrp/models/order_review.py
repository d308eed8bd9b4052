from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.past import read_similar
from ..tools.words import tell

FACTS = {"supply_facts", "supply_as_of", "feasible_date"}


class OrderReview(models.Model):
    """What the system knows of the quoted products, kept with the round as the reviewers saw it (REV-10)."""

    _inherit = "order.review"

    supply_facts = fields.Json(readonly=True, copy=False)
    supply_as_of = fields.Datetime(string="Known as of", readonly=True, copy=False)
    feasible_date = fields.Date(
        readonly=True, copy=False,
        help="Earliest day at which the order can be delivered, by stock, orders, suppliers, work centres as of then. "
             "The departments' dates decide on the promise.")
    supply_panel = fields.Html(string="What the System Knows", compute="_compute_supply_panel", sanitize=False)

    @api.depends("supply_facts")
    @api.depends_context("lang")
    def _compute_supply_panel(self):
        for review in self:
            review.supply_panel = review.supply_facts and self.env["ir.qweb"]._render(
                "order_review_mrp.supply_panel", review._prepare_panel())

    def action_refresh_supply(self):
        """Compute anew what the system knows, until the round is concluded.

        :raise UserError: the round is concluded or cancelled
        """
        for review in self:
            review.check_access("read")
            review._check_groups("order_review.group_order_review_user")
            review._check_state("draft", "in_review")
            review._write_signed(review._prepare_supply())
        return True

    def _prepare_submission(self):
        return super()._prepare_submission() | self._prepare_supply()

    def _prepare_supply(self):
        """The snapshot: plain data, names as they are now."""
        order = self.sudo().order_id  # reviewers without rights on orders and stock: dates and names are for them
        products = order._get_feasible_lines().product_id
        if not products:
            return dict.fromkeys(FACTS, False)
        facts = order._get_feasible()
        names = {product.id: product.display_name for product in products}
        facts["similar"] = [
            row | {"product": names[row["product_id"]]} for row in read_similar(order, products)]
        return {"supply_facts": facts, "supply_as_of": facts["as_of"], "feasible_date": facts["date"]}

    def _prepare_panel(self):
        """Values of the template: the snapshot in the words of whoever reads."""
        facts = self.supply_facts
        return {
            "facts": facts, "similar": facts.get("similar", ()),
            "date": lambda day: day and format_date(self.env, day) or "-",
            "tell": lambda obstacle: tell(self.env, obstacle),
            "number": lambda number: f"{number:g}",
            "constraint": next((row["obstacles"] for row in facts["lines"]
                                if row["needed"] and row["date"] == facts["date"]), []),
        }

    def _get_frozen_fields(self):
        """Facts follow until the conclusion: reviewers look at what is known today, the round says as of when."""
        frozen = super()._get_frozen_fields()
        return frozen - FACTS if self.state == "in_review" else frozen
