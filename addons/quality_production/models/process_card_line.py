from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ProcessCardLine(models.Model):
    """An operation on a process card (FQC-1): self-check, and confirmation by quality where FQC-2 asks for it.

    The state follows from the signatures: ``todo`` until the operator signs, ``failed`` when he or quality
    found it not right (it is signed again after rework), ``waiting`` for quality at key operations, special
    processes and where an inspection plan for the process applies, then ``done``.
    """

    _name = "process.card.line"
    _description = "Operation on a Process Card"
    _inherit = ["document.control.mixin"]
    _order = "card_id, sequence, id"

    sequence = fields.Integer(default=10)
    card_id = fields.Many2one("process.card", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    production_id = fields.Many2one(related="card_id.production_id", store=True, index=True)
    product_id = fields.Many2one(related="card_id.product_id")
    workorder_id = fields.Many2one("mrp.workorder", ondelete="set null", index="btree_not_null")
    operation_id = fields.Many2one(
        "mrp.routing.workcenter", string="Operation of the Routing", ondelete="set null", index="btree_not_null")
    workcenter_id = fields.Many2one("mrp.workcenter", ondelete="set null", index="btree_not_null")
    name = fields.Char(string="Operation", required=True)
    is_key = fields.Boolean(string="Key Operation")
    is_special = fields.Boolean(string="Special Process")
    control_method = fields.Text()
    plan_id = fields.Many2one(
        "quality.inspection.plan", string="Inspection Plan", ondelete="set null",
        help="Plan for inspection in the process that applies to this operation.")
    point_ids = fields.One2many("process.card.point", "line_id", string="Control Points")
    signature_ids = fields.One2many("process.card.signature", "line_id", string="Signatures")
    inspection_ids = fields.One2many("quality.inspection", "process_line_id", string="Inspections")
    quality_required = fields.Boolean(
        string="Confirmed by Quality", compute="_compute_quality_required", store=True)
    state = fields.Selection(
        [("todo", "To Check"), ("failed", "To Rework"), ("waiting", "To Confirm by Quality"), ("done", "Signed"),
         ("skipped", "Left Out")], compute="_compute_state", store=True, index=True)
    self_checked_by = fields.Many2one("res.users", compute="_compute_state", store=True)
    self_checked_on = fields.Datetime(compute="_compute_state", store=True)
    self_check_note = fields.Text(compute="_compute_state", store=True)
    quality_confirmed_by = fields.Many2one("res.users", compute="_compute_state", store=True)
    quality_confirmed_on = fields.Datetime(compute="_compute_state", store=True)
    quality_note = fields.Text(compute="_compute_state", store=True)
    leader_id = fields.Many2one("res.users", string="Team Leader", compute="_compute_leader_id")
    expected_minutes = fields.Float(related="workorder_id.duration_expected")
    entered_minutes = fields.Float(help="Minutes that the operator wrote down; if 0, the work order's timer counts.")
    actual_minutes = fields.Float(compute="_compute_actual_minutes")

    _workorder_uniq = models.UniqueIndex(
        "(workorder_id) WHERE workorder_id IS NOT NULL", "This work order is on a process card already.")

    @api.depends("is_key", "is_special", "plan_id")
    def _compute_quality_required(self):
        for line in self:
            line.quality_required = line.is_key or line.is_special or bool(line.plan_id)

    @api.depends("signature_ids", "quality_required")
    def _compute_state(self):
        for line in self:
            # sudo: the state of an operation follows from all signatures, whoever looks
            line.update(line.sudo()._get_signed_state())

    def _get_signed_state(self):
        """State and signers that follow from the signatures in their order."""
        vals = self._prepare_unsigned_state_vals()
        for sign in self.signature_ids.sorted("id"):
            if sign.kind == "skip":
                vals["state"] = "skipped"
            elif sign.kind == "self_check":
                good = sign.result == "ok"
                vals = self._prepare_unsigned_state_vals() | {
                    "state": ("waiting" if self.quality_required else "done") if good else "failed",
                    "self_checked_by": good and sign.user_id, "self_checked_on": good and sign.signed_on,
                    "self_check_note": sign.note}
            elif sign.kind == "quality":
                good = sign.result == "ok"
                vals |= {"state": "done" if good else "failed", "quality_note": sign.note,
                         "quality_confirmed_by": good and sign.user_id,
                         "quality_confirmed_on": good and sign.signed_on}
        return vals

    @api.model
    def _prepare_unsigned_state_vals(self):
        return {"state": "todo", "self_checked_by": False, "self_checked_on": False, "self_check_note": False,
                "quality_confirmed_by": False, "quality_confirmed_on": False, "quality_note": False}

    @api.depends("workcenter_id.process_leader_id", "card_id.leader_id")
    def _compute_leader_id(self):
        for line in self:
            leader = line.sudo().workcenter_id.process_leader_id  # storekeepers read cards, not work centers
            line.leader_id = leader or (line.card_id._get_leader() if line.card_id else leader)

    @api.depends("entered_minutes", "workorder_id.duration")
    def _compute_actual_minutes(self):
        for line in self:
            line.actual_minutes = line.entered_minutes or line.sudo().workorder_id.duration  # as above

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if signed := self.filtered(lambda line: line.sudo().signature_ids):  # also signatures one may not read count
            raise UserError(self.env._(
                "Operation %(name)s carries signatures and cannot be deleted; leave it out with a reason instead.",
                name=", ".join(signed.mapped("name"))))

    def _is_frozen(self):
        return self.card_id._is_frozen()

    def _get_frozen_fields(self):
        """What was signed stays as it was read by the signer; links to deleted work orders may go."""
        if self._is_frozen() or self.sudo().signature_ids:  # also signatures one may not read count
            return {"name", "card_id", "is_key", "is_special", "plan_id", "point_ids", "operation_id", "workcenter_id"}
        return super()._get_frozen_fields()

    def _is_needed(self):
        """Whether the order cannot be finished without this operation.

        A cancelled or deleted work order does not take a key operation or special process off the card; only
        what a former part of the order has done already is not needed again.
        """
        self.ensure_one()
        if self.state == "skipped":
            return False
        order = self.workorder_id
        if order.state != "cancel" and (order or not self.operation_id):
            return True
        done_before = order and order.product_uom_id.compare(order.qty_reported_from_previous_wo, 0) > 0
        return self.quality_required and not done_before

    def _check_may_sign(self, group, states):
        """The user belongs to the group, sees the card, and the operation is in one of the states.

        :raise AccessError: not his to sign
        :raise UserError: not now
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups(group)
        self._lock()  # a lock is no right; of two who sign at once the second is refused
        self.card_id._check_running()
        self._check_state(*states)

    def _sign(self, kind, result, note):
        """Write a signature of the current user on each of these operations; the caller has checked the right."""
        # sudo: people sign through the actions only
        signatures = self.env["process.card.signature"].sudo().create([{
            "card_id": line.card_id.id, "line_id": line.id, "kind": kind, "result": result, "note": note or False,
            "user_id": self.env.uid, "points": line.point_ids._get_snapshot()} for line in self])
        signatures.card_id._start()
        return signatures

    def action_self_check(self, answers=None, note=None, minutes=None, result="ok"):
        """The operator, who is the logged-in user, signs that he checked his own work (FQC-1, FQC-3).

        One control point that is not right makes the whole check "not OK": the operation is to be reworked and
        signed again, and a nonconformity is reported to the team leader (NCR-3).

        :param dict answers: ``{point id: {"result": "ok"|"ng"} or {"value": float}}``
        :param str note: what was found; needed if something is not OK
        :param float minutes: actual working minutes, if not measured by the work order's timer
        :param str result: ``ng`` if the work is not right although all points are
        :return: True
        :raise UserError: components not checked yet, a point not answered, nothing written about what is not OK
        :raise AccessError: the user does not work in production
        """
        self._check_may_sign("mrp.group_mrp_user", ("todo", "failed"))
        self.card_id._check_received()
        line = self.sudo()  # the right to sign was checked above; nobody may write lines directly
        if minutes is not None:
            line._set_minutes(minutes)
        if result not in ("ok", "ng"):
            raise UserError(self.env._(
                "Operation \"%(name)s\": the self-check is OK or not OK (\"ok\" or \"ng\").", name=line.name))
        answers = {int(key): value for key, value in (answers or {}).items() if isinstance(value, dict)}
        for point in line.point_ids:
            point.write(point._judge(answers.get(point.id) or {}))
        if pending := line.point_ids.filtered(lambda point: point.result == "pending"):
            raise UserError(self.env._("Operation \"%(name)s\": these control points are not answered: %(points)s.",
                                       name=line.name, points=", ".join(pending.mapped("name"))))
        good = result == "ok" and all(point.result == "ok" for point in line.point_ids)
        if not good and not (note or "").strip():
            raise UserError(self.env._("Operation \"%(name)s\" is not OK: write what is wrong.", name=line.name))
        line._sign("self_check", "ok" if good else "ng", note)
        if good:
            line._on_self_checked()
        else:
            line._report_nonconformity(note)
        return True

    def action_quality_confirm(self, note=None):
        """Quality confirms a key operation or special process (FQC-2); never the one who signed the self-check.

        :param str note: how it was controlled; needed where no control method is laid down
        :raise UserError: an open or rejected inspection, no control method
        :raise AccessError: the user is no inspector, or signed the self-check himself
        """
        self._check_may_sign("quality_inspection.group_quality_user", ("waiting",))
        line = self.sudo()  # the right to sign was checked above; nobody may write lines directly
        if line.self_checked_by == self.env.user:
            raise AccessError(self.env._(
                "You signed the self-check of \"%(name)s\"; another person confirms it.", name=line.name))
        if not (line.control_method or note or "").strip():
            raise UserError(self.env._(
                "\"%(name)s\" has no control method: write how you controlled it.", name=line.name))
        for inspection in line._get_last_inspection() | line.inspection_ids.filtered("quantity_unjudged"):
            if inspection.state != "done" or inspection.verdict == "reject":
                raise UserError(self.env._(
                    "Inspection %(inspection)s of operation \"%(name)s\" is not passed yet.",
                    inspection=inspection.name, name=line.name))
        line._sign("quality", "ok", note)
        return True

    def _get_last_inspection(self):
        """The inspection in process that counts: the one made after the last self-check."""
        return self.inspection_ids.filtered(lambda i: i.state != "cancelled").sorted("id")[-1:]

    def action_quality_reject(self, note):
        """Quality found the operation not right: it is reworked and signed again, the leader is told (NCR-3).

        :raise AccessError: the user is no inspector
        """
        self._check_may_sign("quality_inspection.group_quality_user", ("waiting", "done"))
        if not (note or "").strip():
            raise UserError(self.env._("Operation \"%(name)s\" is not OK: write what is wrong.", name=self.name))
        line = self.sudo()  # the right to sign was checked above; nobody may write lines directly
        line._sign("quality", "ng", note)
        line._report_nonconformity(note)
        return True

    def action_skip(self, reason):
        """Leave an operation out: team leader, or head of quality where quality has to confirm (FQC-2).

        :raise AccessError: the user may not
        """
        self.ensure_one()
        group = ("quality_inspection.group_quality_manager" if self.quality_required
                 else "quality_production.group_process_leader")
        self._check_may_sign(group, ("todo", "failed", "waiting"))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why operation \"%(name)s\" is left out.", name=self.name))
        self.sudo()._sign("skip", "ok", reason)  # the right to sign was checked above
        self.card_id.sudo().message_post(body=self.env._(  # the same
            "Operation \"%(name)s\" was left out: %(reason)s", name=self.name, reason=reason))
        return True

    def action_ask_skip(self):
        """Ask why the operation is left out, then leave it out."""
        return self.env["quality.production.remark"]._get_remark_action("line_skip", self)

    def _set_minutes(self, minutes):
        try:
            minutes = float(minutes)
        except (TypeError, ValueError, OverflowError):
            minutes = -1
        if not 0 <= minutes < 100000:
            raise UserError(self.env._("Operation \"%(name)s\": write the working time in minutes.", name=self.name))
        self.entered_minutes = minutes

    def _on_self_checked(self):
        """Quality is asked: each signed round is inspected by its plan; without one the inspectors see it waiting."""
        if self.plan_id and self._get_last_inspection().state not in ("draft", "pending", "in_progress"):
            self.env["quality.inspection"]._create_batch([self._prepare_inspection_vals()])

    def _prepare_inspection_vals(self):
        """Values of the inspection in the process; no goods are held, they are still being made."""
        production = self.production_id
        return self.env["quality.inspection"]._prepare_inspection_vals(
            self.plan_id, production.product_id, production.product_uom_qty, company_id=self.company_id.id,
            production_id=production.id, process_card_id=self.card_id.id, process_line_id=self.id,
            lot_ids=[(6, 0, production._get_counted_lots().ids)])

    def _report_nonconformity(self, description, quantity=None, product=None, severity="minor", **values):
        """A nonconformity of our own process, told to the team leader (NCR-1, NCR-3)."""
        self.ensure_one()
        return self.card_id._report_nonconformity(
            description, quantity=quantity, product=product, severity=severity, process_line_id=self.id,
            **({"leader_id": self.leader_id.id} | values))

    def _get_page_data(self):
        """The operation as the phone's page draws it."""
        self.ensure_one()
        return {
            "id": self.id, "name": self.name, "workcenter": self.workcenter_id.name or "", "state": self.state,
            "state_label": self._get_selection_label("state"),
            "is_key": self.is_key, "is_special": self.is_special, "quality_required": self.quality_required,
            "control_method": self.control_method or "", "leader": self.leader_id.name or "",
            "self_checked_by": self.self_checked_by.name or "", "self_checked_by_id": self.self_checked_by.id,
            "self_checked_on": fields.Datetime.to_string(self.self_checked_on) or False,
            "quality_confirmed_by": self.quality_confirmed_by.name or "",
            "quality_confirmed_on": fields.Datetime.to_string(self.quality_confirmed_on) or False,
            "note": self.quality_note or self.self_check_note or "",
            "expected_minutes": self.expected_minutes, "actual_minutes": self.actual_minutes,
            "has_operation": bool(self.operation_id),
            "inspections": [{"id": inspection.id, "name": inspection.name, "state": inspection.state,
                             "verdict": inspection.verdict} for inspection in self.inspection_ids],
            "points": [point._get_page_data() for point in self.point_ids],
        }
