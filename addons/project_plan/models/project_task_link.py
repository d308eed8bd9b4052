from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from ..tools.entered_hours import LONGEST, check_hours
from .project_plan_template_link import LINK_KINDS

#: In the context: dependencies are being brought to the links, not the other way round. No client can send it.
MIRRORING = object()


class ProjectTaskLink(models.Model):
    """One item of a plan waits for another one, in one of four ways, with a lag (PLN-3).

    Odoo's own dependencies (``depend_on_ids``) know finish to start only; links of that kind and dependencies are kept
    the same, whichever of the two is written.
    """

    _name = "project.task.link"
    _inherit = ["document.number.mixin"]
    _description = "Plan Link"
    _order = "project_id, id"

    predecessor_id = fields.Many2one(
        "project.task", required=True, index=True, ondelete="cascade",
        domain="[('project_id', '=?', project_id), ('is_plan_item', '=', True)]")
    successor_id = fields.Many2one(
        "project.task", required=True, index=True, ondelete="cascade",
        domain="[('project_id', '=?', project_id), ('is_plan_item', '=', True), ('id', '!=', predecessor_id)]")
    kind = fields.Selection(LINK_KINDS, required=True, default="fs")
    lag_hours = fields.Float(
        string="Lag", help="Working hours between the two, by the predecessor's calendar; negative: they overlap.")
    project_id = fields.Many2one(
        "project.project", compute="_compute_project_id", store=True, precompute=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", compute="_compute_project_id", store=True, precompute=True)

    _pair_uniq = models.Constraint("UNIQUE(predecessor_id, successor_id)", "These two items are linked already.")
    _not_itself = models.Constraint("CHECK(predecessor_id != successor_id)", "An item cannot wait for itself.")

    @api.depends("successor_id.project_id.company_id")
    def _compute_project_id(self):
        for link in self:
            link.project_id = link.successor_id.project_id
            link.company_id = link.successor_id.project_id.company_id

    @api.depends("predecessor_id", "successor_id", "kind")
    def _compute_display_name(self):
        for link in self:
            link.display_name = f"{link.predecessor_id.name} → {link.successor_id.name}"

    @api.constrains("predecessor_id", "successor_id")
    def _check_items(self):
        for link in self:
            both = link.predecessor_id | link.successor_id
            if len(both.project_id) != 1 or not all(both.mapped("is_plan_item")):
                raise ValidationError(self.env._(
                    "A link joins two items of one plan: %(predecessor)s, %(successor)s.",
                    predecessor=link.predecessor_id.display_name, successor=link.successor_id.display_name))
        self.project_id._check_no_circle()

    @api.constrains("lag_hours")
    def _check_lag_hours(self):
        check_hours(self, "lag_hours", -LONGEST)

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(vals_list)
        links._tell_core()
        links.project_id._plan_changed()
        return links

    def write(self, vals):
        before = self._get_fs_pairs()
        result = super().write(vals)
        self._tell_core(before)
        self.project_id._plan_changed()
        return result

    def unlink(self):
        before, projects = self._get_fs_pairs(), self.project_id
        result = super().unlink()
        self.browse()._tell_core(before)
        projects._plan_changed()
        return result

    def _get_fs_pairs(self):
        return {(link.predecessor_id.id, link.successor_id.id) for link in self if link.kind == "fs"}

    def _tell_core(self, before=()):
        """Bring Odoo's dependencies to what these links say.

        :param before: pairs (predecessor id, successor id) that were dependencies through these links before
        """
        now = self._get_fs_pairs()
        commands = {}
        for source, target in set(before) - now:
            commands.setdefault(target, []).append(Command.unlink(source))
        for source, target in now - set(before):
            commands.setdefault(target, []).append(Command.link(source))
        # sudo: who may link items of a plan may make them wait; the dependency is the same statement
        Task = self.env["project.task"].sudo().with_context(
            plan_later=True, mail_notrack=True, plan_mirroring=MIRRORING)
        for target, some in commands.items():
            Task.browse(target).exists().write({"depend_on_ids": some})

    @api.model
    def _follow_core(self, tasks):
        """Bring the links of items to Odoo's dependencies, which somebody has just written.

        Dependencies on tasks outside the plan are Odoo's own affair.
        """
        tasks = tasks.filtered("is_plan_item")
        if not tasks or self.env.context.get("plan_mirroring") is MIRRORING:
            return
        self.env["project.task"].flush_model(["depend_on_ids", "is_plan_item", "project_id"])
        wanted = set(self.env.execute_query(SQL(
            "SELECT rel.depends_on_id, rel.task_id FROM task_dependencies_rel rel "
            "JOIN project_task source ON source.id = rel.depends_on_id "
            "JOIN project_task target ON target.id = rel.task_id "
            "WHERE source.project_id = target.project_id AND source.is_plan_item AND target.is_plan_item "
            "AND (rel.task_id = ANY(%s) OR rel.depends_on_id = ANY(%s))", tasks.ids, tasks.ids)))
        # sudo: what hides a link from its reader does not make it another one
        links = self.sudo().search(["|", ("successor_id", "in", tasks.ids), ("predecessor_id", "in", tasks.ids)])
        pairs = {(link.predecessor_id.id, link.successor_id.id): link for link in links}
        gone = [link.id for pair, link in pairs.items() if link.kind == "fs" and pair not in wanted]
        links.browse(gone).unlink()
        self.sudo().create([  # sudo: the dependency was written with the right to do so
            {"predecessor_id": source, "successor_id": target} for source, target in sorted(wanted - pairs.keys())])
