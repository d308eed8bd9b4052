from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.document_control.tools.entered_values import check_quantity

# Most passes of a kind that the guard's page lists: more do not fit his phone, and his scanner finds any.
EXPECTED = 40


class StockGatePass(models.Model):
    _inherit = "stock.gate.pass"

    def action_out(self, quantities=None):
        """The goods leave through the gate; the transfer is done (NCR-5).

        :param quantities: ``{line id: quantity}`` in the line's unit; default everything on the pass
        :raise AccessError: not one of those who scan at the gate
        :raise UserError: not approved, out already, nothing or more than the pass says, or the transfer cannot be done
        """
        self._check_transition("out")
        for leaving in self.sudo():  # sudo: the guard has no rights in stock; the right was checked
            amounts = leaving._get_amounts(quantities, leaving._get_leaving())
            leaving._do_transfer(amounts)
            for line, quantity in amounts.items():
                line.quantity_out = quantity
            leaving.write({"state": "out", "out_at": fields.Datetime.now(), "out_by": self.env.uid})
            if not leaving.must_return:
                leaving.state = self._get_transition("close").target
        return True

    def action_in(self, quantities=None):
        """Goods come back through the gate (NCR-5).

        :param quantities: ``{line id: quantity}`` in the line's unit; default everything still outside
        :raise AccessError: not one of those who scan at the gate
        :raise UserError: nothing is outside, or more comes back than went out
        """
        self._check_transition("in")
        for coming in self.sudo():  # sudo: the guard has no rights in stock; the right was checked
            amounts = coming._get_amounts(quantities, {line: line.balance for line in coming.line_ids})
            for line, quantity in amounts.items():
                line.quantity_in += quantity
            coming.write({"in_at": fields.Datetime.now(), "in_by": self.env.uid})
            coming._on_back(amounts)
            if coming._is_balanced():
                coming.state = self._get_transition("in").target
        return True

    @api.model
    def scan(self, code):
        """What the guard sees when he scans the code of a pass; changes nothing (NCR-5).

        :param code: content of the printed code, or the number of the pass
        :return: dict ``state`` (``unknown``, ``refused``, ``ready_out``, ``ready_in``, ``done``), ``data`` (the pass,
            or False) and ``message`` (``type`` and ``text``)
        :raise AccessError: not one of those who scan at the gate
        """
        gate = self._find_by_code(code)
        return gate._get_scan_answer() if gate else self._get_unknown_answer(code)

    @api.model
    @api.readonly
    def get_expected(self):
        """What the gate waits for today: passes approved and not out yet, and goods due back today or overdue (NCR-5).

        Of the companies the user works in; a constant number of queries.

        :return: dict of ``out`` and ``in``, each a list of dicts ``name``, ``partner``, ``vehicle``, ``goods``,
            ``expected_return`` and ``is_overdue``, the longest waiting first; ``more``: how many are not listed
        :raise AccessError: not one of those who scan at the gate
        """
        self.browse()._check_guard()
        of_here = Domain("company_id", "in", self.env.companies.ids)
        leaving = of_here & Domain("state", "=", "approved")
        coming = of_here & Domain("state", "=", "out") & Domain("must_return", "=", True) & Domain(
            "expected_return", "<=", fields.Date.context_today(self))
        out = self.search(leaving, order="approved_on, id", limit=EXPECTED)
        back = self.search(coming, order="expected_return, id", limit=EXPECTED)
        shown = out | back
        return {
            # sudo: the guard sees what the paper says, not the documents behind it
            "out": [gate._get_expected_data() for gate in out.sudo()],
            "in": [gate._get_expected_data() for gate in back.sudo()],
            "more": self.search_count(leaving | coming) - len(shown),
        }

    def _get_expected_data(self):
        return {
            "name": self.name, "partner": self.partner_id.display_name or False, "vehicle": self.vehicle or False,
            "goods": self.line_ids.mapped("display_name"),
            "expected_return": fields.Date.to_string(self.expected_return) if self.expected_return else False,
            "is_overdue": self.is_overdue,
        }

    @api.model
    def scan_out(self, code, quantities=None):
        """Let the goods of a scanned pass out; answers like :meth:`scan`. Errors come as a message.

        :param quantities: see :meth:`action_out`; keys may be strings
        """
        return self._scan_and("action_out", code, quantities)

    @api.model
    def scan_in(self, code, quantities=None):
        """Take goods of a scanned pass in; answers like :meth:`scan`. Errors come as a message.

        :param quantities: see :meth:`action_in`; keys may be strings
        """
        return self._scan_and("action_in", code, quantities)

    @api.model
    def _scan_and(self, method, code, quantities):
        gate = self._find_by_code(code)
        if not gate:
            return self._get_unknown_answer(code)
        try:
            with self.env.cr.savepoint():
                getattr(gate, method)({int(key): value for key, value in (quantities or {}).items()} or None)
        except (UserError, ValueError) as error:
            return {**gate._get_scan_answer(), "message": {"type": "danger", "text": str(error)}}
        text = self.env._("%(gate)s: let out.", gate=gate.name) if method == "action_out" \
            else self.env._("%(gate)s: taken in.", gate=gate.name)
        return {**gate._get_scan_answer(), "message": {"type": "success", "text": text}}

    @api.model
    def _find_by_code(self, code):
        self.browse()._check_guard()
        code = (code or "").strip()
        name = code.replace("\\", "").replace("%", "").replace("_", "")  # a guard types numbers as he likes
        return self.search(["|", ("token", "=", code), ("name", "=ilike", name)], limit=1) if code else self.browse()

    @api.model
    def _get_unknown_answer(self, code):
        return {"state": "unknown", "data": False, "message": {
            "type": "danger", "text": self.env._("No gate pass has the code \"%(code)s\". Nothing may leave on it.",
                                                 code=(code or "")[:40])}}

    def _get_scan_answer(self):
        """State, data and message for the guard's page."""
        self.ensure_one()
        gate = self.sudo()  # sudo: the guard sees what the paper says, not the documents behind it
        if gate.is_cancelled or gate.state == "draft":
            state, kind = "refused", "danger"
            text = self.env._("%(gate)s is cancelled: nothing may leave.", gate=gate.name) if gate.is_cancelled \
                else self.env._("%(gate)s is not approved yet: nothing may leave.", gate=gate.name)
        elif gate.state == "approved":
            state, kind, text = "ready_out", "info", self.env._("Check the goods, then let them out.")
        elif gate.state == "out" and gate.must_return:
            state, kind = "ready_in", "warning" if gate.is_overdue else "info"
            text = self.env._("Overdue: expected back on %(date)s.", date=fields.Date.to_string(
                gate.expected_return)) if gate.is_overdue else self.env._("Count what comes back.")
        else:
            state, kind, text = "done", "info", self.env._("%(gate)s is settled.", gate=gate.name)
        return {"state": state, "data": gate._get_scan_data(state), "message": {"type": kind, "text": text}}

    def _get_scan_data(self, state):
        return {
            "id": self.id, "name": self.name, "reason": self.reason,
            "reason_label": self._get_selection_label("reason"),
            "partner": self.partner_id.display_name or False, "vehicle": self.vehicle or False,
            "carrier": self.carrier or False, "driver": self.driver or False, "must_return": self.must_return,
            "expected_return": fields.Date.to_string(self.expected_return) if self.expected_return else False,
            "is_overdue": self.is_overdue, "next": {"ready_out": "out", "ready_in": "in"}.get(state, False),
            "lines": [{
                "id": line.id, "product": line.name or line.product_id.display_name, "lot": line.lot_id.name or False,
                "uom": line.uom_id.name or "", "quantity": line.quantity, "quantity_out": line.quantity_out,
                "quantity_in": line.quantity_in, "balance": line.balance,
            } for line in self.line_ids],
        }

    def _is_balanced(self):
        """Whether nothing is outside any more."""
        return not any(line.balance > 0 for line in self.line_ids)

    def _check_guard(self):
        self._check_groups(*self._get_transition("out").groups)
        self.check_access("read")

    def _get_amounts(self, quantities, limits):
        """Quantity by line, checked against what may move: ``{line: quantity}`` without zeros."""
        amounts = {line: limits[line] for line in self.line_ids} if quantities is None else {}
        for line_id, quantity in (quantities or {}).items():
            line = self.line_ids.filtered(lambda row, wanted=int(line_id): row.id == wanted)
            if not line:
                raise UserError(self.env._("%(gate)s has no such line; scan it again.", gate=self.name))
            amounts[line] = check_quantity(self.env, self.name, quantity)
        for line, quantity in amounts.items():
            unit = line.uom_id or self.env.ref("uom.product_uom_unit")
            if quantity < 0 or unit.compare(quantity, limits[line]) > 0:
                raise UserError(self.env._(
                    "%(gate)s, %(goods)s: %(quantity)s is more than the %(limit)s that may pass.", gate=self.name,
                    goods=line.display_name, quantity=quantity, limit=limits[line]))
        amounts = {line: quantity for line, quantity in amounts.items() if quantity > 0}
        if not amounts:
            raise UserError(self.env._("%(gate)s: enter what passes the gate.", gate=self.name))
        return amounts

    def _get_leaving(self):
        """What may leave by line: what the pass says, or what of it the store has already sent out, each piece once.

        A transfer may count in dozens what the pass counts in pieces, and name lots that the pass does not.
        """
        limits = {line: line.quantity for line in self.line_ids}
        if self.picking_id.state != "done":
            return limits
        moved = {}
        for done in self.picking_id.move_line_ids:
            key = done.product_id, done.lot_id
            moved[key] = moved.get(key, 0.0) + done.quantity_product_uom
        for line in self.line_ids.filtered("product_id").sorted(lambda line: not line.lot_id):
            wanted = left = line._get_product_quantity(line.quantity)
            for product, lot in moved:
                if product == line.product_id and (not line.lot_id or lot == line.lot_id):
                    taken = min(left, moved[product, lot])
                    moved[product, lot] -= taken
                    left -= taken
            if line.product_id.uom_id.compare(left, 0.0) > 0:
                limits[line] = line.product_id.uom_id._compute_quantity(
                    wanted - left, line.uom_id, rounding_method="HALF-UP")
        return limits

    def _do_transfer(self, amounts):
        """Validate the transfer behind the pass with what leaves; the rest stays as its backorder."""
        picking = self.picking_id
        if not picking or picking.state == "done":
            return
        if not self.is_from_document:
            raise UserError(self.env._(
                "%(gate)s: the store has not validated the transfer %(picking)s yet.", gate=self.name,
                picking=picking.name))
        if picking.state == "cancel":
            raise UserError(self.env._("%(gate)s: its transfer was cancelled.", gate=self.name))
        left = {(line.product_id, line.lot_id): 0.0 for line in self.line_ids}
        for line, quantity in amounts.items():
            left[line.product_id, line.lot_id] += quantity
        for row in picking.move_line_ids:
            key = (row.product_id, row.lot_id)
            taken = min(row.quantity, left.get(key, 0.0))
            left[key] = left.get(key, 0.0) - taken
            if row.product_uom_id.compare(taken, row.quantity):
                row.quantity = taken
        picking.move_line_ids.filtered("quantity").picked = True
        picking._action_done()

    def _on_back(self, quantities):
        """Goods are back; addons above bring them to where they belong.

        :param quantities: what came back by line, ``{line: quantity}`` in the line's unit
        """
