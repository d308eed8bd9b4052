"""What the kernel is asked about, read from the database: a constant number of queries, whatever the bills' size.

The environment is a superuser's: people in sales read no bills, stock or work centres. What leaves this module are
names, quantities and moments.
"""
from collections import defaultdict
from datetime import timedelta

from pytz import timezone

from odoo import fields
from odoo.tools import SQL

from odoo.addons.order_sla.kernel.worktime import ElapsedTable, WorkTable
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..kernel.centre import Centre, with_overtime, without
from ..kernel.feasible import Obstacle, Offer, Operation, Plant, Recipe
from .row import Row
from .sent import read_sent

#: How far ahead work is laid out.
HORIZON = timedelta(days=3 * 365)
OPEN_ORDERS = ("confirmed", "progress", "to_close")


class Gatherer:
    """What a company makes and buys, in a warehouse.

    :param env: a superuser's
    :param overtime: ``{work centre's id: hours a day more}``
    """

    def __init__(self, env, company, warehouse, overtime=()):
        self.env, self.company, self.warehouse, self.overtime = env, company, warehouse, dict(overtime)
        self.moment = fields.Datetime.now()
        self.now = to_moment(self.moment)
        self.tz = company._get_zone()
        self.queues = {}  #: seconds of work by centre, before the quotation

    def get_plant(self, products):
        """The :class:`Plant` that knows these products and all that they are made of."""
        self.env.flush_all()
        # compiling the statements would take longer than running them: half of the answer's time
        self.env.execute_query(SQL("SELECT set_config('jit', 'off', TRUE)"))
        rows = self._read_tree(products)
        self._bills = {row.bill: row for row in rows if row.bill}
        self._lines, self._operations = self._read_bills()
        self._products = self._together("product.product", {row.product for row in rows})
        self._variants = self._together("product.template.attribute.value", {
            value for parts in (*self._lines.values(), *self._operations.values()) for *_part, values in parts
            for value in values})
        self._centres = self._together("mrp.workcenter", {
            centre for steps in self._operations.values() for centre, _minutes, _only in steps})
        lead = self.company.days_to_purchase or 0
        self._offers = {row.product: (row.supplier, row.delay + lead) for row in rows if row.supplier}
        centres = self._read_centres()
        self._suppliers = self._together("res.partner", {supplier for supplier, _days in self._offers.values()})
        self._contracts = self._together(
            "mrp.bom", {id_ for id_, bill in self._bills.items() if bill.type == "subcontract"})
        by_product = defaultdict(dict)
        for row in rows:
            by_product[row.product][row.type] = row
        self._recipes = {
            id_: recipe for id_, kinds in by_product.items() if (recipe := self._choose_recipe(id_, kinds))}
        supplies = defaultdict(list)
        for product, date, quantity, move in self.env["material.pegging"]._get_free(
                self.env["product.product"].browse(self._products), self.warehouse):
            supplies[product].append((date, quantity, move))
        supplies.update(read_sent(self.env, self._recipes.values(), self.now))
        return Plant(
            self.now, self._get_calendar(), self.tz, self._recipes, {
                id_: Offer(supplier, days) for id_, (supplier, days) in self._offers.items()},
            supplies, centres, counted={row.product for row in rows if row.is_storable})

    def _together(self, model, ids):
        """``{id: record}`` of records that are read together, whichever is looked at first."""
        return {record.id: record for record in self.env[model].browse(sorted(ids))}

    def make_recipe(self, product_id, values):
        """The recipe of a product with values that make no variant (``no_variant``), None: as any."""
        bill = next((bill for bill in self._bills.values()
                     if bill.product == product_id and bill.type in ("phantom", "normal")), None)
        return bill and values and self._make_recipe(bill, values)

    def get_longest_offers(self, number=5):
        """Suppliers' lead times of what is bought, the longest first: obstacles that end after so many working days."""
        bought = [(days, product, supplier) for product, (supplier, days) in self._offers.items()
                  if product not in self._recipes or self._recipes[product].supplier]
        return [Obstacle("buy", product, supplier, 0, days)
                for days, product, supplier in sorted(bought, key=lambda row: (-row[0], row[1]))[:number]]

    def _read_tree(self, products):
        """Products, all they are made of, the first bill of each type that Odoo would take, and the supplier whom it
        would ask first."""
        bill = SQL(
            """
            SELECT DISTINCT ON (bom.type) bom.id, bom.type, bom.product_qty, bom.product_uom_id, bom.produce_delay
              FROM mrp_bom bom
             WHERE bom.active AND bom.product_tmpl_id = pp.product_tmpl_id
               AND (bom.product_id IS NULL OR bom.product_id = pp.id)
               AND (bom.company_id IS NULL OR bom.company_id = %s)
          ORDER BY bom.type, bom.sequence, bom.product_id, bom.id""", self.company.id)
        routes = SQL(
            """
            SELECT bool_or(rule.action = 'buy') AND NOT bool_or(rule.action = 'manufacture')
              FROM stock_rule rule
             WHERE rule.active AND rule.company_id = %s AND rule.route_id IN (
                   SELECT route_id FROM stock_route_product WHERE product_id = pt.id
                    UNION SELECT route_id FROM stock_route_categ WHERE categ_id = pt.categ_id)""", self.company.id)
        seller = SQL(
            """
            SELECT info.partner_id, info.delay
              FROM product_supplierinfo info
              JOIN res_partner partner ON partner.id = info.partner_id AND partner.active
             WHERE info.product_tmpl_id = pp.product_tmpl_id AND (info.product_id IS NULL OR info.product_id = pp.id)
               AND (info.company_id IS NULL OR info.company_id = %(company)s)
               AND (info.date_start IS NULL OR info.date_start <= %(today)s)
               AND (info.date_end IS NULL OR info.date_end >= %(today)s)
          ORDER BY info.sequence, info.min_qty, info.price, info.id LIMIT 1
            """, company=self.company.id, today=self.company._get_today())
        return [Row(*values) for values in self.env.execute_query(SQL(
            """
            WITH RECURSIVE used (id) AS (
                SELECT unnest(%(products)s::int[])
                 UNION
                SELECT line.product_id
                  FROM used
                  JOIN product_product pp ON pp.id = used.id
            CROSS JOIN LATERAL (%(bill)s) bom
                  JOIN mrp_bom_line line ON line.bom_id = bom.id)
            SELECT pp.id, COALESCE(pt.is_storable, FALSE), uom.factor::float8, COALESCE((%(routes)s), FALSE),
                   bom.id, bom.type, (bom.product_qty * unit.factor / uom.factor)::float8, bom.product_uom_id,
                   unit.factor::float8, COALESCE(bom.produce_delay, 0), seller.partner_id, COALESCE(seller.delay, 0)
              FROM used
              JOIN product_product pp ON pp.id = used.id
              JOIN product_template pt ON pt.id = pp.product_tmpl_id
              JOIN uom_uom uom ON uom.id = pt.uom_id
         LEFT JOIN LATERAL (%(bill)s) bom ON pt.type <> 'service'
         LEFT JOIN uom_uom unit ON unit.id = bom.product_uom_id
         LEFT JOIN LATERAL (%(seller)s) seller ON TRUE
            """, products=list(products.ids), bill=bill, routes=routes, seller=seller))]

    def _read_bills(self):
        """Components and operations by bill, in their order: (product, quantity in its unit, values of variants that it
        is for), (work centre, minutes of a cycle, the same).

        A time that Odoo computes from what was worked is the mean of the last orders, as there.
        """
        lines, operations = defaultdict(list), defaultdict(list)
        for bill, _sequence, _id, product, centre, number, values in self.env.execute_query(SQL(
                """
                SELECT line.bom_id, line.sequence, line.id, line.product_id, NULL,
                       (line.product_qty * unit.factor / uom.factor)::float8,
                       ARRAY(SELECT product_template_attribute_value_id
                               FROM mrp_bom_line_product_template_attribute_value_rel WHERE mrp_bom_line_id = line.id)
                  FROM mrp_bom_line line
                  JOIN product_product pp ON pp.id = line.product_id
                  JOIN product_template pt ON pt.id = pp.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = line.product_uom_id
                  JOIN uom_uom uom ON uom.id = pt.uom_id
                 WHERE line.bom_id = ANY(%(bills)s)
                 UNION ALL
                SELECT step.bom_id, step.sequence, step.id, NULL, step.workcenter_id,
                       COALESCE(worked.minutes, step.time_cycle_manual, 0)::float8,
                       ARRAY(SELECT product_template_attribute_value_id
                               FROM mrp_routing_workcenter_product_template_attribute_value_rel
                              WHERE mrp_routing_workcenter_id = step.id)
                  FROM mrp_routing_workcenter step
                  JOIN mrp_bom bom ON bom.id = step.bom_id
             LEFT JOIN LATERAL (
                       SELECT SUM(last.duration) / SUM(CEIL(last.qty_produced / GREATEST(bom.product_qty, 1e-6)))
                         FROM (SELECT duration, qty_produced FROM mrp_workorder
                                WHERE operation_id = step.id AND state = 'done' AND qty_produced > 0
                             ORDER BY date_finished DESC, id DESC LIMIT GREATEST(step.time_mode_batch, 0)) last
                       ) worked (minutes) ON step.time_mode = 'auto'
                 WHERE step.bom_id = ANY(%(bills)s) AND step.active
              ORDER BY 1, 2, 3""", bills=list(self._bills))):
            if product:
                lines[bill].append((product, number, values))
            else:
                operations[bill].append((centre, number, values))
        return lines, operations

    def _choose_recipe(self, product_id, kinds):
        """Made, by a subcontractor or by us, or bought (None)."""
        if kit := kinds.get("phantom"):
            return self._make_recipe(kit)
        made, contract = kinds.get("normal"), kinds.get("subcontract")
        offer = self._offers.get(product_id)
        if made and not (made.is_bought and offer):
            return self._make_recipe(made)
        if contract and offer and self._is_subcontractor(contract, offer[0]):
            return self._make_recipe(contract, days=max(offer[1], contract.days), supplier=offer[0])
        return None if offer or not made else self._make_recipe(made)

    def _is_subcontractor(self, bill, partner_id):
        partner = self._suppliers[partner_id]
        return bool((partner | partner.parent_id) & self._contracts[bill.bill].subcontractor_ids)

    def _make_recipe(self, bill, values=(), days=None, supplier=None):
        parts = tuple((product, quantity / bill.quantity) for product, quantity, only in self._lines[bill.bill]
                      if self._applies(bill, only, values))
        return Recipe(
            parts, tuple(self._make_operation(bill, centre, minutes) for centre, minutes, only in
                         self._operations[bill.bill] if not supplier and self._applies(bill, only, values)),
            0 if bill.type == "phantom" else bill.days if days is None else days, bill.type == "phantom", supplier,
            supplier and self._get_store(supplier).id)

    def _get_store(self, supplier):
        """Where a subcontractor keeps our parts; several may share one, as in Odoo."""
        return self._suppliers[supplier].with_company(self.company).property_stock_subcontractor

    def _applies(self, bill, only, values):
        """Whether a line of the bill is for this variant."""
        if not only:
            return True
        value = self.env["product.template.attribute.value"]
        return not self.env["mrp.bom"]._skip_for_no_variant(
            self._products[bill.product], value.union(*(self._variants[id_] for id_ in only)), value.browse(values))

    def _make_operation(self, bill, centre_id, minutes):
        """In pieces of the product's unit, as capacities are of the bill's."""
        centre = self._centres[centre_id]
        unit = self.env["uom.uom"].browse(bill.uom)
        own = bill.quantity * bill.factor / bill.unit_factor
        capacity, setup, cleanup = centre._get_capacity(self._products[bill.product], unit, own or 1)
        return Operation(
            centre_id, (setup + cleanup) * 60, minutes * 60 * 100 / (centre.time_efficiency or 100),
            max(capacity * bill.unit_factor / bill.factor, 1e-6))

    def _get_calendar(self):
        """The company's working days; every day where it has no working hours."""
        time = self.company.resource_calendar_id._sla_work_time(self.company)
        return time if time and time.table(self.now).total else ElapsedTable()

    def _read_centres(self):
        planned, queue, closed = defaultdict(list), defaultdict(list), defaultdict(list)
        for centre, start, stop, seconds, begin in self._read_load(list(self._centres)):
            if seconds is None:
                closed[centre].append((to_moment(start), to_moment(stop)))
            elif stop and stop > self.moment:
                planned[centre].append((to_moment(start), to_moment(stop)))
            else:  # not planned yet, or planned for days that are over
                queue[centre].append((max(to_moment(begin or self.moment), self.now), round(seconds)))
        result = {}
        for centre in self._centres.values():
            table = self._get_table(centre, closed[centre.id])
            result[centre.id] = Centre(table, planned[centre.id], queue[centre.id])
            self.queues[centre.id] = result[centre.id].get_load()
        return result

    def _get_table(self, centre, closed):
        """Working time of a centre from now to the horizon; around the clock where it has no calendar."""
        last = to_moment(self.moment + HORIZON)
        calendar = centre.resource_calendar_id
        time = calendar._sla_work_time(self.company)
        table = time.table(self.now, last) if time else None
        spans = [(self.now, last)] if table is None else [
            (max(start, self.now), min(stop, last))
            for start, stop in zip(table.starts, table.stops, strict=True) if stop > self.now and start < last]
        table = WorkTable(spans, self.now, last)
        if hours := self.overtime.get(centre.id):
            table = with_overtime(table, round(hours * 3600), timezone(calendar.tz or self.tz.zone))
        return without(table, closed) if closed else table

    def _read_load(self, ids):
        """Open work in its turn: (centre, planned start and end or None, seconds left, start of its order); times off
        of the centres themselves: (centre, start, end, None, None)."""
        return self.env.execute_query(SQL(
            """
            SELECT centre, date_from, date_to, seconds, begin FROM (
                SELECT job.workcenter_id, leave.date_from, leave.date_to,
                       (60 * GREATEST(COALESCE(job.duration_expected, 0) - COALESCE(job.duration, 0), 0))::float8,
                       mo.date_start, mo.priority, mo.id, job.sequence, job.id
                  FROM mrp_workorder job
                  JOIN mrp_production mo ON mo.id = job.production_id AND mo.state = ANY(%(open)s)
             LEFT JOIN resource_calendar_leaves leave ON leave.id = job.leave_id
                 WHERE job.state NOT IN ('done', 'cancel') AND job.workcenter_id = ANY(%(centres)s)
                 UNION ALL
                SELECT centre.id, GREATEST(off.date_from, %(now)s), LEAST(off.date_to, %(far)s), NULL, NULL, NULL, NULL,
                       NULL, NULL
                  FROM mrp_workcenter centre
                  JOIN resource_calendar_leaves off ON off.resource_id = centre.resource_id
                 WHERE centre.id = ANY(%(centres)s) AND off.time_type = 'leave' AND off.date_to > %(now)s
                   AND off.date_from < %(far)s
                ) load (centre, date_from, date_to, seconds, begin, priority, production, sequence, job)
          ORDER BY priority DESC, begin, production, sequence, job
            """, open=list(OPEN_ORDERS), centres=ids, now=self.moment, far=self.moment + HORIZON))

    def to_date(self, moment):
        """The day of a moment in the company's time zone."""
        return timezone("UTC").localize(to_datetime(int(moment))).astimezone(self.tz).date()
