import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import kernel
from .quality_inspection_characteristic import CLASSES
from .sampling_words import describe_error

REASONS = [
    (kernel.switching.TWO_OF_FIVE, "Two of five lots not accepted (9.3.1)"),
    (kernel.switching.FIVE_ACCEPTED, "Five lots accepted (9.3.2)"),
    (kernel.switching.SCORE_REACHED, "Switching score reached (9.3.3)"),
    (kernel.switching.LOT_NOT_ACCEPTED, "Lot not accepted on reduced inspection (9.3.4)"),
    (kernel.switching.PRODUCTION_IRREGULAR, "Production irregular (9.3.4)"),
    (kernel.switching.OTHER_CONDITIONS, "Other conditions (9.3.4)"),
    (kernel.switching.FIVE_NOT_ACCEPTED, "Five lots not accepted on tightened inspection (9.4)"),
    (kernel.switching.IMPROVED, "Supplier's improvement accepted (9.4)"),
]


class QualitySamplingState(models.Model):
    """Where a series of lots stands by the switching rules: one per supplier, product, class, AQL and level (REC-4).

    Only the rules of the kernel move it; its row is locked while a lot is judged.
    """
    _name = "quality.sampling.state"
    _description = "Sampling Series"
    _inherit = ["document.control.mixin", "mail.thread"]
    _order = "product_id, partner_id, defect_class, id"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Supplier", index="btree_not_null", ondelete="restrict")
    defect_class = fields.Selection(CLASSES, string="Class", required=True)
    aql = fields.Char(string="AQL", required=True)
    level = fields.Char(string="Inspection Level", required=True)
    severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced"), ("discontinued", "Discontinued")],
        string="Strictness", required=True, default="normal", index=True, tracking=True)
    score = fields.Integer(string="Switching Score", help="Reduced inspection is possible from 30 on (9.3.3).")
    lots = fields.Integer(help="Lots judged on original inspection.")
    state_json = fields.Json(string="State of the Rules")
    skip_json = fields.Json(string="State of Skip-lot")
    skip_state = fields.Selection(
        [("lot_by_lot", "Lot by lot"), ("skipping", "Skip-lot"), ("interrupted", "Interrupted")],
        string="Skip-lot State", required=True, default="lot_by_lot", tracking=True)
    steady = fields.Boolean(
        string="Production Steady", default=True, tracking=True,
        help="Production at the supplier is neither irregular nor delayed (9.3.3.1 b, 9.3.4 b).")
    reduced_desired = fields.Boolean(
        tracking=True, help="Reduced inspection is considered desirable (9.3.3.1 c).")
    event_ids = fields.One2many("quality.sampling.event", "state_id", string="Changes")

    _series_uniq = models.UniqueIndex(
        "(company_id, product_id, COALESCE(partner_id, 0), defect_class, aql, level)",
        "This series of lots exists already.")

    @api.depends("product_id", "partner_id", "defect_class", "aql", "level")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = self._get_selection_labels("defect_class")
        for state in self:
            parts = [state.product_id.display_name, state.partner_id.display_name, labels.get(state.defect_class),
                     f"AQL {state.aql}", state.level]
            state.name = " / ".join(part for part in parts if part)

    def _compute_display_name(self):
        for state in self:
            state.display_name = state.name

    @api.ondelete(at_uninstall=False)
    def _unlink_except_judged(self):
        if any(state.lots for state in self):
            raise UserError(self.env._("A sampling series with judged lots is kept."))

    def action_resume(self, note=None):
        """Resume a discontinued series on tightened inspection, the supplier's improvement being accepted (9.4).

        :raise UserError: the series is not discontinued
        """
        self._check_manager()
        for state in self:
            state._change(lambda value: kernel.switching.resume(value), note=note)

    def action_production_irregular(self):
        """The supplier's production became irregular: reduced inspection ends (9.3.4 b)."""
        self._check_manager()
        for state in self:
            state._lock()
            state._write_signed({"steady": False})
            state._change(lambda value, state=state: kernel.switching.review(value, state._get_conditions()))

    def action_production_steady(self):
        """The supplier's production is steady again (9.3.3.1 b)."""
        self._check_manager()
        for state in self:
            state._lock()
            state._write_signed({"steady": True})
            state._change(lambda value, state=state: kernel.switching.review(value, state._get_conditions()))

    def action_desire_reduced(self, desired=True):
        """Say that reduced inspection is desirable, or no longer (9.3.3.1 c, 9.3.4 c)."""
        self._check_manager()
        for state in self:
            state._lock()
            state._write_signed({"reduced_desired": bool(desired)})
            conditions = state._get_conditions()._replace(normal_warranted=not desired)
            state._change(lambda value, conditions=conditions: kernel.switching.review(value, conditions))

    def action_disqualify(self):
        """Take the product of this supplier off skip-lot sampling (GB/T 2828.3, 6.7)."""
        self._check_manager()
        for state in self:
            state._lock()
            state._save_skip(kernel.skip_lot.disqualify(state._get_skip()))

    def _check_manager(self):
        self.check_access("read")
        self._check_groups("quality_inspection.group_quality_manager")

    @api.model
    def _find_or_create(self, keys):
        """Series of these keys, created where they are missing, even if two inspections start at once.

        :param keys: ``[(company id, product id, partner id or None, class, aql, level)]``
        :return: ``{key: quality.sampling.state}`` as superuser
        """
        self = self.sudo()  # sudo: a series is nobody's to write; inspections make it
        self.flush_model()
        keys = list(dict.fromkeys(keys))
        for key in keys:
            self.env.execute_query(SQL(
                "INSERT INTO quality_sampling_state (company_id, product_id, partner_id, defect_class, aql, level, "
                "severity, skip_state, steady, reduced_desired, score, lots, create_uid, write_uid, create_date, "
                "write_date) "
                "VALUES %s ON CONFLICT DO NOTHING RETURNING id",
                (*key, kernel.NORMAL, kernel.skip_lot.LOT_BY_LOT, True, False, 0, 0, self.env.uid, self.env.uid,
                 fields.Datetime.now(), fields.Datetime.now())))
        found = self.search([("product_id", "in", [key[1] for key in keys])])
        by_key = {(state.company_id.id, state.product_id.id, state.partner_id.id or None, state.defect_class, state.aql,
                   state.level): state for state in found}
        return {key: by_key[key] for key in keys}

    def _get_state(self):
        """The kernel's state of the series."""
        self.ensure_one()
        return kernel.switching.State.from_json(self.state_json) if self.state_json else kernel.switching.start()

    def _get_conditions(self):
        return kernel.switching.Conditions(steady=self.steady, reduced_desired=self.reduced_desired)

    def _get_severity(self):
        """Severity for the next lot.

        :raise UserError: inspection of the series is discontinued
        """
        self.ensure_one()
        state = self._get_state()
        if state.discontinued:
            raise UserError(self.env._(
                "%(series)s: inspection is discontinued after five lots that were not accepted (GB/T 2828.1, 9.4). "
                "The head of quality resumes it in the sampling series when the supplier's improvement is accepted.",
                series=self.name))
        return state.severity

    def _judge(self, result, inspection):
        """Move the series by the result of one lot.

        :param result: kernel.switching.LotResult
        """
        self._change(lambda state: kernel.switching.step(state, result, self._get_conditions()), inspection)

    def _change(self, step, inspection=None, note=None):
        self.ensure_one()
        self._lock()
        before = self._get_state()
        try:
            after = step(before)
        except kernel.SamplingError as refusal:
            raise UserError(self.env._(
                "%(series)s: %(problem)s", series=self.name,
                problem=describe_error(self.env, refusal))) from refusal
        events = after.history[len(before.history):]
        self._write_signed({  # only the rules move a series
            "state_json": after.to_json(),
            "severity": "discontinued" if after.discontinued else after.severity,
            "score": after.score,
            "lots": after.lots,
        })
        self.env["quality.sampling.event"].sudo().create([{  # sudo: only the rules move a series
            "state_id": self.id,
            "lot_number": event.lot,
            "before": event.before or "discontinued",
            "after": event.after or "discontinued",
            "reason": event.reason,
            "inspection_id": inspection.id if inspection else False,
            "note": note,
            "user_id": self.env.uid,
        } for event in events])

    def _get_skip(self):
        """The kernel's skip-lot state of the series."""
        self.ensure_one()
        if not self.skip_json:
            return kernel.skip_lot.SkipState()
        history = tuple(kernel.skip_lot.Event(*event) for event in self.skip_json["history"])
        return kernel.skip_lot.SkipState(**{**self.skip_json, "history": history})

    def _save_skip(self, skip):
        values = {**skip._asdict(), "history": [list(event) for event in skip.history]}
        self._write_signed({"skip_json": values, "skip_state": skip.state})

    def _draws_inspection(self, sampling):
        """Whether the next lot of the series is inspected; drawn at random while it is on skip-lot sampling."""
        self.ensure_one()
        skip = self._get_skip()
        if skip.state == kernel.skip_lot.SKIPPING and self.severity != kernel.NORMAL:
            return True
        return kernel.skip_lot.inspects(skip, sampling._get_skip_rules(), secrets.SystemRandom().random)
