from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcessCard(models.Model):
    """Process card (工序卡) of a manufacturing order: what was done, checked and signed by whom (FQC-1).

    One card per manufacturing order, made when the order is confirmed. People write on it through its actions
    only; each signature is a record of its own that nobody can change. A finished card is closed.
    """

    _name = "process.card"
    _description = "Process Card"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "process.card"
    _mail_post_access = "read"  # whoever is asked may answer
    _dossier_path = "production_id"

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    state = fields.Selection(
        [("draft", "To Start"), ("in_progress", "In Progress"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="draft", required=True, readonly=True, copy=False, index=True, tracking=True)
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", required=True, readonly=True, check_company=True,
        index=True, ondelete="restrict", copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True)
    quantity = fields.Float(related="production_id.product_qty", string="Quantity")
    product_uom_id = fields.Many2one(related="production_id.product_uom_id")
    lot_ids = fields.Many2many(related="production_id.lot_producing_ids", string="Lots/Serial Numbers")
    leader_id = fields.Many2one(
        "res.users", string="Team Leader", tracking=True, index=True, check_company=True,
        help="Is told of defects and signs the daily check.")
    note = fields.Text()
    done_on = fields.Datetime(string="Finished On", readonly=True, copy=False)
    line_ids = fields.One2many("process.card.line", "card_id", string="Operations", readonly=True)
    signature_ids = fields.One2many("process.card.signature", "card_id", string="Signatures", readonly=True)
    check_ids = fields.One2many("process.card.check", "card_id", string="Daily Checks", readonly=True)
    missing_ids = fields.One2many("process.card.missing", "card_id", string="Missing Parts", readonly=True)
    nonconformity_ids = fields.One2many(
        "quality.nonconformity", "process_card_id", string="Nonconformities", readonly=True)
    inspection_ids = fields.One2many("quality.inspection", "process_card_id", string="Inspections", readonly=True)
    defect_record_ids = fields.One2many(
        "quality.defect.record", "process_card_id", string="Defect Records", readonly=True)
    received_result = fields.Selection(
        [("pending", "Not Checked"), ("ok", "Complete and Undamaged"), ("ng", "Objected")],
        string="Received Components", default="pending", required=True, readonly=True, copy=False)
    received_checked_by = fields.Many2one("res.users", string="Components Checked By", readonly=True, copy=False)
    received_checked_on = fields.Datetime(string="Components Checked On", readonly=True, copy=False)
    received_note = fields.Text(string="Objection to Components", readonly=True, copy=False)
    missing_open_count = fields.Integer(string="Parts Missing", compute="_compute_counts")
    line_open_count = fields.Integer(string="Operations to Sign", compute="_compute_counts")
    waiting_quality_count = fields.Integer(string="To Confirm by Quality", compute="_compute_counts")
    nonconformity_count = fields.Integer(compute="_compute_counts")
    inspection_count = fields.Integer(compute="_compute_counts")
    is_check_due = fields.Boolean(
        string="Daily Check Due", compute="_compute_is_check_due", search="_search_is_check_due",
        help="In progress, and today's check of the team leader is not signed yet.")
    card_url = fields.Char(string="Address of the Card", compute="_compute_card_url", export_string_translation=False)

    _production_uniq = models.UniqueIndex(
        "(production_id) WHERE state != 'cancelled'", "This manufacturing order has a process card already.")

    @api.depends("line_ids.state", "missing_ids.state", "nonconformity_ids", "inspection_ids")
    def _compute_counts(self):
        lines = {(card, state): count for card, state, count in self.env["process.card.line"]._read_group(
            [("card_id", "in", self.ids)], ["card_id", "state"], ["__count"])}
        missing = dict(self.env["process.card.missing"]._read_group(
            [("card_id", "in", self.ids), ("state", "=", "open")], ["card_id"], ["__count"]))
        # sudo: how many there are belongs to the card, what they say does not
        reports = dict(self.env["quality.nonconformity"].sudo()._read_group(
            [("process_card_id", "in", self.ids)], ["process_card_id"], ["__count"]))
        inspections = dict(self.env["quality.inspection"].sudo()._read_group(
            [("process_card_id", "in", self.ids)], ["process_card_id"], ["__count"]))
        for card in self:
            origin = card._origin
            card.missing_open_count = missing.get(origin, 0)
            card.waiting_quality_count = lines.get((origin, "waiting"), 0)
            card.line_open_count = sum(lines.get((origin, state), 0) for state in ("todo", "failed", "waiting"))
            card.nonconformity_count = reports.get(origin.sudo(), 0)
            card.inspection_count = inspections.get(origin.sudo(), 0)

    @api.depends("state", "check_ids.date")
    def _compute_is_check_due(self):
        today = fields.Date.context_today(self)
        checked = {card for [card] in self.env["process.card.check"]._read_group(
            [("card_id", "in", self.ids), ("date", "=", today)], ["card_id"])}
        for card in self:
            card.is_check_due = card.state == "in_progress" and card._origin not in checked

    def _search_is_check_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("state", "=", "in_progress"), ("check_ids", "not any", [("date", "=", today)])]

    def _compute_card_url(self):
        for card in self:
            card.card_url = f"{card.get_base_url()}/quality/card/{card.id}"

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        cards._sync_lines()
        return cards

    def _get_open_fields(self):
        names = super()._get_open_fields() | {"note"}
        if self.env.user.has_group("quality_production.group_process_leader"):
            names |= {"leader_id"}  # who leads signs the daily check: nobody makes himself the leader
        return names if not self._is_frozen() else set()

    def _is_frozen(self):
        return self.state in ("done", "cancelled")

    def _get_living_fields(self):
        """What is written later about the card's product stands on records of its own."""
        return super()._get_living_fields() | {
            "missing_ids", "nonconformity_ids", "inspection_ids", "defect_record_ids"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        """A cancelled card that nobody signed may go with its order."""

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if signed := self.filtered(lambda card: card.sudo().signature_ids):  # also signatures one may not read count
            raise UserError(self.env._(
                "Process card %(name)s carries signatures and cannot be deleted. Cancel its manufacturing order.",
                name=", ".join(signed.mapped("name"))))

    def _sync_lines(self):
        """Give each work order of the card's order a line; without work orders the order itself is one operation.

        Lines of work orders that were deleted stay: an operation is left out with a reason, not by deletion.
        """
        vals_list = []
        for card in self:
            production = card.production_id
            todo = production.workorder_ids - card.line_ids.workorder_id
            vals_list += [workorder._prepare_process_card_line_vals(card) for workorder in todo]
            if not production.workorder_ids and not card.line_ids:
                vals_list.append(production._prepare_process_card_line_vals(card))
        return self.env["process.card.line"].create(vals_list)

    def _find_process_plan(self, workorder=None):
        """Plan for inspection in the process at a work order, or at the whole order if it has none."""
        orders = self.production_id.workorder_ids.sorted("sequence")
        return self.env["quality.inspection.plan"]._find_process_plan(
            self.production_id, orders.operation_id.browse(workorder and workorder.operation_id.id),
            is_last=not workorder or workorder == orders[-1:])

    def _start(self):
        """The first signature starts the card."""
        self.filtered(lambda card: card.state == "draft").state = "in_progress"

    def _check_running(self):
        """Refuse to write on a card that is closed."""
        self._check_state("draft", "in_progress")

    def _close(self):
        """Close the cards of finished orders."""
        self.filtered(lambda card: not card._is_frozen()).write(
            {"state": "done", "done_on": fields.Datetime.now()})

    def _cancel(self):
        """Cancel the cards of cancelled orders."""
        self.filtered(lambda card: not card._is_frozen()).write({"state": "cancelled"})

    def _get_leader(self):
        """The team leader who is told of what goes wrong: the card's, else the order's responsible."""
        self.ensure_one()
        return self.leader_id or self.production_id.user_id

    def _tell(self, user, summary, note=""):
        """Put an activity on the card for a user; without a user the text stays in the card's messages."""
        self.ensure_one()
        if user:
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=summary, note=note)
        else:
            self.message_post(body=summary + (f" {note}" if note else ""))

    def action_open_page(self):
        """Open the card's page for the phone."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("quality_production.process_card_client_action")
        return {**action, "context": {"active_id": self.id}, "params": {"card_id": self.id}}

    def action_view_nonconformities(self):
        """Open the nonconformities that were found on this card."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "quality.nonconformity", "view_mode": "list,form",
                "domain": [("process_card_id", "=", self.id)], "name": self.env._("Nonconformities")}

    def action_view_inspections(self):
        """Open the inspections of this card's order."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "quality.inspection", "view_mode": "list,form",
                "domain": [("process_card_id", "=", self.id)], "name": self.env._("Inspections")}
