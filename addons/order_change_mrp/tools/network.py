"""What was procured for a demand, over all levels, and how far a demand that falls or grows reaches into it.

Read in a number of queries that depends on the number of levels only; the reckoning itself asks the database nothing.
"""
from collections import defaultdict

GONE = ("done", "cancel")


class Supply:
    """A document that covers demands: a manufacturing order, a purchase line, a line of a request.

    Quantities are of the product's unit.

    :param room: what of it can be taken back at most, by words or by deed
    :param stays: why it does not follow its demand; empty where it does
    :param parts: components of a manufacturing order: pairs of the quantity for each unit, and the move
    """

    __slots__ = ("fall", "growth", "parts", "record", "room", "stays")

    def __init__(self, record, room, stays="", parts=()):
        self.record, self.room, self.stays, self.parts = record, room, stays, parts
        self.fall = self.growth = 0.0

    @property
    def rank(self):
        """Which follows first: what is not confirmed, then manufacturing, purchases, what stays; the latest first."""
        name = self.record._name
        firm = name == "purchase.order.line" and self.record.state == "purchase"
        return (bool(self.stays), firm, name == "mrp.production", -self.record.id)


class Network:
    """The supplies behind some demands.

    :param moves: demands, as superuser
    """

    def __init__(self, moves):
        self.env = moves.env
        self.supplies = {}
        self.falls = defaultdict(float)  # of each move that takes from stock or from a supply
        self.further = defaultdict(float)  # products that are procured beside what there is
        self.moves = self._gather(moves)

    def _gather(self, moves):
        """The moves of all levels, fetched level by level."""
        seen = level = moves
        while level:
            before = level.move_orig_ids
            level = (before | before.production_id.move_raw_ids) - seen
            seen |= level
        self._fetch(seen)
        return seen

    def _fetch(self, moves):
        """Read at once what is asked of each later."""
        lines = moves.created_purchase_line_ids | moves.purchase_line_id
        lines |= moves.created_purchase_request_line_id.purchase_lines
        productions = moves.production_id
        origins = (productions.move_finished_ids | productions.move_raw_ids).move_orig_ids
        for records, names in (
                (productions, ["workorder_ids"]), (origins, ["picking_id"]),
                (moves.product_id | lines.product_id, ["display_name"]), (lines.order_id, ["name"])):
            for name in names:
                records.mapped(name)

    def get_productions(self):
        """The manufacturing orders of all levels."""
        return self.moves.production_id | self.moves.raw_material_production_id

    def get_sources(self, move, path=()):
        """What covers a demand, through all transfers."""
        if move in path:
            return []
        found = {}
        for before in move.move_orig_ids:
            if before.state == "cancel":
                continue
            if before.production_id:
                found |= self._as_found(self.get_production(before.production_id))
            elif before.purchase_line_id:
                found |= self._as_found(self._get_purchase(before.purchase_line_id))
            else:
                found |= self._as_found(*self.get_sources(before, (*path, move)))
        asked = move.created_purchase_request_line_id
        for line in move.created_purchase_line_ids | asked.purchase_lines:
            if line.state != "cancel":
                found |= self._as_found(self._get_purchase(line))
        if asked and not asked.cancelled and asked.request_state != "rejected":
            found |= self._as_found(self._get_request(asked))
        return list(found.values())

    def _as_found(self, *supplies):
        return {supply.record: supply for supply in supplies if supply}

    def get_production(self, production):
        """A manufacturing order as a supply; None where it was cancelled."""
        if production.state == "cancel":
            return None
        if production not in self.supplies:
            quantity = production.product_uom_qty
            parts = [(move.product_qty / quantity, move) for move in production.move_raw_ids
                     if move.state not in GONE and quantity]
            self.supplies[production] = Supply(production, quantity, production._get_reason_to_stay(), parts)
        return self.supplies[production]

    def _get_purchase(self, line):
        if line not in self.supplies:
            self.supplies[line] = Supply(line, line.product_uom_qty)
        return self.supplies[line]

    def _get_request(self, line):
        if line not in self.supplies:
            left = line.product_qty if line.request_state in ("draft", "to_approve") else line.qty_to_order
            self.supplies[line] = Supply(
                line, line.product_uom_id._compute_quantity(left, line.product_id.uom_id, round=False))
        return self.supplies[line]

    # A demand changes

    def lower(self, demands, quantity, path=()):
        """Some moves, together, ask for less: what was procured for them falls, the latest first, with its parts.

        :return: what nothing was procured for
        """
        sources = self._get_sources_of(demands)
        for supply in sorted(sources, key=lambda supply: supply.rank):
            part = min(quantity, supply.room - supply.fall)
            if part <= 0:
                continue
            supply.fall += part
            quantity -= part
            if not supply.stays and supply.record not in path:
                for each, move in supply.parts:
                    self.falls[move] += part * each
                    self.lower(move, part * each, (*path, supply.record))
        return quantity

    def raise_(self, demands, quantity, path=()):
        """Some moves, together, ask for more: it is got where Odoo's rules look for it, or beside what there is."""
        sources = self._get_sources_of(demands)
        taker = next(self._get_takers(sources), None)
        if not taker:
            self.further[demands[:1].product_id] += quantity
            return
        taker.growth += quantity
        for each, move in taker.parts:
            if move.procure_method == "make_to_order" and taker.record not in path:
                self.raise_(move, quantity * each, (*path, taker.record))

    def _get_takers(self, sources):
        productions = self.env["mrp.production"].concat(
            *(supply.record for supply in sources if supply.record._name == "mrp.production"))
        for production in productions.filtered(lambda production: production._takes_more()).sorted():
            yield self.supplies[production]
        yield from (supply for supply in sources if supply.record._name == "purchase.order.line"
                    and supply.record.state == "draft")

    def _get_sources_of(self, demands):
        found = {}
        for move in demands:
            found |= self._as_found(*self.get_sources(move))
            if move.production_id:  # of the order line itself: what is made for it
                found |= self._as_found(self.get_production(move.production_id))
        return list(found.values())

    def get_released(self):
        """Reserved goods that are not needed any more: quantities by product."""
        released = defaultdict(float)
        for move, fall in self.falls.items():
            left = max(0.0, move.product_qty - fall)
            reserved = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id, round=False)
            if move.product_id.uom_id.compare(reserved, left) > 0:
                released[move.product_id] += reserved - left
        return released
