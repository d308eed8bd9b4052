from operator import itemgetter

from odoo import api, fields, models
from odoo.tools import SQL, format_date, groupby

from odoo.addons.order_sla.tools.rows import insert_rows, update_rows

from .material_shortage import CHASE_TYPE


class MaterialShortage(models.Model):
    """Writing what the engine and reports find: rows, to-dos, history, clocks, however many at once."""

    _inherit = "material.shortage"

    def write(self, vals):
        """The next chase date that somebody enters is that of the to-do."""
        result = super().write(vals)
        if "next_chase_date" in vals:
            self._redate_todos()
        return result

    @api.model
    def _prepare_row(self, fact, uninspected=0.0):
        """Values of a new line by the facts of its pegs; cause and owner are found for all of them at once."""
        return {
            "production_id": fact.production_id, "picking_id": fact.picking_id, "product_id": fact.product_id,
            "company_id": fact.company_id, "needed_by": fact.needed_by, "quantity": fact.short,
            "pegged_quantity": fact.short, "expected_date": fact.expected_date,
            "purchase_line_id": fact.purchase_line_id, "supply_production_id": fact.supply_production_id,
            "state": "promised" if fact.expected_date else "open",
            **self._prepare_uninspected(fact.short, uninspected)}

    @api.model
    def _open_rows(self, rows):
        """Open lines. One that somebody else is just opening is left to him: the database starts the second again."""
        if not rows:
            return self.browse()
        for row, cause in zip(rows, self._get_causes(rows), strict=True):
            row.setdefault("cause", cause)
        for row, owner in zip(rows, self._get_owners(rows), strict=True):
            row |= {"owner_id": owner.id,
                    "next_chase_date": self._get_next_chase(row.get("expected_date"))}
        for company_id, some in groupby(rows, itemgetter("company_id")):
            numbers = self._get_numbers(self.env["res.company"].browse(company_id), len(some))
            for row, number in zip(some, numbers, strict=True):
                row["name"] = number
        self.flush_model()
        lines = self.browse(id_ for [id_] in insert_rows(self, rows)).sorted("id")
        lines._ask_owners()
        # sudo: clocks are the engine's
        self.env["sla.clock"].sudo()._evaluate_targets({self._name: set(lines.ids)})
        return lines

    @api.model
    def _get_numbers(self, company, count):
        """Numbers of new lines of a company; of a plain sequence in one query."""
        sequence = self.env["ir.sequence"].sudo().search([  # sudo: whoever reports takes a number
            ("code", "=", self._number_sequence), ("company_id", "in", [company.id, False])],
            order="company_id", limit=1)
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() or "/" for _number in range(count)]
        drawn = self.env.execute_query(SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)", f"ir_sequence_{sequence.id:03d}", count))
        return [sequence.get_next_char(number) for [number] in drawn]

    def _ask_owners(self):
        """Each line is a to-do of its owner, until it is covered or closed; what is here already he has brought."""
        self._ask([(line, line.owner_id, False) for line in self if line.owner_id and not line.is_here], CHASE_TYPE)

    @api.model
    def _ask(self, asked, kind):
        """To-dos, all at once.

        :param asked: list of (line, user, note)
        :param kind: external id of the activity's type
        """
        today = fields.Date.context_today(self)
        model_id, type_id = self.env["ir.model"]._get_id(self._name), self.env.ref(kind).id
        # sudo: to-dos for others; who is asked follows the line and can open it
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create([{
            "res_model_id": model_id, "res_id": line.id, "activity_type_id": type_id, "user_id": user.id,
            "summary": line.with_context(lang=user.lang)._get_todo_summary(),
            "date_deadline": line.next_chase_date or today, "note": note,
        } for line, user, note in asked])

    def _get_todo_summary(self):
        line = self.sudo()  # sudo: the names belong to the line
        return self.env._(
            "%(quantity)s %(unit)s %(product)s for %(order)s", quantity=f"{line.quantity:g}",
            unit=line.product_id.uom_id.name, product=line.product_id.display_name,
            order=line.production_id.name or line.picking_id.name or "–")

    def _write_followed(self, known, changed):
        """Write what changed, move to-dos and clocks.

        :param known: ``{id: snapshot}`` of before
        :param changed: ``{id: values}``
        """
        changed = {id_: vals for id_, vals in changed.items() if vals}  # handed over to whom has it already, for one
        if not changed:
            return
        lines = self.browse(changed)
        update_rows(self, {self.browse(id_): vals for id_, vals in changed.items()})
        lines.invalidate_recordset(["days_late", "is_mine", "partner_id", "promise_ids"], flush=False)
        lines._move_todos(known, changed)
        lines._log_followed(known, changed)
        self.browse(id_ for id_, vals in changed.items() if vals.get("state") == "closed")._ask_about_requests()
        # sudo: clocks are the engine's
        self.env["sla.clock"].sudo()._evaluate_targets({self._name: {
            id_ for id_, vals in changed.items() if vals.keys() & {"state", "owner_id", "is_here"}}})

    def _move_todos(self, known, changed):
        """What is covered, closed or here asks nobody; what is open again, or has another owner, asks anew."""
        def asks(state):
            return state in ("open", "promised")

        quiet = [id_ for id_, vals in changed.items() if (
            self.browse(id_).is_here or not asks(vals.get("state", known[id_].state)))]
        moved = [id_ for id_, vals in changed.items() if id_ not in quiet and (
            vals.keys() & {"owner_id", "is_here"} or not asks(known[id_].state))]
        Activity = self.env["mail.activity"].sudo()  # sudo: to-dos of others
        domain = [("res_model", "=", self._name)]
        if quiet or moved:
            Activity.search([*domain, ("res_id", "in", quiet)]).unlink()
            Activity.search([*domain, ("res_id", "in", moved), (
                "activity_type_id", "=", self.env.ref(CHASE_TYPE).id)]).unlink()
            self.browse(moved)._ask_owners()
        later = {id_ for id_, vals in changed.items() if "next_chase_date" in vals} - {*quiet, *moved}
        self.browse(later)._redate_todos()

    def _redate_todos(self):
        """To-dos are due on the day on which their line is chased next."""
        todos = self.env["mail.activity"].sudo().search(  # sudo: to-dos of others
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]) if self else self.env["mail.activity"]
        for date, some in todos.grouped(lambda todo: self.browse(todo.res_id).next_chase_date).items():
            if date:
                some.with_context(mail_activity_quick_update=True).write({"date_deadline": date})

    def _log_followed(self, known, changed):
        """The line's history says what the pegging found."""
        labels, bodies = self._get_selection_labels("state"), {}
        for line in self:
            vals, row, texts = changed[line.id], known[line.id], []
            if "state" in vals:
                texts.append(f"{labels[row.state]} → {labels[vals['state']]}")
            if "expected_date" in vals:
                former, new = (format_date(self.env, date) if date else "–" for date in (
                    row.expected_date, vals["expected_date"]))
                if former != new:  # what an order makes that should be done already is expected now, and now again
                    texts.append(self.env._("Expected: %(former)s → %(new)s", former=former, new=new))
            if texts:
                bodies[line.id] = "; ".join(texts)
        if bodies:
            self.browse(bodies)._message_log_batch(bodies)

    def _ask_about_requests(self):
        """What somebody has asked to buy for a line, and nobody has approved yet, did not close it: whoever asked for
        it says whether it is still needed (MAT-8)."""
        if not self:
            return
        measures = self.env["material.measure"].sudo().search([  # sudo: others' requests
            ("shortage_id", "in", self.ids), ("request_id.state", "in", ("draft", "to_approve"))])
        for request, some in measures.grouped("request_id").items():
            asked = request.with_context(lang=request.requested_by.lang)
            asked.message_post(
                body=asked.env._("%(shortage)s is closed without this request: is it still needed?",
                                 shortage=some.shortage_id[:1].display_name),
                partner_ids=request.requested_by.partner_id.ids, subtype_xmlid="mail.mt_note")
