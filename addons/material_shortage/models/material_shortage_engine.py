from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.order_sla.tools.rows import snapshots

from ..tools.following import PegFact, state_of
from .material_shortage import OPEN

FOLLOWED = (
    "state", "company_id", "product_id", "production_id", "picking_id", "quantity", "pegged_quantity",
    "reported_quantity", "uninspected_quantity", "is_here",
    "needed_by", "cause", "owner_id", "purchase_line_id", "supply_production_id", "expected_date",
    "answered_date", "next_chase_date", "closing", "closed_on")
#: A supply without a date is made by an order that misses parts itself.
FACTS = """
    SELECT production_id, CASE WHEN production_id IS NULL THEN picking_id END, product_id, min(company_id),
        min(demand_date),
        COALESCE(sum(quantity) FILTER (WHERE kind = 'missing'), 0),
        COALESCE(sum(quantity) FILTER (WHERE late AND kind != 'missing'), 0),
        COALESCE(sum(quantity) FILTER (WHERE kind = 'draft' AND NOT late), 0),
        COALESCE(sum(quantity) FILTER (WHERE kind = 'incoming' AND NOT late), 0),
        CASE WHEN NOT bool_or(date_available IS NULL) THEN max(date_available) FILTER (
            WHERE kind IN ('incoming', 'draft')) END,
        (array_agg(purchase_line_id ORDER BY date_available DESC) FILTER (WHERE purchase_line_id IS NOT NULL))[1],
        (array_agg(supply_production_id ORDER BY date_available DESC)
            FILTER (WHERE supply_production_id IS NOT NULL))[1]
    FROM (SELECT *, is_late OR date_available IS NULL AS late FROM (%s) AS peg WHERE %s) AS peg GROUP BY 1, 2, 3"""
#: What has come into the warehouse of the order since the part was reported missing there.
RECEIVED = """
    SELECT shortage.id FROM material_shortage shortage
        JOIN stock_move_line line ON line.product_id = shortage.product_id AND line.state = 'done'
            AND line.company_id = shortage.company_id AND line.date > shortage.reported_on
        JOIN stock_location source ON source.id = line.location_id
        JOIN stock_location target ON target.id = line.location_dest_id AND target.usage = 'internal'
            AND target.warehouse_id IS DISTINCT FROM source.warehouse_id
        LEFT JOIN mrp_production production ON production.id = shortage.production_id
        LEFT JOIN stock_picking picking ON picking.id = shortage.picking_id
        JOIN stock_picking_type kind ON kind.id = COALESCE(production.picking_type_id, picking.picking_type_id)
            AND kind.warehouse_id = target.warehouse_id
    WHERE shortage.id = ANY(%s) GROUP BY shortage.id, shortage.reported_quantity
    HAVING sum(line.quantity_product_uom) >= shortage.reported_quantity"""


class MaterialShortage(models.Model):
    """Lines follow the pegging: opened, updated and closed by what it finds, in a constant number of queries (MAT-4).

    Only the to-dos of new lines cost more with their number, an insertion for a hundred.
    """

    _inherit = "material.shortage"

    @api.model
    def _follow_pegs(self, product_ids, facts):
        """Open, update and close lines after a refresh of the pegging.

        :param product_ids: products that were pegged anew; None: all
        :param facts: what :meth:`_get_peg_facts` says of them
        :return: the lines that were opened
        """
        model = self.sudo()  # sudo: the lines are the engine's, whoever asked for the refresh
        domain = Domain("state", "in", OPEN) & (
            Domain("production_id", "!=", False) | Domain("picking_id", "!=", False))
        if product_ids is not None:
            domain &= Domain("product_id", "in", list(product_ids))
        lines = model.search(domain)
        known = snapshots(lines, FOLLOWED) if lines else {}
        keys = {(row.production_id, row.picking_id, row.product_id): id_ for id_, row in known.items()}
        horizon, here = model._get_horizons(), model._get_uninspected(facts)
        fresh = [model._prepare_row(fact, here.get(key, 0.0)) for key, fact in facts.items()
                 if key not in keys and fact.short and fact.needed_by <= horizon[fact.company_id]]
        model._follow_lines(lines, known, {id_: (facts.get(key), here.get(key, 0.0)) for key, id_ in keys.items()})
        return model._open_rows(fresh)

    @api.model
    def _follow_production(self, production):
        """Open what an order misses, however far ahead it starts (MAT-3).

        :return: the lines that were opened
        """
        model = self.sudo()  # sudo: as above
        facts = model._get_peg_facts(production.move_raw_ids.product_id.ids)
        here = model._get_uninspected(facts)
        known = model.search([("production_id", "=", production.id), ("state", "in", OPEN)]).product_id.ids
        return model._open_rows([model._prepare_row(fact, here.get(key, 0.0)) for key, fact in facts.items() if (
            fact.production_id == production.id and fact.short and fact.product_id not in known)])

    @api.model
    def _find_or_open(self, late):
        """The open lines of pegs whose supply will be late; those that are not there are opened at once.

        :param late: list of pairs (material.peg, supplier.promise)
        :return: list of material.shortage, in that order
        """
        keys = [(peg.production_id.id, not peg.production_id and peg.picking_id.id, peg.product_id.id)
                for peg, _promise in late]
        orders, pickings, products = ({key[place] for key in keys} - {False} for place in range(3))

        def find():
            return {(line.production_id.id, line.picking_id.id, line.product_id.id): line for line in self.search(
                Domain("state", "in", OPEN) & Domain("product_id", "in", products)
                & (Domain("production_id", "in", orders) | Domain("picking_id", "in", pickings)))}

        found = find()
        rows = {key: {
            "production_id": key[0], "picking_id": key[1], "product_id": key[2],
            "company_id": peg.company_id.id, "needed_by": peg.demand_date, "quantity": peg.quantity,
            "pegged_quantity": peg.quantity, "expected_date": promise.date_promised, "cause": "purchased",
            "purchase_line_id": promise.line_id.id, "supply_production_id": False, "state": "promised",
        } for key, (peg, promise) in zip(keys, late, strict=True) if key not in found}
        if self._open_rows(list(rows.values())):
            found = find()
        return [found[key] for key in keys]

    @api.model
    def _get_peg_facts(self, product_ids=None):
        """What the pegs say of each order and product: ``{(production, picking, product): PegFact}``, one query."""
        where = SQL("TRUE") if product_ids is None else SQL("product_id = ANY(%s)", list(product_ids))
        self.env.flush_all()
        rows = self.env.execute_query(SQL(FACTS, self.env["material.peg"]._table_query, where))
        facts = [PegFact(*(False if value is None else value for value in row)) for row in rows]
        return {fact[:3]: fact for fact in facts if fact.production_id or fact.picking_id}

    @api.model
    def _get_uninspected(self, facts):
        """What has come for these demands and is not inspected yet, the earliest first; here nothing is inspected.

        :param facts: all of their products, see :meth:`_get_peg_facts`
        :return: ``{(production, picking, product): quantity}``, of each no more than it misses
        """
        return {}

    @api.model
    def _prepare_uninspected(self, short, uninspected):
        """Values of a line of whose quantity so much waits for its inspection."""
        return {"uninspected_quantity": uninspected, "is_here": bool(short) and uninspected >= short}

    @api.model
    def _get_horizons(self):
        now = fields.Datetime.now()
        companies = self.env["res.company"].search_fetch([], ["shortage_horizon_days"])
        return {company.id: now + timedelta(days=company.shortage_horizon_days) for company in companies}

    def _follow_lines(self, lines, known, facts):
        """Bring open lines up to the facts; what did not change is not written.

        :param known: ``{id: snapshot}``
        :param facts: ``{id: (PegFact or None, what of it waits for its inspection)}``
        """
        received = self._get_received({id_ for id_, row in known.items() if row.reported_quantity})
        rows = {id_: self._get_followed(row, *facts[id_], id_ in received) for id_, row in known.items()}
        ended = {id_ for id_, vals in rows.items() if vals["state"] == "closed"}
        closed_orders = lines.production_id.filtered(lambda order: order.state in ("done", "cancel"))
        for id_, row in known.items():
            if row.production_id in closed_orders._ids:
                ended.add(id_)
        self._decide_closing(lines.browse(ended), rows)
        self._decide_owners(known, rows, ended)
        changed = {id_: {name: value for name, value in vals.items() if value != getattr(known[id_], name)}
                   for id_, vals in rows.items()}
        lines._write_followed(known, {id_: vals for id_, vals in changed.items() if vals})

    @api.model
    def _get_received(self, ids):
        if not ids:
            return set()
        self.env.flush_all()
        return {id_ for [id_] in self.env.execute_query(SQL(RECEIVED, list(ids)))}

    @api.model
    def _get_followed(self, row, fact, uninspected, has_come):
        """Values of a line by the facts of its pegs."""
        today = fields.Date.context_today(self)
        open_report = bool(row.reported_quantity) and not has_come
        answered = bool(row.answered_date) and row.answered_date >= today
        short = max(fact.short if fact else 0.0, row.reported_quantity if open_report else 0.0)
        vals = {
            "state": state_of(fact, open_report, answered, row.state),
            "pegged_quantity": fact.short if fact else 0.0,
            "quantity": short or row.quantity,
            **self._prepare_uninspected(short, uninspected),
        }
        if fact:
            vals |= {"needed_by": fact.needed_by, "purchase_line_id": fact.purchase_line_id,
                     "supply_production_id": fact.supply_production_id}
        expected = fact.expected_date if fact else row.expected_date
        if answered and not expected:
            expected = fields.Datetime.to_datetime(row.answered_date)
        if expected != row.expected_date:
            vals |= {"expected_date": expected, "next_chase_date": self._get_next_chase(expected)}
        return vals

    @api.model
    def _get_next_chase(self, expected):
        """When it is asked for again: two days before it is expected, not before tomorrow; at once without a date."""
        today = fields.Date.context_today(self)
        return max(expected.date() - timedelta(days=2), today + timedelta(days=1)) if expected else today

    def _decide_closing(self, lines, rows):
        """Say why these lines end: the order ended, the goods came, or nobody needs them any more."""
        moves = self.env["stock.move"].sudo().search_fetch([  # sudo: facts of the order
            ("raw_material_production_id", "in", lines.production_id.ids), ("product_id", "in", lines.product_id.ids),
            ("state", "!=", "cancel")], ["raw_material_production_id", "product_id", "product_uom_qty"]
        ) if lines else ()
        needed = {(move.raw_material_production_id, move.product_id) for move in moves if move.product_uom_qty}
        for line in lines:
            order = line.production_id
            closing = "receipt"
            if order.state == "done":
                closing = "done"
            elif order and (order.state == "cancel" or (order, line.product_id) not in needed):
                closing = "change"
            elif line.picking_id.state == "cancel":
                closing = "change"
            rows[line.id] |= {"state": "closed", "closing": closing, "closed_on": fields.Datetime.now()}

    def _decide_owners(self, known, rows, ended):
        """The owner follows the supply, and who leaves is replaced; the cause of what was reported stays."""
        open_ids = [id_ for id_ in rows if id_ not in ended]
        asked = [{**vars(known[id_]), **rows[id_]} for id_ in open_ids]
        causes = self._get_causes(asked)
        for id_, row, cause in zip(open_ids, asked, causes, strict=True):
            if not known[id_].reported_quantity and known[id_].cause in ("purchased", "self_made"):
                row["cause"] = rows[id_]["cause"] = cause
        for id_, owner in zip(open_ids, self._get_owners(asked), strict=True):
            rows[id_]["owner_id"] = owner.id

    @api.model
    def _get_causes(self, rows):
        """Made here or purchased: by what is on its way, else by how the product is procured. Two queries."""
        products = self.env["product.product"].browse({row["product_id"] for row in rows})
        boms = self.env["mrp.bom"].search_fetch([
            ("product_tmpl_id", "in", products.product_tmpl_id.ids), ("type", "=", "normal")], ["product_tmpl_id"])
        made = boms.product_tmpl_id

        def get_cause(row):
            if row.get("purchase_line_id") or row.get("supply_production_id"):
                return "purchased" if row.get("purchase_line_id") else "self_made"
            product = products.browse(row["product_id"]).with_prefetch(products.ids)
            return "self_made" if product.product_tmpl_id in made and not product.seller_ids else "purchased"
        return [get_cause(row) for row in rows]
