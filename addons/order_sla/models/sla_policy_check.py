from odoo import api, models
from odoo.exceptions import ValidationError

from ..kernel import limits
from .sla_policy_watch import DOMAIN_FIELDS

NUMBERS, MOMENTS = ("integer", "float", "monetary"), ("date", "datetime")


class SlaPolicy(models.Model):
    """What a policy must be to be of use: each message names the policy and the field."""
    _inherit = "sla.policy"

    @api.constrains("model_id", *DOMAIN_FIELDS)
    def _check_domains(self):
        for policy in self:
            for name in DOMAIN_FIELDS:
                if policy[name] and (problem := policy._get_domain_problem(policy[name])):
                    policy._refuse(name, problem)

    @api.constrains("limit_source", "limit_value", "limit_unit")
    def _check_limit(self):
        for policy in self:
            if policy.limit_source == "fixed" and limits.is_too_long(policy.limit_value, policy.limit_unit):
                policy._refuse("limit_value", self.env._(
                    "%(limit)s %(unit)s is longer than %(days)s days, the longest time limit that can be counted.",
                    limit=policy.limit_value, unit=policy._get_selection_label("limit_unit"), days=limits.LONGEST_DAYS))

    @api.constrains("model_id", "limit_source", "limit_field", "anchor", "anchor_field", "responsible_kind",
                    "responsible_field", "department_field")
    def _check_paths(self):
        for policy in self:
            if policy.limit_source == "field":
                policy._check_path("limit_field", NUMBERS, self.env._("a number"))
            if policy.anchor != "start":
                policy._check_path("anchor_field", MOMENTS, self.env._("a date or a time"))
            if policy.responsible_kind == "field":
                policy._check_path("responsible_field", ("res.users", "hr.employee"),
                                   self.env._("a user or an employee"))
            if policy.department_field:
                policy._check_path("department_field", ("hr.department",), self.env._("a department"))

    @api.constrains("responsible_kind", "user_id", "department_id", "department_field")
    def _check_responsible(self):
        for policy in self:
            if policy.responsible_kind == "user" and not policy.user_id:
                policy._refuse("user_id", self.env._("choose the user who is responsible."))
            if policy.responsible_kind == "department" and not (policy.department_id or policy.department_field):
                policy._refuse("department_id", self.env._(
                    "choose a department, or the field of the record that holds it."))

    @api.constrains("model_id")
    def _check_model(self):
        for policy in self:
            model = self.env.registry.get(policy.model_id.model)
            if model is None or not issubclass(model, self.env.registry["sla.mixin"]):
                policy._refuse("model_id", self.env._("this document cannot have time limits."))
        self.step_ids._check_action()

    def _check_path(self, name, wanted, words):
        """The field at the end of the path has one of the wanted types, or leads to one of the wanted models."""
        model, field = self.env[self.model], None
        for part in (self[name] or "").split("."):
            field = model._fields.get(part) if model is not None else None
            if field is None:
                break
            model = self.env[field.comodel_name] if field.relational else None
        if field is None or (field.type not in wanted and field.comodel_name not in wanted):
            self._refuse(name, self.env._(
                "%(path)s must lead from the document to %(wanted)s.", path=self[name] or "–", wanted=words))

    def _refuse(self, name, message):
        raise ValidationError(self.env._(
            "Time limit policy %(policy)s, field %(field)s: %(message)s",
            policy=self.name, field=self._get_field_label(name), message=message))
