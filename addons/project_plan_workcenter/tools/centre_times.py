"""When work centers work, and when their open work orders lie."""
from odoo import fields

from odoo.addons.order_sla.tools.moments import to_moment
from odoo.addons.project_plan.tools.people_times import PeopleTimes

#: What lies beyond this is not looked at: a load does not show it.
HORIZON = 2 * 366 * 86400


class CentreTimes(PeopleTimes):
    """Working time of work centers: their own hours, else the company's, less their time off (constant queries)."""

    def get_centre_time(self, centre, company):
        """WorkTime of a work center, ElapsedTable where it has no hours."""
        return self._get_time(centre.resource_calendar_id or company.resource_calendar_id, company, centre)


class OrderTimes:
    """From when to when the rest of each work order takes its work center, as moments.

    A planned order lies where it was planned, another one after those that it waits for, from the forecast of its plan
    item or else from the start of its manufacturing order on. Nothing that is still to be done lies in the past.
    """

    def __init__(self, orders, company):
        self.now = to_moment(fields.Datetime.now())
        self.last = self.now + HORIZON
        self.company = company
        self.times = CentreTimes(orders.workcenter_id)
        self.known = {}  # None: beyond the horizon
        open_orders = set(orders)
        for order in orders.sorted(lambda order: (order.production_id.id, order.sequence, order.id)):
            self._place(order, open_orders)

    def get_spans(self, centres):
        """(order, (start, finish)) of what is left of the orders of these work centers, within the horizon."""
        return [(order, span) for order, span in self.known.items() if span and order.workcenter_id in centres]

    def _place(self, order, open_orders):
        """Iterative: a chain of orders may be longer than Python's stack."""
        waiting = [order]
        while waiting:
            current = waiting[-1]
            before = [other for other in current.blocked_by_workorder_ids if other in open_orders]
            if missing := [other for other in before if other not in self.known]:
                waiting += missing
                continue
            waiting.pop()
            self.known[current] = self._get_span(current, [self.known[other] for other in before])

    def _get_span(self, order, before):
        start = max(self.now, to_moment(self._get_start(order)) or 0)
        if not order.date_start:
            start = max([start, *(span[1] if span else self.last for span in before)])
        if start >= self.last:
            return None
        time = self.times.get_centre_time(order.workcenter_id, self.company)
        return start, time.advance(start, min(order._get_seconds_left(), time.worked(start, self.last)))

    def _get_start(self, order):
        production = order.production_id
        item = order.plan_task_id or production.plan_task_id
        return order.date_start or item.forecast_start or production.date_start
