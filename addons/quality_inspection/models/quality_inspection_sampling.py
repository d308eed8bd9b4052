from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import kernel
from .quality_inspection_characteristic import CLASSES
from .sampling_words import describe_error, plain

METHODS = [
    ("whole", "100 %"), ("aql", "AQL (GB/T 2828.1)"), ("isolated", "Isolated lot by LQ (GB/T 2828.2)"),
    ("zero_acceptance", "Zero acceptance by LQ"), ("percentage", "Percentage"), ("fixed", "Fixed sample"),
    ("none", "None")]


class QualityInspectionSampling(models.Model):
    """How a class of characteristics is sampled (REC-4). The figures come from the sampling kernel only."""
    _name = "quality.inspection.sampling"
    _inherit = ["document.number.mixin"]
    _description = "Sampling of a Class"
    _rec_name = "plan_id"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("quality.inspection.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    defect_class = fields.Selection(CLASSES, string="Class", required=True, default="major")
    method = fields.Selection(METHODS, required=True, default="aql")
    level = fields.Selection("_selection_level", string="Inspection Level", default="II")
    aql = fields.Selection("_selection_aql", string="AQL", default="1.0")
    percent = fields.Float(string="Percentage", default=10.0)
    fixed_size = fields.Integer(string="Sample", default=5)
    acceptance = fields.Integer(
        string="Ac", help="Acceptance number of an agreed plan: 100 %, percentage or fixed sample.")
    limiting_quality = fields.Float(
        string="LQ", default=5.0, help="Limiting quality: percentage of nonconforming units that is hardly accepted.")
    consumer_risk = fields.Float(
        string="Consumer's Risk", default=0.10, help="Greatest probability of accepting a lot as bad as the LQ.")
    measure = fields.Selection(
        [("items", "Nonconforming units"), ("nonconformities", "Nonconformities")], required=True, default="items",
        string="What Is Counted")
    switching = fields.Boolean(
        string="Switching Rules", default=True, help="Normal, tightened and reduced inspection per supplier, product "
        "and class (GB/T 2828.1, clause 9).")
    skip_lot = fields.Boolean(
        string="Skip Lots", help="Lots of a qualified supplier are drawn at random to be inspected (GB/T 2828.3). "
        "The figures are agreed with the supplier.")
    skip_lots_to_qualify = fields.Integer(string="Lots to Qualify", default=10)
    skip_intervals = fields.Char(
        string="One Lot In", default="2,3", help="Intervals in their order, of 2 to 5, separated by commas.")
    skip_lots_to_next = fields.Integer(string="Lots to the Next Interval", default=10)
    skip_lots_to_requalify = fields.Integer(string="Lots to Requalify", default=4)
    skip_lots_of_interruption = fields.Integer(string="Lots of an Interruption", default=10)

    preview_code_letter = fields.Char(string="Code Letter", compute="_compute_preview")
    preview_sample_size = fields.Integer(string="n", compute="_compute_preview")
    preview_acceptance = fields.Integer(string="Preview Ac", compute="_compute_preview")
    preview_rejection = fields.Integer(string="Re", compute="_compute_preview")
    preview_error = fields.Char(compute="_compute_preview")
    oc_curve = fields.Json(string="Operating Characteristic", compute="_compute_preview")

    _class_uniq = models.UniqueIndex(
        "(plan_id, defect_class)", "A plan samples each class in one way only.")

    @api.model
    def _selection_level(self):
        return [(level, level) for level in kernel.LEVELS]

    @api.model
    def _selection_aql(self):
        return [(aql, aql) for aql in kernel.aqls()]

    @api.depends("method", "level", "aql", "percent", "fixed_size", "acceptance", "limiting_quality", "consumer_risk",
                 "measure", "plan_id.preview_lot_size", "plan_id.preview_severity")
    @api.depends_context("lang")
    def _compute_preview(self):
        for sampling in self:
            plan, error = None, False
            try:
                plan = sampling._get_sampling_plan(
                    sampling.plan_id.preview_lot_size, sampling.plan_id.preview_severity or kernel.NORMAL)
            except kernel.SamplingError as refusal:
                error = describe_error(self.env, refusal)
            sampling.preview_error = error
            sampling.preview_code_letter = plan and plan.letter or False
            sampling.preview_sample_size = plan.sample_size if plan else 0
            sampling.preview_acceptance = plan.acceptance if plan else 0
            sampling.preview_rejection = plan.rejection if plan else 0
            sampling.oc_curve = sampling._get_oc_curve(plan) if plan else {"error": error} if error else False

    @api.constrains("method", "level", "aql", "percent", "fixed_size", "acceptance", "limiting_quality",
                    "consumer_risk", "measure", "skip_lot", "skip_lots_to_qualify", "skip_intervals",
                    "skip_lots_to_next", "skip_lots_to_requalify", "skip_lots_of_interruption", "defect_class")
    def _check_kernel(self):
        """A lot of 100 must have a plan: what the kernel refuses for every lot cannot be saved."""
        for sampling in self:
            try:
                if sampling.method == "fixed":
                    kernel.fixed_plan(max(sampling.fixed_size, 1) + 1, sampling.fixed_size, sampling.acceptance,
                                      sampling.measure)
                elif sampling.method == "isolated":
                    sampling._check_limiting_quality()
                else:
                    sampling._get_sampling_plan(100)
                if sampling.skip_lot:
                    sampling._check_skip_lot()
            except kernel.SamplingError as refusal:
                raise ValidationError(self.env._(
                    "Sampling of class %(defect_class)s in plan %(plan)s: %(problem)s", plan=sampling.plan_id.name,
                    defect_class=sampling._get_class_label(),
                    problem=describe_error(self.env, refusal))) from refusal

    def _check_limiting_quality(self):
        """The kernel knows plans for some LQs only; which ones, the inspector must not learn at the first lot."""
        known = kernel.vouched_limiting_qualities()
        if self.limiting_quality not in map(float, known):
            raise ValidationError(self.env._(
                "Sampling of class %(defect_class)s in plan %(plan)s: there is no confirmed plan for an isolated lot "
                "at an LQ of %(lq)s. Choose one of %(known)s, or zero acceptance by LQ, which is computed for any.",
                plan=self.plan_id.name, defect_class=self._get_class_label(), lq=plain(self.limiting_quality),
                known=", ".join(known)))

    def _check_skip_lot(self):
        if self.method != "aql":
            raise ValidationError(self.env._(
                "Lots can be skipped only where the class is sampled by AQL (plan %(plan)s).", plan=self.plan_id.name))
        kernel.skip_lot.checked(self._get_skip_rules())
        obstacle = kernel.skip_lot.obstacle(self.aql, kernel.NORMAL, self.defect_class == "critical")
        if obstacle == kernel.skip_lot.CRITICAL_CLASS:
            raise ValidationError(self.env._("Lots must not be skipped for critical characteristics."))
        if obstacle:
            raise ValidationError(self.env._(
                "Lots must not be skipped for an AQL below %(aql)s.", aql=kernel.skip_lot.LOWEST_AQL))

    def _get_class_label(self):
        return self._get_selection_label("defect_class")

    def _get_skip_rules(self):
        """The agreed figures of skip-lot sampling, for the kernel."""
        self.ensure_one()
        texts = (self.skip_intervals or "").replace("，", ",").split(",")
        intervals = tuple(int(text) if text.strip().isdigit() else 0 for text in texts)
        return kernel.skip_lot.Rules(
            self.skip_lots_to_qualify, intervals, self.skip_lots_to_next, self.skip_lots_to_requalify,
            self.skip_lots_of_interruption)

    def _get_sampling_plan(self, lot_size, severity=kernel.NORMAL):
        """The kernel's plan for a lot, None where nothing is sampled.

        :param lot_size: whole number of units
        :param severity: normal, tightened or reduced (only AQL sampling differs by it)
        :raise kernel.SamplingError: the kernel does not vouch for such a plan
        """
        self.ensure_one()
        if self.method == "none":
            return None
        if self.method == "aql":
            return kernel.single_plan(lot_size, self.level, self.aql, severity, self.measure)
        if self.method == "isolated":
            return kernel.isolated_plan(lot_size, self.limiting_quality)
        if self.method == "zero_acceptance":
            return kernel.zero_acceptance_plan(lot_size, self.limiting_quality, self.consumer_risk)
        if self.method == "percentage":
            return kernel.percentage_plan(lot_size, self.percent, self.acceptance, self.measure)
        if self.method == "fixed":
            return kernel.fixed_plan(lot_size, self.fixed_size, self.acceptance, self.measure)
        return kernel.whole_plan(lot_size, self.acceptance, self.measure)

    @api.model
    def _get_oc_curve(self, plan):
        """What the curve's widget draws: points of quality (%) and probability (0..1), and the risk points."""
        risks = kernel.risk_points(plan)
        return {
            "points": [list(point) for point in kernel.oc_curve(plan, points=61)],
            "sample_size": plan.sample_size,
            "acceptance": plan.acceptance,
            "aql": float(plan.aql) if plan.aql else False,
            "measure": plan.measure,
            "consumer_risk": 0.1,
            **{name: False if value is None else value for name, value in risks.items()},
        }
