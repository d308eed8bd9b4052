from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Production instruction of the order (INS-1)."""

    _inherit = "sale.order"

    instruction_ids = fields.One2many(
        "production.instruction", "order_id", string="Production instructions", copy=False)
    instruction_count = fields.Integer(compute="_compute_instruction_count")
    instruction_issued = fields.Boolean(
        compute="_compute_instruction_issued", store=True, copy=False, default=False)

    desk_next = fields.Selection(
        [("review", "Send to review again"), ("contract", "Register the contract"),
         ("instruction", "Issue the production instruction")],
        string="Next step of the order desk", compute="_compute_desk_next",
        help="What a user of the order desk does next with the confirmed order; empty for everybody else.")
    desk_department_id = fields.Many2one(
        "hr.department", string="Order desk", compute="_compute_desk_department_id",
        help="Department that issues the production instruction.")

    @api.depends("state", "review_stage", "contract_effective", "contract_outdated", "contract_signed_on",
                 "instruction_ids")
    @api.depends_context("uid")
    def _compute_desk_next(self):
        is_desk = self.env.user.has_group("order_review.group_order_review_desk")
        for order in self:
            order.desk_next = is_desk and order.state == "sale" and order._get_desk_next()

    def _get_desk_next(self):
        if self.review_stage == "outdated":
            return "review"
        if self.contract_effective:
            return not self.instruction_count and "instruction"
        return (self.contract_outdated or not self.contract_signed_on) and "contract"

    @api.depends("company_id")
    def _compute_desk_department_id(self):
        role = self.env.ref("order_review.review_role_desk", raise_if_not_found=False) or self.env["order.review.role"]
        for order in self:
            order.desk_department_id = role.sudo()._get_department(order.company_id)  # the same for whoever looks

    @api.depends("instruction_ids")
    def _compute_instruction_count(self):
        # sudo: how many there are belongs to the order, whoever may read the order
        counts = dict(self.env["production.instruction"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.instruction_count = counts.get(order._origin, 0)

    @api.depends("instruction_ids.state")
    def _compute_instruction_issued(self):
        for order in self:
            order.instruction_issued = any(
                instruction.state in ("issued", "acknowledged", "done") for instruction in order.instruction_ids)

    def action_issue_instruction(self):
        """Open the order's production instruction; a draft is prepared from the order if there is none.

        :raise UserError: the order is not confirmed, or its contract not in effect
        """
        self.ensure_one()
        self._check_groups("order_review.group_order_review_desk")
        self.check_access("write")
        instruction = self.instruction_ids.filtered(lambda instruction: instruction.state != "cancelled")[:1]
        if not instruction:
            self._check_instructable()
            instructions = self.env["production.instruction"]
            order = self.sudo()  # nobody has the right to create instructions but by this action
            order.instruction_ids.flush_recordset(["state"])  # one in force at a time, see _one_in_force
            instruction = instructions.sudo().create(instructions._prepare_from_order(order)).sudo(False)
        return instruction._get_records_action(name=self.env._("Production Instruction"))

    def action_view_instructions(self):
        """Open the order's production instructions."""
        self.ensure_one()
        return self.instruction_ids._get_records_action(name=self.env._("Production Instructions"))

    def _check_instructable(self):
        """Whether a production instruction can be issued.

        :raise UserError: names what is missing
        """
        self.ensure_one()
        if self.state != "sale":
            raise UserError(self.env._("%(order)s is not confirmed yet.", order=self.name))
        if self.review_stage == "outdated":
            raise UserError(self.env._(
                "%(order)s has changed since its review:\n%(changes)s\nSend it to review again.",
                order=self.name, changes=self.review_change_summary or ""))
        if self.contract_outdated:
            raise UserError(self.env._(
                "%(order)s has changed since the customer signed it. Have it signed again and register the contract "
                "anew.", order=self.name))
        if not self.contract_effective:
            raise UserError(self.env._(
                "The contract of %(order)s is not in effect: it needs the customer's signature%(payment)s.",
                order=self.name, payment=self._needs_down_payment()
                and self.env._(" and the down payment") or ""))

    def _get_instructed_departments(self):
        """Departments that receive the instruction: those that reviewed the order, else those with a role.

        Not the order desk, which issues it.
        """
        departments = self.review_id.line_ids.department_id
        if not departments:
            for role in self.env["order.review.role"].search([("department_ids", "!=", False)]):
                departments |= role._get_department(self.company_id)
        return departments - self.desk_department_id

    def _get_conditions_in_force(self):
        """Conditions on which the order was accepted: they bind the workshop as well."""
        return self.review_id.condition_ids.filtered("is_commitment")
