from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sla_policy_watch import Watched

NOTHING = Watched((), {}, {}, frozenset(), frozenset())
#: Value of the context key ``sla_later``; nothing that comes by RPC is this object, so that nobody escapes his clocks.
LATER = object()
#: Columns of a clock of which its widget is made: read with the search, not by a query of their own.
SHOWN = ("policy_id", "res_model", "res_id", "res_name", "company_id", "user_id", "calendar_id", "calendar_missing",
         "state", "is_open", "started_at", "deadline_at", "paused_at")


class SlaMixin(models.AbstractModel):
    """Makes a model watchable by time limit policies; nothing else has to be declared (SLA-1, SLA-2).

    The fields show the record's open clocks to whoever may read the record. None is stored.
    """
    _name = "sla.mixin"
    _description = "Time Limit Mixin"

    sla_clock_ids = fields.One2many(
        "sla.clock", string="Clocks", compute="_compute_sla_clocks", export_string_translation=False)
    sla_clocks = fields.Json(string="Time Limit", compute="_compute_sla_clocks")
    sla_deadline = fields.Datetime(string="Deadline", compute="_compute_sla_clocks")
    sla_state = fields.Selection(
        "_selection_sla_state", string="Time Limit State", compute="_compute_sla_clocks", search="_search_sla_state")
    sla_clock_count = fields.Integer(string="Clock Count", compute="_compute_sla_clock_count")
    sla_is_asked = fields.Boolean(
        compute="_compute_sla_is_asked", search="_search_sla_is_asked", export_string_translation=False,
        help="The user follows the record, answers for one of its time limits, or is escalated to.")

    def _get_clock_name(self):
        """How clocks call the record, in lists and messages that show nothing else of it."""
        self.ensure_one()
        return self.display_name

    @api.depends_context("lang")
    def _compute_sla_clocks(self):
        # sudo: whoever may read the record may see how much time it has left, also if others answer for it
        clocks = self.env["sla.clock"].sudo().search_fetch(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("is_open", "=", True)], SHOWN,
            order="deadline_at NULLS LAST, id")
        payloads = clocks._get_payloads()
        by_record = clocks.grouped("res_id")
        for record in self:
            mine = by_record.get(record._origin.id, clocks.browse())
            shown = [payloads[clock.id] for clock in mine]
            record.sla_clock_ids = mine
            record.sla_clocks = shown or False
            record.sla_deadline = next((clock.deadline_at for clock in mine if clock.deadline_at), False)
            record.sla_state = mine._get_overall_state()

    def _compute_sla_clock_count(self):
        # sudo: the count belongs to the record
        counts = dict(self.env["sla.clock"].sudo()._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]))
        for record in self:
            record.sla_clock_count = counts.get(record._origin.id, 0)

    @api.depends_context("uid")
    def _compute_sla_is_asked(self):
        asked = self.sudo().filtered_domain(self._get_asked_domain())  # sudo: rules ask this, it must not ask them
        for record in self:
            record.sla_is_asked = record in asked

    def _search_sla_is_asked(self, operator, value):
        if operator != "in":
            return NotImplemented
        asked = self._get_asked_domain()
        return (asked if True in value else Domain.FALSE) | (~asked if False in value else Domain.FALSE)

    def _get_asked_domain(self):
        """Records whose clocks or to-dos concern the user. For record rules: whoever is asked can open the record.

        Whom a clock concerns: the responsible, the managers of the department and of those above it, the general
        manager of the company. Whoever is given a to-do follows the record.
        """
        user = self.env.user
        # sudo: clocks are read through the departments that the user manages, whatever else he may see
        clocks = self.env["sla.clock"].sudo()._search(
            Domain("res_model", "=", self._name) & (
                Domain("user_id", "=", user.id) | Domain("department_id.sla_is_managed", "=", True)
                | Domain("company_id.sla_general_manager_id", "=", user.id)))
        asked = Domain("id", "in", clocks.subselect("res_id"))
        if "message_partner_ids" in self._fields:
            asked |= Domain("message_partner_ids", "in", user.partner_id.ids)
        return asked

    def _selection_sla_state(self):
        # Said here: the labels of a plain selection belong to each model that inherits it, where nobody translates them
        labels = [self.env._("None"), self.env._("Running"), self.env._("Paused"), self.env._("Late")]
        return list(zip(("none", "running", "paused", "late"), labels, strict=True))

    def _search_sla_state(self, operator, value):
        """Records by the state of their most urgent open clock; ``none``: without one."""
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        rank = SQL(
            "SELECT res_id, max(CASE WHEN paused_at IS NOT NULL THEN 1 "
            "WHEN state = 'breached' OR deadline_at < %s THEN 3 ELSE 2 END) AS rank "
            "FROM sla_clock WHERE res_model = %s AND is_open GROUP BY res_id", now, self._name)
        ranks = [number for number, state in enumerate(("none", "paused", "running", "late")) if state in value]
        self.env["sla.clock"].flush_model()
        domain = Domain("id", "in", SQL("(SELECT res_id FROM (%s) AS clock WHERE rank = ANY(%s))", rank, ranks))
        if "none" in value:
            domain |= Domain("id", "not in", SQL("(SELECT res_id FROM (%s) AS clock)", rank))
        return domain

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        watch_map = self.env["sla.policy"]._watch_map()
        if watch_map:
            records._sla_evaluate_created(watch_map.get(self._name, NOTHING))
        return records

    def write(self, vals):
        watch_map = self.env["sla.policy"]._watch_map()
        if not watch_map or not all(self._ids):
            return super().write(vals)
        watched = watch_map.get(self._name, NOTHING)
        names = watched.fields.keys() & vals.keys()
        moved = watched.inverses.keys() & vals.keys()
        left = self._sla_targets(watched.inverses, moved) if moved else {}
        result = super().write(vals)
        if self.env.context.get("sla_later") is LATER:  # who writes so looks at the clocks afterwards, in a job
            return result
        targets = self._sla_targets(watched.fields, names)
        for found in (left, self._sla_targets(watched.inverses, moved), self._sla_pending_targets()):
            _merge(targets, found)
        self.env["sla.clock"]._evaluate_targets(targets)
        return result

    def unlink(self):
        watch_map = self.env["sla.policy"]._watch_map()
        if not watch_map or not self:
            return super().unlink()
        watched = watch_map.get(self._name, NOTHING)
        # sudo: clocks are the engine's, people have no right to write them
        Clock = self.env["sla.clock"].sudo()
        clocks = Clock.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("is_open", "=", True)]
        ) if watched.policy_ids else Clock
        targets = self._sla_targets(watched.inverses, watched.inverses)
        result = super().unlink()
        clocks._cancel("record_deleted")
        _merge(targets, self._sla_pending_targets())
        Clock._evaluate_targets(targets)
        return result

    def _compute_field_value(self, field):
        result = super()._compute_field_value(field)
        if field.store and any(self._ids):
            watched = self.env["sla.policy"]._watch_map().get(self._name)
            if watched and field.name in watched.computed:
                names = [other.name for other in self.pool.field_computed[field] if other.name in watched.computed]
                self.filtered("id")._sla_evaluate_later(names)
        return result

    def action_view_sla_clocks(self):
        """Open all clocks of this record, those that have ended too."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sla.clock",
            "view_mode": "list,form",
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "name": self.env._("Clocks"),
        }

    def _sla_get_moments(self):
        """As of when clocks are looked at whose record was written before: ``{record id: naive UTC datetime}``.

        For what is written with the context key ``sla_later`` (:data:`LATER`), because nobody should wait for his
        clocks; the others are looked at as of now.
        """
        return {}

    def _sla_evaluate_written(self, names):
        """Look at the clocks that look at these fields, as if they were written now. What cannot be counted is noted on
        the clock, see :meth:`_sla_get_moments`.
        """
        watched = self.env["sla.policy"]._watch_map().get(self._name, NOTHING)
        for model, ids in self._sla_targets(watched.fields, watched.fields.keys() & set(names)).items():
            self.env["sla.clock"]._evaluate_model(model, ids=ids)

    def _sla_evaluate_created(self, watched):
        """Start the clocks of new records, and look again at the records that they have joined."""
        targets = {self._name: set(self.ids)} if watched.policy_ids else {}
        joined = [name for name in watched.inverses if any(record[name] for record in self)]
        _merge(targets, self._sla_targets(watched.inverses, joined))
        _merge(targets, self._sla_pending_targets())
        self.env["sla.clock"]._evaluate_targets(targets)

    def _sla_targets(self, places, names):
        """Records whose policies look at the named fields of these records.

        :param places: ``Watched.fields`` or ``Watched.inverses``
        :return: ``{model name: set of ids}``; one query per path that leads here
        """
        targets = {}
        for model, path in {place for name in names for place in places[name]}:
            if not path:
                targets.setdefault(model, set()).update(self.ids)
            else:
                # sudo: a clock must not depend on what its document's reader may see
                found = self.env[model].sudo().with_context(active_test=False).search([(path, "in", self.ids)])
                targets.setdefault(model, set()).update(found.ids)
        return targets

    def _sla_pending_targets(self):
        """Records with a watched stored field that is waiting to be computed."""
        targets = {}
        pending = self.env.transaction.tocompute
        if pending:
            for model, watched in self.env["sla.policy"]._watch_map().items():
                for name in watched.computed:
                    field = self.env[model]._fields[name]
                    if ids := [id_ for id_ in pending.get(field, ()) if id_]:
                        _merge(targets, self.env[model].browse(ids)._sla_targets(watched.fields, [name]))
        return targets

    def _sla_evaluate_later(self, names):
        """Evaluate before the transaction ends: a field is being computed, this is no time to start clocks."""
        data = self.env.cr.precommit.data
        if "order_sla.computed" not in data:
            data["order_sla.computed"] = {}
            # sudo: clocks are the engine's
            self.env.cr.precommit.add(self.env["sla.clock"].sudo()._evaluate_noted)
        noted = data["order_sla.computed"].setdefault(self._name, {})
        for name in names:
            noted.setdefault(name, set()).update(self.ids)


def _merge(targets, more):
    for model, ids in more.items():
        targets.setdefault(model, set()).update(ids)
