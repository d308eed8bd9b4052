from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.entered_values import check_quantity
from odoo.addons.document_control.tools.reason import is_reason

from .material_shortage import CHASER

MEASURE_TYPE = "material_shortage.mail_activity_type_measure"
KINDS = [
    ("urge", "Urge the Supplier"), ("transfer", "Transfer from a Sister"), ("swap", "Take from a Later Order"),
    ("substitute", "Substitute"), ("split", "Split Delivery"), ("elsewhere", "Buy Elsewhere"),
    ("subcontract", "Have It Made Outside"), ("design", "Ask for a Design Change")]
#: What must say how much.
COUNTED = ("transfer", "swap", "substitute", "split", "elsewhere", "subcontract")


class MaterialMeasure(models.Model):
    """A countermeasure against a shortage: who proposed it, who agreed, what it did (PUR-6, MAT-4).

    A kind does its work in ``_carry_out_<kind>``, which says the effect; what somebody else has to agree to names him
    in ``_get_deciders_<kind>``. Nobody agrees to his own proposal.
    """

    _name = "material.measure"
    _description = "Countermeasure"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _transitions = {
        "agree": Transition(("proposed",), "done"),
        "refuse": Transition(("proposed",), "refused"),
    }

    shortage_id = fields.Many2one("material.shortage", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="shortage_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="shortage_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="shortage_id.product_uom_id")
    production_id = fields.Many2one(related="shortage_id.production_id", string="For Order")
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("done", "Done"), ("refused", "Refused")], string="Status", required=True,
        readonly=True, default="proposed", index=True, tracking=True)
    quantity = fields.Float(readonly=True, digits="Product Unit", aggregator=False, help="In the product's unit.")
    text = fields.Text(string="What Is Done", readonly=True)
    date = fields.Date(string="By", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", string="From Warehouse", readonly=True, ondelete="restrict")
    giver_company_id = fields.Many2one(
        related="warehouse_id.company_id", string="From Company", store=True, index="btree_not_null")
    giver_id = fields.Many2one(
        "mrp.production", string="From Order", readonly=True, index="btree_not_null", ondelete="restrict")
    substitute_id = fields.Many2one("product.product", string="Substitute Part", readonly=True, ondelete="restrict")
    despite_stock = fields.Boolean(
        string="Buy All the Same", readonly=True,
        help="Although another warehouse or company of the group has it free.")
    effect = fields.Text(readonly=True, tracking=True, help="What the measure did when it was carried out.")
    picking_ids = fields.Many2many(
        "stock.picking", string="Transfers", readonly=True, groups="stock.group_stock_user")
    swap_id = fields.Many2one("material.swap", readonly=True, ondelete="restrict")
    request_id = fields.Many2one("purchase.request", readonly=True, ondelete="restrict")
    proposed_by = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="restrict")
    proposed_on = fields.Datetime(required=True, readonly=True)
    decider_id = fields.Many2one(
        "res.users", string="To Agree", readonly=True, index=True, ondelete="restrict",
        help="Who has to agree, as the settings were when it was proposed.")
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True)
    answer = fields.Text(string="Reason of the Refusal", readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)

    @api.depends("state", "decider_id", "proposed_by")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for measure in self:
            measure.can_decide = measure.state == "proposed" and measure._may_decide()

    @api.depends("kind", "shortage_id")
    def _compute_display_name(self):
        labels = self._get_selection_labels("kind")
        for measure in self.sudo():  # the number of the shortage belongs to it
            measure.display_name = f"{measure.shortage_id.name or ''} {labels.get(measure.kind, '')}".strip()

    def _is_frozen(self):
        return self.state != "proposed"

    def _get_frozen_fields(self):
        proposed = {"shortage_id", "kind", "quantity", "text", "proposed_by", "proposed_on", "giver_id",
                    "substitute_id", "warehouse_id"}
        return super()._get_frozen_fields() if self._is_frozen() else proposed

    @api.model
    def _take(self, shortage, kind, vals):
        """Take a measure: it is carried out at once, or somebody is asked to agree to it first.

        :param vals: values of the fields that the kind needs
        :return: the measure
        :raise AccessError: not his to do
        :raise UserError: what is missing for it, or why it cannot be done
        """
        self._check_groups(CHASER, *self._get_proposers(kind))
        shortage.check_access("read")
        shortage._lock()
        shortage._check_state("open", "promised", "covered")
        self._check_vals(shortage, kind, vals)
        measure = self.sudo().create({  # sudo: measures are made by this action only; the right was checked
            **vals, "shortage_id": shortage.id, "kind": kind, "proposed_by": self.env.uid,
            "proposed_on": fields.Datetime.now()}).with_env(self.env)
        measure._check_feasible()
        deciders = measure._get_deciders()
        if deciders is None:
            measure._conclude()
        else:
            measure._ask_decider(deciders)
        return measure

    @api.model
    def _get_proposers(self, kind):
        """Groups of which one is needed for the kind, beside who chases."""
        return ()

    @api.model
    def _check_vals(self, shortage, kind, vals):
        if kind == "subcontract":
            self._check_groups("material_shortage.group_plant_manager")
        if kind in COUNTED:
            check_quantity(self.env, shortage.display_name, vals.get("quantity"))
            if shortage.product_id.uom_id.compare(vals["quantity"], 0) <= 0:
                raise UserError(self.env._("%(line)s: say how much, above 0.", line=shortage._describe()))
        if kind in ("subcontract", "design", "substitute", "elsewhere") and not is_reason(vals.get("text")):
            raise UserError(self.env._("%(line)s: write why, and what is to be done.", line=shortage._describe()))
        if kind in ("swap", "substitute") and not shortage.production_id:
            raise UserError(self.env._(
                "%(line)s waits for no manufacturing order: this is done for orders only.", line=shortage._describe()))

    def _check_feasible(self):
        """Kinds refuse here what cannot be done, before anybody is asked.

        :raise UserError: why not
        """
        # sudo: facts of orders and stock, which whoever agrees need not see; the rights were checked
        check = getattr(self.sudo(), f"_check_{self.kind}", None)
        if check:
            check()

    def _get_deciders(self):
        """Who may agree, first come first asked; None: nobody has to."""
        get = getattr(self, f"_get_deciders_{self.kind}", None)
        return get() if get else None

    def _find_decider(self, users):
        """The first who can be reached and has not proposed it himself."""
        return next((user for user in users if user and user.sudo().active and user != self.proposed_by),
                    self.env["res.users"])  # sudo above: whether he is there is no secret

    def _ask_decider(self, users):
        decider = self._find_decider(users)
        if not decider:
            raise UserError(self.env._(
                "%(measure)s: nobody but you can agree to it. Name the people in Settings → Time Limits → Material "
                "Shortages.", measure=self._get_selection_label("kind")))
        measure = self.sudo()  # sudo: a to-do for somebody else, who follows the measure and can open it
        measure.decider_id = decider
        measure.activity_schedule(
            MEASURE_TYPE, user_id=decider.id, note=measure.text or "",
            summary=measure.with_context(lang=decider.sudo().lang).display_name)
        measure.shortage_id._message_log(body=self.env._(
            "%(user)s proposes: %(kind)s. %(decider)s is asked to agree.", user=self.env.user.name,
            kind=self._get_selection_label("kind"), decider=decider.sudo().name))

    def _may_decide(self):
        """Who was asked decides; where he has left, who would be asked now."""
        user = self.env.user
        if user == self.proposed_by:
            return False
        asked = self.decider_id
        # sudo: whether he can still act for the company
        companies = asked.sudo().company_ids | self.giver_company_id
        if not asked.sudo().active or self.company_id not in companies:  # sudo: as above
            asked = self.sudo()._find_decider(self.sudo()._get_deciders() or ())
        return user == asked

    def action_agree(self):
        """Agree to the measure; it is carried out at once (PUR-6).

        :raise AccessError: not the one who was asked, or who proposed it
        :raise UserError: it cannot be done any more
        """
        for measure in self:
            measure._check_transition("agree")
            measure._check_feasible()
            measure._conclude(decided_by=self.env.uid, decided_on=fields.Datetime.now())
            measure._tell_decision(measure.proposed_by, measure.answer)
        return True

    def action_ask_refusal(self):
        """Ask for the reason, then refuse."""
        self.ensure_one()
        return self.env["purchase.request.remark"]._get_remark_action("refuse_measure", self)

    def action_refuse(self, reason=None):
        """Refuse the measure; who proposed it, and the line, are told why.

        :raise AccessError: not the one who was asked
        :raise UserError: without a reason
        """
        self._check_transition("refuse")
        if not is_reason(reason):
            raise UserError(self.env._("%(measure)s: say why it is refused.", measure=self[:1]._describe()))
        self._write_transition(
            "refuse", decided_by=self.env.uid, decided_on=fields.Datetime.now(), answer=reason.strip())
        for measure in self.sudo():  # sudo: to-dos and the line's history
            measure.activity_ids.unlink()
            measure._tell_decision(measure.proposed_by, measure.answer)
            measure.shortage_id._message_log(body=self.env._(
                "%(user)s refuses: %(kind)s. %(reason)s", user=self.env.user.name,
                kind=measure._get_selection_label("kind"), reason=measure.answer))
        return True

    def _check_transition(self, operation):
        if not self.env.su and any(not measure._may_decide() for measure in self):
            raise AccessError(self.env._(
                "%(measure)s: decided by %(decider)s, and by nobody who proposed it.", measure=self._describe(),
                decider=", ".join(self.sudo().decider_id.mapped("name")) or "–"))  # sudo: the name only
        return super()._check_transition(operation)

    def _conclude(self, **vals):
        """Carry it out, and write what it did."""
        measure = self.sudo()  # sudo: carried out by this action only; the rights were checked
        effect = getattr(measure, f"_carry_out_{self.kind}")()
        measure.write({"state": "done", "effect": effect, **vals})
        measure.activity_ids.unlink()
        shortage = measure.shortage_id
        shortage._message_log(body=self.env._(
            "%(user)s: %(kind)s. %(effect)s", user=self.env.user.name, kind=self._get_selection_label("kind"),
            effect=effect))
        if shortage.state != "closed":
            shortage.countermeasure = "\n".join(filter(None, (shortage.countermeasure, effect)))
        self.env["material.pegging"]._request_refresh(shortage.product_id)
