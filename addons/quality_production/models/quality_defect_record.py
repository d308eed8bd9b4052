from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

OPEN = ("open", "corrected")
INSPECTOR = "quality_inspection.group_quality_user"
HEAD = "quality_inspection.group_quality_manager"


class QualityDefectRecord(models.Model):
    """Product defect record (产品缺陷记录) of an inspection (FQC-5).

    The inspector writes it, the team leader is told; who has it corrected signs, the inspector looks again and
    signs. What is still wrong is a new record of the next round, so that every signature stays as it was.
    """

    _name = "quality.defect.record"
    _description = "Product Defect Record"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "quality.defect.record"
    _transitions = {
        "correct": Transition(("open",), "corrected"),
        "accept": Transition(("corrected",), "closed", groups=(INSPECTOR,)),
        "repeat": Transition(("corrected",), "repeated", groups=(INSPECTOR,)),
        "concede": Transition(OPEN, "conceded", groups=(HEAD,)),
        "cancel": Transition(("open",), "cancelled", groups=(INSPECTOR,)),
    }
    _mail_post_access = "read"  # whoever is asked may answer

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    inspection_id = fields.Many2one(
        "quality.inspection", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="inspection_id.company_id", store=True)
    production_id = fields.Many2one(related="inspection_id.production_id", store=True, index="btree_not_null")
    process_card_id = fields.Many2one(related="inspection_id.process_card_id", store=True, index="btree_not_null")
    product_id = fields.Many2one(related="inspection_id.product_id", store=True)
    lot_id = fields.Many2one(
        "stock.lot", string="Serial Number", check_company=True, index="btree_not_null",
        domain="[('product_id', '=', product_id)]")
    description = fields.Text(required=True)
    defect_code_id = fields.Many2one("quality.defect.code", ondelete="restrict")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos", bypass_search_access=True)
    state = fields.Selection(
        [("open", "To Correct"), ("corrected", "To Re-inspect"), ("closed", "Closed"),
         ("repeated", "Still Wrong"), ("conceded", "Conceded"), ("cancelled", "Cancelled")],
        default="open", required=True, readonly=True, copy=False, index=True, tracking=True)
    found_by = fields.Many2one("res.users", required=True, readonly=True, default=lambda self: self.env.user)
    found_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    leader_id = fields.Many2one(
        "res.users", string="Team Leader", compute="_compute_leader_id", store=True, readonly=False)
    correction = fields.Text(readonly=True, copy=False)
    corrected_by = fields.Many2one("res.users", readonly=True, copy=False)
    corrected_on = fields.Datetime(readonly=True, copy=False)
    reinspected_by = fields.Many2one("res.users", string="Re-inspected By", readonly=True, copy=False)
    reinspected_on = fields.Datetime(string="Re-inspected On", readonly=True, copy=False)
    reinspection_note = fields.Text(string="Re-inspection", readonly=True, copy=False)
    conceded_by = fields.Many2one("res.users", readonly=True, copy=False)
    conceded_on = fields.Datetime(readonly=True, copy=False)
    concession_reason = fields.Text(readonly=True, copy=False)
    previous_id = fields.Many2one(
        "quality.defect.record", string="Former Record", readonly=True, copy=False, index="btree_not_null")
    round = fields.Integer(default=1, readonly=True, copy=False)

    @api.depends("process_card_id")
    def _compute_leader_id(self):
        for record in self:
            # sudo: the leader of the card or of the order, also for inspectors who may not read the order
            source = record.sudo().process_card_id
            record.leader_id = record.leader_id or (
                source._get_leader() if source else record.sudo().production_id.user_id)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_groups(INSPECTOR)
        records = super().create(vals_list)
        for record in records:
            record._check_inspection_open()
            record.sudo()._tell_leader()  # tells the leader, whoever found it
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A defect record stays; cancel it with a reason instead."))

    @api.model
    def _get_creatable_fields(self):
        """Nobody writes a signature of another person, or one of his own without its action."""
        return {"inspection_id", "description", "lot_id", "defect_code_id", "attachment_ids", "leader_id"}

    def _get_open_fields(self):
        names = super()._get_open_fields()
        if self.state == "open" and self.env.user.has_group("quality_inspection.group_quality_user"):
            names |= {"description", "defect_code_id", "lot_id", "attachment_ids", "leader_id"}
        return names

    def _is_frozen(self):
        return self.state not in OPEN

    def _get_frozen_fields(self):
        """From the correction on the defect stands as the leader read it."""
        frozen = super()._get_frozen_fields()
        return frozen | {"description", "lot_id", "inspection_id"} if self.corrected_by else frozen

    def _check_inspection_open(self):
        """A defect is written while the inspection is open; after that it is a nonconformity."""
        inspection = self.sudo().inspection_id  # only its state
        if inspection.state in ("done", "cancelled"):
            raise UserError(self.env._(
                "Inspection %(name)s is concluded: report a nonconformity instead.", name=inspection.name))

    def _tell_leader(self):
        self.ensure_one()
        if self.leader_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.leader_id.id,
                summary=self.env._("Have the defect corrected"), note=self.description)

    def action_correct(self, correction):
        """The team leader, or the operator who corrected, signs what was done (FQC-5).

        :param str correction: what was done
        :raise AccessError: the user does not work in production
        """
        self.ensure_one()
        self._check_transition("correct")
        if not (correction or "").strip():
            raise UserError(self.env._("Write what was corrected."))
        self._write_transition(
            "correct", correction=correction, corrected_by=self.env.uid, corrected_on=fields.Datetime.now())
        record = self._close_todos()
        record.activity_schedule(
            "mail.mail_activity_data_todo", user_id=(record.inspection_id.inspector_id or record.found_by).id,
            summary=self.env._("Re-inspect the corrected defect"), note=correction)
        return True

    def action_reinspect(self, result="ok", note=None):
        """The inspector looks again and signs (FQC-5); never the one who signed the correction.

        :param str result: ``ok`` closes the record; ``ng`` closes it as still wrong and opens one of the next round
        :return: True, or the new record
        :raise AccessError: the user is no inspector, or signed the correction himself
        """
        self.ensure_one()
        operation = "repeat" if result == "ng" else "accept"
        self._check_transition(operation)
        if result not in ("ok", "ng"):
            raise UserError(self.env._("%(name)s: the re-inspection is OK or not OK (\"ok\" or \"ng\").",
                                       name=self.name))
        if result == "ng" and not (note or "").strip():
            raise UserError(self.env._("Write what is still wrong."))
        record = self._close_todos()
        self._write_transition(
            operation, reinspected_by=self.env.uid, reinspected_on=fields.Datetime.now(),
            reinspection_note=note or False)
        return record.create(record._prepare_next_round_vals(note)).sudo(False) if result == "ng" else True

    def _prepare_next_round_vals(self, note):
        return {"inspection_id": self.inspection_id.id, "lot_id": self.lot_id.id, "description": note,
                "defect_code_id": self.defect_code_id.id, "leader_id": self.leader_id.id, "found_by": self.env.uid,
                "previous_id": self.id, "round": self.round + 1}

    def action_concede(self, reason):
        """The head of quality lets the defect stay (FQC-5).

        :raise AccessError: the user is not the head of quality
        """
        self._check_transition("concede")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the defect may stay."))
        self._close_todos()
        self._write_transition(
            "concede", conceded_by=self.env.uid, conceded_on=fields.Datetime.now(), concession_reason=reason)
        return True

    def action_cancel(self, reason):
        """The inspector takes back a record that was a mistake, before it was corrected.

        :raise AccessError: the user is no inspector
        """
        self._check_transition("cancel")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the record is cancelled."))
        self._write_transition("cancel", reinspection_note=reason)
        for record in self._close_todos():
            record.message_post(body=reason)
        return True

    def _check_transition(self, operation):
        """The leader corrects without a right in production; nobody re-inspects what he has corrected himself."""
        if operation == "correct" and self.env.user != self.leader_id:
            self._check_groups("mrp.group_mrp_user")
        result = super()._check_transition(operation)
        if operation in ("accept", "repeat") and self.corrected_by == self.env.user:
            raise AccessError(self.env._("You signed the correction of %(name)s; another person re-inspects it.",
                                         name=self.name))
        return result

    def _close_todos(self):
        """:return: the records as superuser: to-dos of whoever was asked, and the next round, are not the user's"""
        records = self.sudo()
        records.activity_feedback(["mail.mail_activity_data_todo"])
        return records

    def _get_passport_data(self):
        """The record in the passport of the product."""
        self.ensure_one()
        return {
            "id": self.id, "name": self.name, "description": self.description, "round": self.round,
            "state": self.state,
            "state_label": self._get_selection_label("state"),
            "correction": self.correction or "", "corrected_by": self.corrected_by.name or "",
            "reinspected_by": self.reinspected_by.name or "", "conceded_by": self.conceded_by.name or "",
            "reason": self.concession_reason or ""}

    def _action_still_wrong(self, note):
        return self.action_reinspect("ng", note)

    def action_ask_correction(self):
        """Ask what was corrected, then sign the correction."""
        return self.env["quality.production.remark"]._get_remark_action("defect_correct", self)

    def action_ask_again(self):
        """Ask what is still wrong, then open the next round."""
        return self.env["quality.production.remark"]._get_remark_action("defect_again", self)

    def action_ask_concession(self):
        """Ask why the defect may stay, then concede it."""
        return self.env["quality.production.remark"]._get_remark_action("defect_concede", self)

    def action_ask_cancel(self):
        """Ask why the record is cancelled, then cancel it."""
        return self.env["quality.production.remark"]._get_remark_action("defect_cancel", self)
