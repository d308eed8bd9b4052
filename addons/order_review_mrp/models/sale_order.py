from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.order_sla.kernel.worktime import midnight

from ..kernel.feasible import NEVER, Want
from ..tools.gather import Gatherer
from ..tools.words import SHOWN, Names

DAY = 24 * 3600
#: Rounds that settle the date themselves.
UNDER_REVIEW = ("in_review", "approval", "customer", "cleared", "overridden")


class SaleOrder(models.Model):
    """The earliest date at which a quotation can be delivered, and what drives it (REV-10)."""

    _inherit = "sale.order"

    def action_feasible_date(self):
        """Compute the feasible date and show it; books nothing.

        :raise UserError: the order is no quotation, or has nothing to deliver
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("draft", "sent")
        if not self._get_feasible_lines():
            raise UserError(self.env._("%(order)s has no product to deliver: add a line first.", order=self.name))
        window = self.env["order.feasible"].create({"order_id": self.id})
        window._compute_anew()
        return window._show()

    def _get_feasible_lines(self):
        """Lines that are delivered as they stand: of a combo its parts, no services that the system has entered."""
        return self._get_produced_lines().filtered(lambda line: not line.is_downpayment and not line.is_expense)

    def _get_feasible(self, quantities=None, asked=None, overtime=None):
        """When the order can be delivered: plain data, dates as texts; a constant number of queries.

        :param quantities: ``{line: other quantity}``, in the line's unit
        :param asked: day asked for, in place of the order's
        :param overtime: ``{work centre's id: hours a day more}``
        :return: dict with ``as_of``, ``asked``, ``date`` (False: none), ``gap`` in days, ``lines``, ``centres`` and the
            longest lead times of ``suppliers``
        """
        self.ensure_one()
        order = self.sudo()  # who sells has no rights on bills, stock, work centres: names and dates leave this
        asked = asked or order._get_requested_date() or order.requested_date
        lines = order._get_feasible_lines()
        gatherer = Gatherer(order.env, order.company_id, order.warehouse_id, overtime or {})
        plant = gatherer.get_plant(lines.product_id)
        until = asked and midnight(asked.toordinal() + 1, gatherer.tz) - 1
        found = [order._answer_line(gatherer, plant, line, (quantities or {}).get(line.id, line.product_uom_qty), until)
                 for line in lines]
        offers = gatherer.get_longest_offers()
        obstacles = [obstacle for row in found for obstacle in row["obstacles"]]
        names = Names(order.env, obstacles + offers, lines.product_id)
        for row in found:
            row["product"] = names.products[row.pop("product_id")]
            row["obstacles"] = [names.describe(obstacle, gatherer.to_date) for obstacle in row["obstacles"]]
            row["gap"] = _gap(row["date"], asked)
        dates = [row["date"] for row in found if row["needed"]]
        date = all(dates) and max(dates, default=False)
        return {
            "as_of": fields.Datetime.to_string(gatherer.moment), "asked": fields.Date.to_string(asked) or False,
            "date": date, "gap": _gap(date, asked), "lines": found,
            "centres": order._describe_centres(gatherer, plant), "suppliers": names.describe_offers(offers)}

    def _answer_line(self, gatherer, plant, line, quantity, until):
        """One line's answer as plain data, obstacles as the kernel's."""
        product, unit = line.product_id, line.product_uom_id
        rate = unit.factor / product.uom_id.factor
        row = {"line_id": line.id, "product_id": product.id, "quantity": quantity, "unit": unit.name,
               "needed": product.type != "service" and quantity > 0, "date": False, "kit": False, "count": quantity,
               "obstacles": []}
        if not row["needed"]:
            return row
        want = Want(
            line.id, product.id, quantity * rate,
            gatherer.make_recipe(product.id, line.product_no_variant_attribute_value_ids.ids),
            round(self.company_id.security_lead * DAY), gatherer.now + round((line.customer_lead or 0) * DAY))
        if until:
            step = rate if quantity == int(quantity) else unit.rounding * rate
            row["count"] = plant.count_until(want, until, step) / rate
        [answer] = plant.promise([want])
        return row | {
            "date": answer.date < NEVER and fields.Date.to_string(gatherer.to_date(answer.date)),
            "kit": answer.kit < NEVER and fields.Date.to_string(gatherer.to_date(answer.kit)),
            "obstacles": answer.obstacles[:SHOWN]}

    def _describe_centres(self, gatherer, plant):
        """Load of the work centres that the order needs: hours before it, and hours of its own."""
        centres = self.env["mrp.workcenter"].browse(plant.centres)
        return [{"name": centre.display_name, "load": round(gatherer.queues[centre.id] / 3600, 1),
                 "own": round((plant.centres[centre.id].get_load() - gatherer.queues[centre.id]) / 3600, 1)}
                for centre in centres]

    def _take_over_feasible_date(self, date):
        """Write a feasible day as the delivery date; what the customer has asked for stays beside it.

        :raise UserError: no quotation, no date or a past one, or a review settles the date
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft", "sent")
        if not date or date < self.company_id._get_today():
            raise UserError(self.env._("%(order)s: there is no date that could be promised.", order=self.name))
        if self.review_stage in UNDER_REVIEW:
            raise UserError(self.env._(
                "%(order)s: its review settles the delivery date. Ask the order desk to return it, then take over "
                "another date.", order=self.name))
        self.write({
            "commitment_date": self._get_promised_moment(date, self.commitment_date),
            "requested_date": self.requested_date or date})


def _gap(date, asked):
    """Days after the day asked for, negative: before; False where one of them is not known."""
    return date and asked and (fields.Date.to_date(date) - asked) // timedelta(days=1)
