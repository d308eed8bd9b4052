from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel import network

PLAN_KINDS = [("complete_set", "Complete set"), ("regular", "Regular product"), ("nonregular", "Non-regular product")]


class ProjectPlanTemplate(models.Model):
    """What a family of products takes: departments' items, how long they last, what waits for what (PLN-3)."""

    _name = "project.plan.template"
    _inherit = ["document.number.mixin"]
    _description = "Plan Template"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    plan_kind = fields.Selection(PLAN_KINDS, string="Kind of Plan", required=True, default="regular")
    family = fields.Char(string="Product Family", help="The products that this template is for, in words.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", default=lambda self: self.env.company,
        help="Left empty: all companies; its items then have no department of their own.")
    item_ids = fields.One2many("project.plan.template.item", "template_id", string="Items", copy=False)
    link_ids = fields.One2many("project.plan.template.link", "template_id", string="Links", copy=False)
    item_count = fields.Integer(compute="_compute_item_count")
    meeting_department_ids = fields.Many2many(
        "hr.department", string="Coordination Meeting With", check_company=True,
        help="A non-regular plan is released after a coordination meeting with people of these departments.")

    @api.depends("item_ids")
    def _compute_item_count(self):
        counts = dict(self.env["project.plan.template.item"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count"]))
        for template in self:
            template.item_count = counts.get(template._origin, 0)

    def _check_no_circle(self):
        """:raise ValidationError: items of a template wait for each other; they are named"""
        for template in self:
            items = [network.Item(item.id, item.name, 3600, None, parent=item.parent_id.id or None)
                     for item in template.item_ids]
            links = [network.Link(link.predecessor_id.id, link.successor_id.id, link.kind)
                     for link in template.link_ids]
            try:
                network.schedule(items, links, 0)
            except network.Circular as error:
                names = {item.id: item.name for item in template.item_ids}
                raise ValidationError(self.env._(
                    "These items of the template \"%(template)s\" wait for each other: %(items)s. Remove one of the "
                    "links.", template=template.name,
                    items=" → ".join(names[key] for key in [*error.keys, error.keys[0]]))) from error

    def copy(self, default=None):
        templates = super().copy(default)
        for template, copied in zip(self, templates, strict=True):
            template._copy_items(copied)
        return templates

    def copy_data(self, default=None):
        names = [self.env._("%(name)s (copy)", name=template.name) for template in self]
        return [{**vals, "name": (default or {}).get("name", name)}
                for name, vals in zip(names, super().copy_data(default), strict=True)]

    def _copy_items(self, copied):
        """Give another template the same items and links."""
        self.ensure_one()
        items = self.item_ids
        news = self.env["project.plan.template.item"].create([
            {**vals, "template_id": copied.id, "parent_id": False} for vals in items.copy_data()])
        new_of = dict(zip(items, news, strict=True))
        for item in items.filtered("parent_id"):
            new_of[item].parent_id = new_of[item.parent_id]
        self.env["project.plan.template.link"].create([
            {**vals, "template_id": copied.id, "predecessor_id": new_of[link.predecessor_id].id,
             "successor_id": new_of[link.successor_id].id}
            for link, vals in zip(self.link_ids, self.link_ids.copy_data(), strict=True)])

    def _make_plan(self, project):
        """Give a plan the items and links of this template (PLN-1).

        :param project: project.project, a plan
        :return: project.task, the new items in the template's order
        """
        self.ensure_one()
        Task = self.env["project.task"].with_context(plan_later=True, mail_notrack=True)
        items = self.item_ids
        tasks = Task.create([
            {**item._prepare_task_vals(project), "sequence": number} for number, item in enumerate(items, start=1)])
        task_of = dict(zip(items, tasks, strict=True))
        children = items.filtered("parent_id")
        for parent, some in children.grouped("parent_id").items():
            tasks.browse(task_of[child].id for child in some).parent_id = task_of[parent]
        self.env["project.task.link"].with_context(plan_later=True).create([
            {"predecessor_id": task_of[link.predecessor_id].id, "successor_id": task_of[link.successor_id].id,
             "kind": link.kind, "lag_hours": link.lag_hours} for link in self.link_ids])
        return tasks.with_env(self.env)
