from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.progress import Progress


class ProjectPlanDocumentMixin(models.AbstractModel):
    """A document that tells how far an item of a plan is (PLN-11).

    A model names the rules that its documents fulfil and the paths to their project, and says of a document how far
    it is. A document of a project in which one item alone has its rule belongs to that item by itself; else people
    choose.
    """

    _name = "project.plan.document.mixin"
    _description = "Document Behind a Plan Item"

    #: Values of ``project.task.done_rule`` that documents of this model fulfil.
    _plan_rules = ()
    #: Paths of fields to the project; the first one that leads to a project counts.
    _plan_project_paths = ("project_id",)
    #: Fields by which a document moves its item.
    _plan_fields = ("state",)

    plan_task_id = fields.Many2one(
        "project.task", string="Plan Item", compute="_compute_plan_task_id", store=True, readonly=False, copy=False,
        index="btree_not_null", ondelete="set null",
        help="Item of the master plan whose progress and actual dates this document tells.")

    @api.depends(lambda self: self._plan_project_paths)
    def _compute_plan_task_id(self):
        projects = {document: document._get_plan_project() for document in self}
        items = self._find_plan_items(projects)
        for document, project in projects.items():
            item = document.plan_task_id
            if not item or project and item.project_id != project:  # what people chose stays
                item = items.get((project.id, document._get_plan_rule()), item.browse())
            document.plan_task_id = item

    @api.constrains("plan_task_id")
    def _check_plan_task_id(self):
        """:raise ValidationError: an item of another plan or company, or one that such documents do not fulfil"""
        for document in self.filtered("plan_task_id"):
            # sudo: who chooses an item by its id need not be able to read it
            item, project = document.sudo().plan_task_id, document.sudo()._get_plan_project()
            company = document._fields.get("company_id") and document.sudo().company_id  # sudo: as above
            if (not item.is_plan_item or item.done_rule != document._get_plan_rule()
                    or (project and item.project_id != project) or (company and item.company_id != company)):
                raise ValidationError(self.env._(
                    "%(document)s cannot tell the progress of that plan item: it belongs to another plan or company, "
                    "or is not done by documents of this kind. Choose another item.",
                    document=document.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.plan_task_id._documents_changed()
        return documents

    def write(self, vals):
        if {"plan_task_id", *self._plan_fields}.isdisjoint(vals):
            return super().write(vals)
        before = self.plan_task_id
        result = super().write(vals)
        (before | self.plan_task_id)._documents_changed()
        return result

    def unlink(self):
        items = self.plan_task_id
        result = super().unlink()
        items._documents_changed()
        return result

    def _compute_field_value(self, field):
        moves = field.store and (field.name in self._plan_fields or field.name == "plan_task_id") and any(self._ids)
        kept = self.filtered("id") if moves else self.browse()
        # What is being computed still reads as it was. Of a new document that is remembered, and asks nothing.
        left = kept.plan_task_id if field.name == "plan_task_id" else kept.env["project.task"]
        result = super()._compute_field_value(field)
        (kept.plan_task_id | left)._documents_changed()
        return result

    def _get_plan_project(self):
        """The project that the document belongs to."""
        self.ensure_one()
        for path in self._plan_project_paths:
            if project := self.mapped(path)[:1]:
                return project
        return self.env["project.project"]

    def _get_plan_rule(self):
        """The one of the model's rules that this document fulfils."""
        self.ensure_one()
        return self._plan_rules[0]

    def _get_plan_share(self):
        """How far this document is, as a :class:`Progress`; None while it does not count (cancelled)."""
        raise NotImplementedError

    def _get_fulfilled_on(self):
        """When the document was fulfilled, where it keeps no moment of its own: when this was noticed."""
        return self.plan_task_id.actual_finish or fields.Datetime.now()

    @api.model
    def _find_plan_items(self, projects):
        """Items that alone have their rule in their project: ``{(project id, rule): id}``."""
        ids = {project.id for project in projects.values() if project}
        if not ids:
            return {}
        groups = self.env["project.task"]._read_group(
            [("project_id", "in", list(ids)), ("is_plan_item", "=", True), ("state", "!=", "1_canceled"),
             ("done_rule", "in", self._plan_rules)], ["project_id", "done_rule"], ["id:recordset"])
        return {(project.id, rule): items for project, rule, items in groups if len(items) == 1}

    @api.model
    def _tell_plan(self, items):
        """Progress of items from the documents of this model: ``{item id: Progress}``; constant queries."""
        told = {}
        documents = self.with_context(active_test=False).search([("plan_task_id", "in", items.ids)])
        for item, some in documents.grouped("plan_task_id").items():
            shares = [(document.id, share) for document in some if document._get_plan_rule() == item.done_rule
                      and (share := document._get_plan_share()) is not None]
            if shares:
                told[item.id] = self._sum_up(shares)
        return told

    @api.model
    def _sum_up(self, shares):
        """One Progress out of those of several documents, each of the same weight."""
        parts = [share for _id, share in shares]
        finished = [part.finished for part in parts]
        hours = [part.remaining_hours for part in parts]
        return Progress(
            percent=sum(min(part.percent, 100.0) for part in parts) / len(parts),
            started=min((part.started for part in parts if part.started), default=None),
            finished=max(finished) if all(finished) else None,
            remaining_hours=None if None in hours else sum(hours),
            documents=tuple((self._name, id_) for id_, _share in shares))

    @api.model
    def _adopt_into(self, items):
        """Documents of the items' projects that belong to no item yet may belong to one of these."""
        rules = items.filtered(lambda item: item.done_rule in self._plan_rules)
        if not rules:
            return
        documents = self.search(self._get_unassigned_domain(rules) & Domain("plan_task_id", "=", False))
        self.env.add_to_compute(self._fields["plan_task_id"], documents)

    @api.model
    def _get_unassigned_domain(self, items):
        """Documents that may belong to one of these items."""
        return Domain.OR(Domain(path, "in", items.project_id.ids) for path in self._plan_project_paths)
