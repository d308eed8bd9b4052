from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.reason import is_reason

from .order_review import ORDER_CLASSES


class SaleOrder(models.Model):
    """Intake of the order: what the order desk registers (INT-1 to INT-5)."""

    _name = "sale.order"
    _inherit = ["sale.order", "sla.mixin"]
    _technical_fields = ("access_token", "review_digest", "review_override_digest", "contract_digest")

    medium_id = fields.Many2one(
        string="Intake Channel", domain=[("is_intake_channel", "=", True)], help="How the order came to us.")
    project_name = fields.Char()
    project_background = fields.Text()
    project_manager_id = fields.Many2one(
        "res.users", compute="_compute_project_manager_id", store=True, readonly=False, precompute=True,
        domain="[('share', '=', False)]", index="btree_not_null")
    has_penalty_clause = fields.Boolean(
        string="Short delivery with penalty clause", help="Late delivery costs a penalty.")
    is_reputation_critical = fields.Boolean(
        string="Reputation at stake", help="Late delivery would harm the company's reputation.")
    quality_beyond_standard = fields.Boolean(
        string="Quality beyond standard", help="The customer demands more than the company's own standard.")
    technical_requirements = fields.Text()
    quality_requirements = fields.Text()
    packing_requirements = fields.Text()
    requirement_confirmed_by = fields.Char(
        string="Requirements confirmed by", copy=False, help="Person of the customer who confirmed them.")
    requirement_confirmed_on = fields.Date(string="Requirements confirmed on", copy=False)
    order_document_ids = fields.One2many("order.document", "order_id", string="Order documents", copy=False)

    ordered_product_ids = fields.Many2many(
        "product.product", string="Products ordered", compute="_compute_ordered_product_ids",
        help="For conditions of the checklist: without the options that the customer has not taken.")
    order_class_proposed = fields.Selection(
        ORDER_CLASSES, string="Proposed class", compute="_compute_order_class_proposed",
        compute_sudo=True)  # criteria are configuration, the same for whoever may read the order
    order_class_criterion_ids = fields.Many2many(
        "order.class.criterion", string="Criteria met", compute="_compute_order_class_proposed", compute_sudo=True)
    order_class = fields.Selection(
        ORDER_CLASSES, copy=False, index="btree_not_null", tracking=True,
        help="Empty: as proposed, fixed when the order is sent to review.")
    order_class_reason = fields.Char(
        string="Why classed differently", copy=False, tracking=True,
        help="Needed when a person overrules the proposed class.")
    order_class_known_ids = fields.Many2many(
        "order.class.criterion", "sale_order_class_known_rel", string="Criteria overruled", readonly=True, copy=False,
        help="Criteria that the order met when a person decided on its class. One that comes up later reopens it.")
    intake_missing = fields.Text(
        string="Still missing", compute="_compute_intake_missing", compute_sudo=True,
        help="What the intake checklist asks for and the order does not have yet.")

    @api.depends("project_name")
    def _compute_project_manager_id(self):
        """Of a project the salesperson, until somebody names another."""
        for order in self:
            order.project_manager_id = order.project_manager_id or (order.project_name and order.user_id)

    @api.depends("order_line.product_id", "order_line.product_uom_qty", "order_line.is_optional")
    def _compute_ordered_product_ids(self):
        for order in self:
            order.ordered_product_ids = order._get_review_lines().product_id

    @api.depends("order_line.product_id", "order_line.product_uom_qty", "order_line.is_optional",
                 "has_penalty_clause", "is_reputation_critical", "quality_beyond_standard", "company_id",
                 "commitment_date")
    def _compute_order_class_proposed(self):
        hits = self.env["order.class.criterion"]._get_hits(self)
        for order in self:
            order.order_class_criterion_ids = hits[order]
            order.order_class_proposed = "non_regular" if hits[order] else "regular"

    def _check_order_class_reason(self):
        """A person may overrule the proposed class with a reason (INT-5); the decision knows the criteria met now."""
        for order in self:
            if order.order_class and order.order_class != order.order_class_proposed:
                self.env["order.review"]._check_reason(order.order_class_reason, self.env._(
                    "Order %(order)s is proposed as %(proposed)s%(criteria)s. To class it differently, give the "
                    "reason.", order=order.name, proposed=order._get_class_label(order.order_class_proposed),
                    criteria=order.order_class_criterion_ids and self.env._(
                        " (%(criteria)s)", criteria=", ".join(order.order_class_criterion_ids.mapped("name"))) or ""))
            decided = order.order_class and is_reason(order.order_class_reason)
            order.sudo().order_class_known_ids = decided and order.order_class_criterion_ids  # closed to hands

    def action_confirm_requirements(self):
        """Record today as the day on which the customer confirmed the requirements (INT-3), and hand the order over.

        The signed confirmation is put in force as its proof.

        :raise UserError: the person or the signed confirmation is missing
        """
        for order in self:
            if not (order.requirement_confirmed_by or "").strip():
                raise UserError(self.env._(
                    "%(order)s: who confirmed the requirements for the customer?", order=order.name))
            order._release_confirmation()
        for order in self.filtered(lambda order: not order.requirement_confirmed_on):
            order.requirement_confirmed_on = order.company_id._get_today()
        self._hand_over()
        return True

    def _release_confirmation(self):
        """The customer's signed confirmation is in force; a single draft of it is released."""
        confirmations = self.order_document_ids.filtered(lambda document: document.kind == "confirmation")
        if "in_force" in confirmations.mapped("state"):
            return
        drafts = confirmations.filtered(lambda document: document.state == "draft")
        if len(drafts) != 1:
            raise UserError(self.env._(
                "%(order)s: attach the signed requirement confirmation first; of several drafts put the one in force "
                "that counts.", order=self.name))
        drafts.action_release()

    def _open_dialog(self, name, model):
        self.ensure_one()
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _get_order_class(self):
        """The class that counts: a person's decision while it holds, else the proposal for the order as it is."""
        self.ensure_one()
        return self.order_class if self._is_class_overruled() else self.order_class_proposed

    def _is_class_overruled(self):
        """Whether a person's decision holds: it has its reason, and relaxes no criterion that it did not know."""
        return bool(self.order_class and is_reason(self.order_class_reason) and (
            self.order_class == "non_regular"
            or self.order_class_criterion_ids.sudo() <= self.sudo().order_class_known_ids))  # ids only

    @api.model
    def _get_class_label(self, order_class):
        return self._get_selection_labels("order_class").get(order_class, "")

    def _get_class_explanation(self):
        """Why the order has its class: the person's reason, or the criteria that it meets."""
        return self.order_class_reason or ", ".join(self.order_class_criterion_ids.mapped("name"))

    def _decide_order_class(self):
        """Fix the class for the review: a decision that holds stays, else it follows the proposal anew."""
        self._look_at_class_anew()
        for order in self:
            if not order._is_class_overruled() and (
                    order.order_class != order.order_class_proposed or order.order_class_reason):
                order.write({"order_class": order.order_class_proposed, "order_class_reason": False})

    def _look_at_class_anew(self):
        self.invalidate_recordset(["order_class_proposed", "order_class_criterion_ids"])  # criteria may look anywhere

    def _get_intake_missing(self):
        """Names of what the intake checklist still misses (INT-2)."""
        self.ensure_one()
        return self.env["order.intake.check"]._get_missing_by_order(self)[self]

    def _get_review_lines(self):
        """Product lines that are ordered and reviewed: no sections and notes, no options that were not taken."""
        return self._get_scope_lines().filtered(lambda line: line.product_id and not line.display_type)

    def _get_produced_lines(self):
        """Product lines that are to be made: of a combo its parts, not the combo itself."""
        return self._get_review_lines().filtered(lambda line: line.product_type != "combo")
