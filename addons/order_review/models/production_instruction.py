from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition

DESK = ("order_review.group_order_review_desk",)


class ProductionInstruction(models.Model):
    """生产指令通知单: tells the departments what to produce, when and how (INS-1)."""

    _name = "production.instruction"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Production Instruction"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "production.instruction"
    _transitions = {
        "issue": Transition(("draft",), "issued", groups=DESK),
        "complete": Transition(("issued",), "acknowledged"),  # by the last department that acknowledges
        "done": Transition(("issued", "acknowledged"), "done", groups=DESK),
        "cancel": Transition(("draft", "issued", "acknowledged"), "cancelled", groups=DESK),
    }

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    order_name = fields.Char(readonly=True)
    review_id = fields.Many2one("order.review", readonly=True, index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    partner_name = fields.Char(string="Customer", readonly=True)
    project_name = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("acknowledged", "Acknowledged"), ("done", "Done"),
         ("cancelled", "Cancelled")],
        required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    line_ids = fields.One2many("production.instruction.line", "instruction_id", string="Products")
    document_ids = fields.Many2many("order.document", string="Drawings and documents",
                                    domain="[('order_id', '=', order_id), ('state', '=', 'in_force')]")
    condition_ids = fields.Many2many(
        "order.review.condition", string="Conditions in force", readonly=True, copy=False,
        help="On which the order was accepted: internal ones, and those that the customer has agreed to.")
    delivery_date = fields.Date()
    technical_requirements = fields.Text()
    quality_requirements = fields.Text()
    packing_requirements = fields.Text()
    note = fields.Text()
    issued_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    issued_name = fields.Char(compute="_compute_issued_name", store=True, help="As it was then, for the form.")
    issued_on = fields.Datetime(readonly=True, copy=False)
    acknowledgement_ids = fields.One2many(
        "production.instruction.acknowledgement", "instruction_id", string="Acknowledgements")
    payment_status = fields.Selection(related="order_id.payment_status", related_sudo=True)
    pending_user_id = fields.Many2one(
        "res.users", string="Waiting for", compute="_compute_pending_user_id", store=True, ondelete="set null",
        help="First of those who have not acknowledged yet.")
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge")

    _one_in_force = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'issued', 'acknowledged', 'done')",
        "This order already has a production instruction.")

    @api.depends("issued_by")  # not his name: the words stay those of the day
    def _compute_issued_name(self):
        for instruction in self:
            instruction.issued_name = instruction.issued_by.name

    @api.depends("acknowledgement_ids.acknowledged_on", "acknowledgement_ids.user_id")
    def _compute_pending_user_id(self):
        for instruction in self:
            instruction.pending_user_id = instruction.acknowledgement_ids.filtered(
                lambda row: not row.acknowledged_on and row.user_id)[:1].user_id

    @api.depends("state", "acknowledgement_ids.acknowledged_on")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        for instruction in self:
            instruction.can_acknowledge = any(
                row.can_acknowledge for row in instruction.acknowledgement_ids)

    def action_view_order(self):
        """Open the sales order."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    def action_view_review(self):
        """Open the review that the order passed."""
        self.ensure_one()
        return self.review_id._get_records_action(name=self.env._("Review"))

    def action_issue(self):
        """Issue the instruction to the departments (INS-1).

        :raise UserError: the order is not confirmed, its contract not in effect, it changed since its review,
            or the instruction names no product or no department
        """
        for instruction in self:
            instruction._check_transition("issue")
            instruction.sudo()._issue()  # conditions of the review, to-dos of the departments
        return True

    def action_acknowledge(self):
        """Acknowledge in the name of the user's departments.

        :raise UserError: no department of the user's is waiting to acknowledge
        """
        for instruction in self:
            instruction.acknowledgement_ids._acknowledge_own(instruction)
        return True

    def action_done(self):
        """Close the instruction: everything it asks for was produced.

        :raise UserError: not issued
        """
        self._transit("done")
        return True

    def action_cancel(self):
        """Cancel the instruction, so that a new one can be issued; it stays on record.

        :raise UserError: already done or cancelled
        """
        self._transit("cancel")
        return True

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        self.check_access("write")
        return result

    def _issue(self):
        self.ensure_one()
        self.order_id._check_instructable()
        if not self.line_ids:
            raise UserError(self.env._("%(instruction)s names no product.", instruction=self.name))
        if not self.acknowledgement_ids:
            raise UserError(self.env._("%(instruction)s: name the departments that receive it.", instruction=self.name))
        self.acknowledgement_ids.filtered(lambda row: row.user_id == self.env.user).unlink()  # he knows what he issues
        self._write_transition(
            "issue", issued_by=self.env.uid, issued_on=fields.Datetime.now(),
            condition_ids=[Command.set(self.order_id._get_conditions_in_force().ids)])
        self.order_id.activity_unlink(["order_review.mail_activity_type_issue"])
        self.acknowledgement_ids._announce()
        self._after_acknowledgement()

    def _after_acknowledgement(self):
        for instruction in self:
            if instruction.state == "issued" and all(instruction.acknowledgement_ids.mapped("acknowledged_on")):
                instruction._write_transition("complete")

    def _get_plans(self):
        """Plans that rest on the instruction: triples (record, name, day on which it is to be finished or False); for
        addons of plans.
        """
        return []

    def _describe_conditions(self):
        """The conditions that the instruction carries, numbered, one a line."""
        self.ensure_one()
        return "\n".join(
            f"{number}. {condition._describe()}" for number, condition in enumerate(self.condition_ids, 1))

    @api.model
    def _prepare_from_order(self, order):
        """Values of the draft instruction of an order, from the order as it is now."""
        return {
            "order_id": order.id,
            "order_name": order.name,
            "review_id": order.review_id.id,
            "company_id": order.company_id.id,
            "partner_name": order.partner_id.display_name,
            "project_name": order.project_name,
            "user_id": order.user_id.id,
            "condition_ids": [Command.set(order._get_conditions_in_force().ids)],
            "delivery_date": order._get_requested_date(),
            "technical_requirements": order.technical_requirements,
            "quality_requirements": order.quality_requirements,
            "packing_requirements": order.packing_requirements,
            "document_ids": [Command.set(order._get_reviewed_documents().ids)],
            "line_ids": [Command.create(self._prepare_line(line)) for line in order._get_produced_lines()],
            "acknowledgement_ids": [Command.create({"department_id": department.id})
                                    for department in order._get_instructed_departments()],
        }

    @api.model
    def _prepare_line(self, line):
        return {
            "order_line_id": line.id,
            "sequence": line.sequence,
            "product_id": line.product_id.id,
            "name": line.name,
            "quantity": line.product_uom_qty,
            "uom_id": line.product_uom_id.id,
            "date": line.order_id._get_requested_date(),
        }

    def _get_open_fields(self):
        if self.state != "draft" or not self.env.user.has_group(*DESK):
            return set()
        return {"line_ids", "document_ids", "delivery_date", "technical_requirements", "quality_requirements",
                "packing_requirements", "note", "acknowledgement_ids"}

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        return set(self._fields) - ({"state"} if self.state in ("issued", "acknowledged") else set())

    def _is_frozen(self):
        return self.state != "draft"
