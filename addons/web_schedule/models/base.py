from collections import defaultdict

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval
from odoo.tools.view_validation import get_expression_field_names

from ..tools import arch as schedule
from ..tools.window import touching

PLAIN = {"boolean", "integer", "float", "monetary", "char", "text", "date", "datetime", "selection", "many2one"}
SIDES = {"start": "date_start", "stop": "date_stop"}


def _asks_for_name_only(spec):
    """Whether of a record that a field leads to no more than its name is asked for: more is for the user's rights."""
    return spec.keys() <= {"fields"} and (spec.get("fields") or {}).keys() <= {"display_name"}


class Base(models.AbstractModel):
    _inherit = "base"

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------
    @api.model
    @api.readonly
    def schedule_read(self, domain, view_spec, groupby=(), start=False, stop=False, limit=None):
        """What a timeline shows between two moments, in a number of queries that does not grow with the items.

        :param domain: which records
        :param view_spec: ``roles``: ``{attribute of <schedule>: field name}``; ``fields``: specification of
            :meth:`web_read` for what is shown; ``order``; ``overview``: whether ``bounds`` and ``undated`` are wanted
        :param groupby: what the view groups by: the groups come in the order that a list would have
        :param start: beginning of the window as a UTC string; False: no bound
        :param stop: its end, alike
        :param limit: at most so many records
        :return: ``records`` as of :meth:`web_read`, and among them ``context_ids``, which are shown only because they
            are above a record; ``length``: how many there are in the window; ``links``, ``can_link``, ``off_times``,
            ``markers``;
            ``bounds`` (first and last moment) and ``undated`` (number of records without dates) of the domain
        """
        roles = {role: name for role, name in view_spec["roles"].items() if self._may_read_on_schedule(name)}
        inside = Domain(domain) & touching(self, roles, start, stop)
        specification = self._get_schedule_specification(roles, view_spec["fields"])
        # All of them at once: reading them one field after the other would go by a thousand records.
        records = self.search_fetch(
            inside, list(specification), limit=limit,
            order=self._get_schedule_order(groupby, view_spec.get("order")))
        length = len(records)
        if limit and length == limit:
            length = self.search_count(inside)
        above = self._get_schedule_above(records, roles.get("parent"))
        shown = records + above
        result = {
            "records": shown._read_schedule(specification),
            "context_ids": above.ids,
            "length": length,
            "links": self._get_schedule_links(shown),
            "can_link": self._may_link_on_schedule(),
            "off_times": self._get_schedule_off_times(start, stop),
            "markers": self._get_schedule_markers(shown),
        }
        if view_spec.get("overview"):
            result |= self._get_schedule_overview(domain, roles)
        return result

    def _read_schedule(self, specification):
        """As :meth:`web_read`. These records were found as the user, who may read these fields: asking so again for
        each value of thousands of records takes twice the time of reading them.
        """
        plain = {name: spec for name, spec in specification.items()
                 if self._is_plain_on_schedule(name) and _asks_for_name_only(spec)}
        rows = self.sudo().web_read(plain)  # sudo: rights were asked for, once for all of them
        if rest := {name: spec for name, spec in specification.items() if name not in plain}:
            for row, values in zip(rows, self.web_read(rest), strict=True):
                row |= values
        return rows

    @api.model
    def _is_plain_on_schedule(self, name):
        """Whether a field has the same value for everybody who may read it: not what is computed or leads to many."""
        field = self._fields[name]
        is_same = name == "display_name" or (field.column_type if field.store else field.compute_sudo)
        return field.type in PLAIN and bool(is_same)

    def _may_read_on_schedule(self, name):
        field = self._fields.get(name)
        return bool(field) and self._has_field_access(field, "read")

    def _get_schedule_specification(self, roles, specification):
        """What is read of a record: as far as the user may read it, many2one with their names."""
        named = {
            name: {"fields": {"display_name": {}}} if self._fields[name].type == "many2one" else {}
            for name in roles.values()
        }
        asked = {name: spec for name, spec in specification.items() if self._may_read_on_schedule(name)}
        return {"display_name": {}} | named | asked

    def _get_schedule_order(self, groupby, order):
        """The groups in their own order, in a group the order of the view."""
        names = [schedule.split_group(group)[0] for group in groupby]
        known = [self._fields[name] for name in names if name in self._fields]
        sorting = [field.name for field in known if field._description_sortable(self.env)]
        return ", ".join([*sorting, *filter(None, [order or self._order])])

    @api.model
    def _get_schedule_above(self, records, parent):
        """Those above the records that are not among them: one query a level, whatever the number of records."""
        above = self.browse()
        level = records[parent] if parent else above
        while level := (level - records - above)._filtered_access("read"):
            above += level
            level = level[parent]
        return above

    def _get_schedule_overview(self, domain, roles):
        start, stop = (roles.get(role) for role in schedule.REQUIRED)
        if not (start and stop and self._fields[start].store and self._fields[stop].store):
            return {"bounds": False, "undated": 0}
        [(first, last, started)] = self._read_group(domain, [], [f"{start}:min", f"{stop}:max", f"{start}:max"])
        ends = [moment for moment in (first, last, started) if moment]
        return {
            "bounds": [fields.Datetime.to_string(moment) for moment in (min(ends), max(ends))] if ends else False,
            "undated": self.search_count(Domain(domain) & Domain(start, "=", False) & Domain(stop, "=", False)),
        }

    @api.model
    def _get_schedule_links(self, records):
        """Hook: arrows that touch one of the records; an arrow is drawn once both its ends are loaded.

        :return: ``[{"id", "source", "target", "type": "fs" | "ss" | "ff" | "sf", "lag": text}]``
        """
        return []

    @api.model
    def _get_schedule_markers(self, records):
        """Hook: dates that stand across the timeline, such as what was promised to the customer.

        :return: ``[{"date": UTC string, "text", "css"}]``
        """
        return []

    @api.model
    def _get_schedule_off_times(self, start, stop):
        """Hook: spans in which nobody works, as UTC strings.

        :return: ``[[from, to], ...]``
        """
        return []

    # ------------------------------------------------------------------
    # Moving
    # ------------------------------------------------------------------
    @api.model
    @api.readonly
    def schedule_preview(self, changes):
        """What moving bars would do; nothing is written.

        :param changes: ``{id: {"start", "stop", "was"}}`` as UTC strings, see :meth:`_check_schedule_changes`
        :return: ``changes`` of these records and of all that move with them, ``messages`` and ``markers``
        """
        return self._simulate_schedule(self._check_schedule_changes(changes))

    @api.model
    def schedule_move(self, changes):
        """Move bars: the dates of the records, nothing else.

        :param changes: as of :meth:`schedule_preview`
        :return: as of :meth:`schedule_preview`, and ``undo``: the changes that take this move back
        """
        moved = self._check_schedule_changes(changes)
        former = self._get_schedule_dates(moved)
        result = self._write_schedule(moved)
        return result | {"undo": self._prepare_schedule_undo(former, self._get_schedule_dates(moved))}

    @api.model
    def _simulate_schedule(self, moved):
        """Hook: the effect of moving records, see :meth:`schedule_preview`.

        :param moved: ``{record: {"start": moment, "stop": moment}}``, checked
        """
        return {"changes": self._format_schedule_changes(moved), "messages": [], "markers": []}

    @api.model
    def _write_schedule(self, moved):
        """Hook: write moved records; returns as :meth:`_simulate_schedule`."""
        roles = schedule.roles_of(self._get_schedule_arch())
        alike = defaultdict(self.browse)
        for record, sides in moved.items():
            alike[tuple((roles[SIDES[side]], moment) for side, moment in sides.items())] += record
        for values, records in alike.items():
            records.write(dict(values))
        return {"changes": self._format_schedule_changes(moved), "messages": [], "markers": []}

    @api.model
    def _get_schedule_dates(self, moved):
        """The dates that the records have now, of the ends that move."""
        roles = schedule.roles_of(self._get_schedule_arch())
        return {record: {side: record[roles[SIDES[side]]] for side in sides} for record, sides in moved.items()}

    @api.model
    def _prepare_schedule_undo(self, former, written):
        """Changes that bring the former dates back, as long as nobody moves the records in between.

        What had no date cannot be brought back by dates: False.
        """
        if not all(moment for sides in former.values() for moment in sides.values()):
            return False
        seen = self._format_schedule_changes(written)
        return {key: change | {"was": seen[key]} for key, change in self._format_schedule_changes(former).items()}

    @api.model
    def _format_schedule_changes(self, moved):
        """Checked changes as they travel: ``{id: {"start": UTC string, "stop": UTC string}}``."""
        return {
            record.id: {side: fields.Datetime.to_string(moment) for side, moment in sides.items()}
            for record, sides in moved.items()
        }

    @api.model
    def _get_schedule_arch(self):
        """The <schedule> that the user looks at (``schedule_view_id`` of the context): it says which dates move."""
        view = self.get_view(self.env.context.get("schedule_view_id") or None, "schedule")
        node = etree.fromstring(view["arch"])
        if view["model"] != self._name or node.tag != "schedule":
            raise UserError(self.env._("This is no timeline of %(model)s. Reload the page.", model=self._description))
        return node

    @api.model
    def _check_schedule_changes(self, changes):
        """Whether these changes may be made by this user in this view.

        :param changes: ``{id: {"start", "stop", "was": {"start", "stop"}}}``: only what moves; ``was`` is what the
            user saw, so that nobody's newer dates are overwritten unseen
        :return: ``{record: {"start": moment, "stop": moment}}``
        :raise UserError: naming the item and what is wrong
        """
        node = self._get_schedule_arch()
        roles = schedule.roles_of(node)
        records = self.browse(int(key) for key in changes)
        records.check_access("write")
        moved = {}
        for record, change in zip(records, changes.values(), strict=True):
            sides = {side: role for side, role in SIDES.items() if side in change}
            moved[record] = {
                side: self._read_schedule_moment(record, roles[role], change[side]) for side, role in sides.items()}
            for side, moment in (change.get("was") or {}).items():
                self._check_schedule_seen(record, roles[SIDES[side]], moment)
            start = moved[record].get("start") or record[roles["date_start"]]
            stop = moved[record].get("stop") or record[roles["date_stop"]]
            if start and stop and stop < start:
                raise UserError(self.env._("%(item)s cannot finish before it starts.", item=record.display_name))
        self._check_schedule_editable(records, node, {roles[SIDES[side]] for sides in moved.values() for side in sides})
        return moved

    def _read_schedule_moment(self, record, name, text):
        field = self._fields[name]
        try:
            moment = field.to_datetime(text) if field.type == "datetime" else field.to_date(text)
        except (TypeError, ValueError):
            moment = None
        if not moment:
            raise UserError(self.env._(
                "%(item)s: %(field)s cannot become “%(value)s”, it needs a date.",
                item=record.display_name, field=field._description_string(self.env), value=text or ""))
        return moment

    def _check_schedule_seen(self, record, name, text):
        """Someone else may have moved the record since it was shown."""
        field = self._fields[name]
        seen = text and (field.to_datetime(text) if field.type == "datetime" else field.to_date(text))
        if (record[name] or False) != (seen or False):
            raise UserError(self.env._(
                "%(item)s was moved by someone else meanwhile. Reload to see its dates.", item=record.display_name))

    def _check_schedule_editable(self, records, node, names):
        """Refuse what the view does not let one change."""
        if not schedule.is_on(node, "edit"):
            raise UserError(self.env._("Nothing can be moved on this timeline."))
        for name in names:
            field = self._fields[name]
            label = field._description_string(self.env)
            # What the view says of a field comes before what the model says, as in a form.
            expression = next(iter(node.xpath("field[@name=$name]/@readonly", name=name)), str(field.readonly))
            if expression == "True" or not self._has_field_access(field, "write"):
                raise UserError(self.env._("%(field)s cannot be changed on the timeline.", field=label))
            for record, values in self._get_schedule_values(records, expression):
                if safe_eval(expression, values):
                    raise UserError(self.env._(
                        "%(item)s: %(field)s cannot be changed any more.", item=record.display_name, field=label))

    def _get_schedule_values(self, records, expression):
        """Each record with the values that a readonly expression of the view is about."""
        used = [name for name in get_expression_field_names(expression) if name in self._fields]
        for record, values in zip(records, records.read(used, load=None), strict=True):
            yield record, values | {"uid": self.env.uid, "context": dict(self.env.context)}
