from lxml import etree

from odoo import fields, models

from ..tools import arch as schedule


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("schedule", "Timeline")])

    def _get_view_info(self):
        return super()._get_view_info() | {"schedule": {"icon": "fa fa-tasks"}}

    def _postprocess_tag_schedule(self, node, name_manager, node_info):
        """The browser needs to know the fields that only an attribute names."""
        self._name_schedule_fields(node, name_manager, node_info)

    def _name_schedule_fields(self, node, name_manager, node_info):
        groups = [schedule.split_group(group)[0] for group in (node.get("default_group_by") or "").split(",")]
        for name in [*schedule.roles_of(node).values(), *filter(None, groups)]:
            if name in name_manager.model._fields:
                name_manager.has_field(node, name, node_info)

    def _validate_tag_schedule(self, node, name_manager, node_info):
        self._name_schedule_fields(node, name_manager, node_info)
        if not node_info["validate"]:
            return
        self._check_schedule_attributes(node)
        model = name_manager.model
        for role in schedule.ROLES:
            self._check_schedule_role(node, role, model)
        self._check_schedule_dates(node, model)
        self._check_schedule_default_group_by(node, model)
        self._check_schedule_default_order(node, model)
        for child in node.iterchildren(tag=etree.Element):
            if child.tag != "field":
                self._raise_view_error(
                    self.env._("A <schedule> holds <field> only, its columns; not <%(tag)s>.", tag=child.tag), child)

    def _check_schedule_attributes(self, node):
        unknown = sorted(set(node.attrib) - schedule.ATTRIBUTES)
        if unknown:
            self._raise_view_error(self.env._(
                "<schedule> has no attribute %(unknown)s. It may have: %(known)s.",
                unknown=", ".join(unknown), known=", ".join(sorted(schedule.ATTRIBUTES - {"__validate__"})),
            ), node)
        if (node.get("default_scale") or "week") not in schedule.SCALES:
            self._raise_view_error(self.env._(
                'default_scale="%(scale)s": the timeline can be zoomed to %(scales)s.',
                scale=node.get("default_scale"), scales=", ".join(schedule.SCALES),
            ), node)
        if not (node.get("limit") or "1").isdecimal() or node.get("limit") == "0":
            self._raise_view_error(self.env._(
                'limit="%(limit)s" must be a whole number above 0: how many items are loaded at once.',
                limit=node.get("limit"),
            ), node)

    def _check_schedule_role(self, node, role, model):
        name = node.get(role)
        if not name:
            if role in schedule.REQUIRED:
                self._raise_view_error(
                    self.env._("A <schedule> must have the attribute %(attribute)s: a date of the item.",
                               attribute=role), node)
            return
        field = self._check_schedule_field(node, role, name, model)
        types = schedule.ROLES[role]
        if types and field.type not in types:
            self._raise_view_error(self.env._(
                '%(attribute)s="%(field)s": the field must be of type %(types)s, it is %(type)s.',
                attribute=role, field=name, types=", ".join(types), type=field.type,
            ), node)
        if types == schedule.DATES and not field._description_searchable:
            self._raise_view_error(self.env._(
                '%(attribute)s="%(field)s": the field is neither stored nor searchable, so the timeline cannot load '
                "by date.", attribute=role, field=name,
            ), node)
        if role == "parent" and field.comodel_name != model._name:
            self._raise_view_error(self.env._(
                'parent="%(field)s": the field must lead to %(model)s itself, it leads to %(other)s.',
                field=name, model=model._name, other=field.comodel_name,
            ), node)

    def _check_schedule_field(self, node, attribute, name, model):
        field = model._fields.get(name)
        if not field:
            self._raise_view_error(self.env._(
                '%(attribute)s="%(field)s": %(model)s has no such field.',
                attribute=attribute, field=name, model=model._name,
            ), node)
        return field

    def _check_schedule_dates(self, node, model):
        types = {model._fields[node.get(role)].type for role in schedule.REQUIRED}
        if len(types) > 1:
            self._raise_view_error(self.env._(
                'date_start="%(start)s" and date_stop="%(stop)s" must both be dates, or both dates with a time.',
                start=node.get("date_start"), stop=node.get("date_stop"),
            ), node)

    def _check_schedule_default_group_by(self, node, model):
        for group in filter(None, (node.get("default_group_by") or "").split(",")):
            name, _interval = schedule.split_group(group)
            self._check_schedule_field(node, "default_group_by", name, model)

    def _check_schedule_default_order(self, node, model):
        order = node.get("default_order")
        if not order:
            return
        names = schedule.names_of_order(order)
        if names is None:
            self._raise_view_error(self.env._(
                'default_order="%(order)s" cannot be read: it is "field [asc|desc], ...".', order=order), node)
        for name in names:
            self._check_schedule_field(node, "default_order", name, model)
