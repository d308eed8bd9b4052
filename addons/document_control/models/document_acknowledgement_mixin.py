from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DocumentAcknowledgementMixin(models.AbstractModel):
    """One department that is told of a document: who is asked, and who has acknowledged it, when.

    The model names the document and the to-do by which a department is asked, and says when a row waits; what follows
    from an acknowledgement it adds in :meth:`_after_acknowledgement`::

        _inherit = ["document.acknowledgement.mixin", "mail.activity.mixin"]
        _acknowledged_field = "paper_id"
        _acknowledge_todo = "my.mail_activity_type_acknowledge"

        paper_id = fields.Many2one("my.paper", required=True, index=True, ondelete="cascade")
        company_id = fields.Many2one(related="paper_id.company_id", store=True, index=True)

    The document is drawn up in its state ``draft``; from then on the departments are settled.
    """

    _name = "document.acknowledgement.mixin"
    _inherit = ["document.control.mixin"]
    _description = "Acknowledgement of a Document"
    _order = "id"

    #: Many2one of the document.
    _acknowledged_field = None
    #: Type of the to-do of whoever is asked.
    _acknowledge_todo = None

    company_id = fields.Many2one("res.company")
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    department_name = fields.Char(
        compute="_compute_department_name", store=True, help="As it was then, for the form.")
    user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_user_id", store=True, readonly=False,
        index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]",
        help="Who is asked to acknowledge. Proposed: the department's manager.")
    acknowledged_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    acknowledged_name = fields.Char(
        compute="_compute_acknowledged_name", store=True, help="As it was then, for the form.")
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge", export_string_translation=False)

    @api.depends("department_id")  # not its name: the words stay those of the day
    def _compute_department_name(self):
        for row in self:
            row.department_name = row.department_id.name

    @api.depends("acknowledged_by")  # as above
    def _compute_acknowledged_name(self):
        for row in self:
            row.acknowledged_name = row.acknowledged_by.name

    @api.depends("department_id", "company_id")
    def _compute_user_id(self):
        for row in self:
            row.user_id = row.department_id._get_next_manager(row.company_id or self.env.company)

    @api.depends("acknowledged_on", "user_id", "department_id")  # a model adds what _is_waiting looks at
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        mine = self._filter_mine()
        for row in self:
            row.can_acknowledge = row in mine and row._is_waiting()

    @api.depends(lambda self: tuple(filter(None, (self._acknowledged_field, "department_id"))))
    def _compute_display_name(self):
        for row in self.sudo():  # sudo: a name only; who may read the row may not always read the document
            row.display_name = f"{row._get_acknowledged().display_name}, {row.department_id.name or ''}"

    def action_acknowledge(self):
        """The department has read the document, and works by it from now on.

        :raise AccessError: not one's department, or one has issued the document oneself
        :raise UserError: not asked yet, not asked any more, or acknowledged already
        """
        self.check_access("read")
        if others := self - self._filter_mine():
            raise AccessError(self.env._(
                "You cannot acknowledge for %(department)s.", department=others[0].department_id.name))
        self._get_acknowledged()._lock()  # the last of two who acknowledge at once knows that he is the last
        for row in self:
            if not row._is_waiting():
                raise UserError(self.env._(
                    "%(document)s does not wait for %(department)s to acknowledge it.",
                    document=row._get_acknowledged().display_name, department=row.department_id.name))
        for rows in self.grouped(self._acknowledged_field).values():
            rows._write_signed(rows._prepare_acknowledgement())
        self._close_todos()
        self._after_acknowledgement()
        return True

    def _acknowledge_own(self, document):
        """Acknowledge one document in the name of the user's departments: the button on the document itself.

        :param document: the one whose rows these are
        :raise UserError: none of his departments is asked
        """
        rows = self.filtered("can_acknowledge")
        if not rows:
            raise UserError(self.env._(
                "None of your departments has to acknowledge %(document)s.", document=document.display_name))
        rows.action_acknowledge()

    def _get_acknowledged(self):
        """The documents of which the departments are told."""
        return self[self._acknowledged_field]

    def _filter_mine(self):
        """Rows that are the user's to acknowledge: he is asked, or speaks for the department; nobody confirms to
        himself what he has issued.
        """
        user, departments = self.env.user, self._get_departments_of_user()
        return self.filtered(lambda row: row._get_issuer() != user and (
            row.user_id == user or row.department_id._origin in departments))

    def _get_departments_of_user(self):
        return self.env.user._get_own_departments()

    def _get_issuer(self):
        """Who has issued the document; empty where he may acknowledge it for his own department."""
        return self.env["res.users"]

    def _is_waiting(self):
        """Whether the document was issued, and the department has not acknowledged it."""
        raise NotImplementedError

    def _prepare_acknowledgement(self):
        """What stands on the rows of one document from now on."""
        return {"acknowledged_by": self.env.uid, "acknowledged_on": fields.Datetime.now()}

    def _close_todos(self):
        self.sudo().activity_unlink([self._acknowledge_todo])  # sudo: the to-do may be a colleague's

    def _after_acknowledgement(self):
        """What follows for the document."""

    def _is_reachable(self):
        """Whether somebody can be asked for the department."""
        return self.user_id.active and self.company_id in self.user_id.sudo().company_ids  # sudo: a fact

    def _ask(self):
        """Each row has one to-do.

        :return: rows for which nobody can be asked
        """
        reachable = self.filtered(lambda row: row._is_reachable())
        for row in reachable:
            row.activity_schedule(self._acknowledge_todo, user_id=row.user_id.id, summary=row.display_name)
        return self - reachable

    @api.model
    def _get_creatable_fields(self):
        return {self._acknowledged_field, "department_id", "user_id"}

    def _get_open_fields(self):
        return {"department_id", "user_id"} if self._get_acknowledged().state == "draft" else set()

    def _get_frozen_fields(self):
        """Of an issued document all but the acknowledgement itself, and that, once it is given, too."""
        if not self._is_frozen():
            return set()
        return {name for name in self._fields if self.acknowledged_on or not name.startswith("acknowledged_")}

    def _is_frozen(self):
        return self._get_acknowledged().state != "draft"
