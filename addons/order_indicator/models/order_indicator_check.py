import ast
import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

NUMBERS, MOMENTS = ("integer", "float", "monetary"), ("date", "datetime")
GROUPS = ("many2one", "selection", "char", "boolean")
DOMAINS = ("domain", "hit_domain")
#: Fields of an indicator by which its records are broken down, in the order in which they explain a figure.
DIMENSIONS = ("other_field", "department_field", "person_field")


class OrderIndicator(models.Model):
    """What an indicator must be to be of use: each message names the indicator, the field, and what is wrong."""

    _inherit = "order.indicator"

    @api.constrains("model", "domain", "hit_domain", "kind", "unit", "measure", "rate_field", "start_field",
                    "end_field", "date_field", "company_field", *DIMENSIONS)
    def _check_definition(self):
        if self.env.uid == api.SUPERUSER_ID:
            return  # what an addon brings may be about another one that is not installed: it is not shown then
        # Odoo checks with all rights: what counts is what its author may read
        for indicator in self.sudo(False):
            if problem := indicator._get_absence() or indicator._get_fault():
                raise ValidationError(problem)

    def _get_absence(self):
        """Which model or field of the definition is not there; None if all are."""
        self.ensure_one()
        model = self.env.get(self.model or "")
        if model is None or model._abstract or model._transient:
            return self._say("model", self.env._("%(model)s is no document of this system.", model=self.model or "–"))
        for name in (*self._get_path_kinds(), "hit_domain", "domain"):
            for path in self._get_paths(name):
                if self._follow(path) is None:
                    return self._say(name, self.env._(
                        "%(path)s is no field of %(model)s.", path=path, model=self._get_model_label()))
        return None

    def _get_fault(self):
        """What is wrong with the definition on a model that is there, for this reader; None if nothing.

        :rtype: str, in the user's words: Odoo's own errors go to the log
        """
        self.ensure_one()
        if not self.env[self.model].has_access("read"):
            return self._say("model", self.env._("you may not read %(model)s.", model=self._get_model_label()))
        for name in self._get_required():
            if not self[name]:
                return self._say(name, self.env._("it is needed for this calculation."))
        for name, (kinds, words) in self._get_path_kinds().items():
            field = self[name] and self._follow(self[name])
            if field and (field.type not in kinds or not self._is_in_database(self[name])):
                return self._say(name, self.env._("%(path)s is not %(kind)s.", path=self[name], kind=words))
        for name, wanted in (("department_field", "hr.department"), ("person_field", "res.users")):
            field = self[name] and self._follow(self[name])
            if field and field.comodel_name != wanted:
                return self._say(name, self.env._(
                    "%(path)s does not lead to %(wanted)s.", path=self[name],
                    wanted=self.env["ir.model"]._get(wanted).name))
        return self._get_domain_fault() or self._get_query_fault()

    def _get_domain_fault(self):
        for name in DOMAINS:
            if not self[name]:
                continue
            try:
                self._parse_domain(name)
            except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
                return self._say(name, self.env._(
                    "%(domain)s is not a condition made of constants: names such as uid and calculations have no "
                    "meaning here.", domain=self[name]))
        return None

    def _get_query_fault(self):
        """Whether the query can be built; it is not run."""
        try:
            self._build(self._get_periods("month").spans)
            for name in DIMENSIONS:
                if self[name]:
                    self._build(self._get_periods("month").spans[:1], by=self[name])
        except AccessError:
            return self._say("model", self.env._("you may not read all of its fields."))
        except (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, UserError) as error:
            _logger.info("Indicator %s cannot be calculated: %s", self.code or self.id, error)
            return self._say("domain", self.env._("it has an operator, a value or a bracket that does not fit."))
        return None

    # ------------------------------------------------------------- definition

    def _get_required(self):
        return {
            "ratio": ("hit_domain",), "sum": ("measure",), "average": ("measure",),
            "duration": ("start_field", "end_field"),
        }.get(self.kind, ())

    def _get_path_kinds(self):
        """Fields of the definition that are paths: the types they may lead to, and these in words."""
        number, moment = self.env._("a number"), self.env._("a date or a time")
        group = self.env._("something to group by")
        return {
            "measure": (NUMBERS, number), "rate_field": (NUMBERS, number),
            "start_field": (MOMENTS, moment), "end_field": (MOMENTS, moment), "date_field": (MOMENTS, moment),
            "company_field": (("many2one",), self.env._("a company")), **dict.fromkeys(DIMENSIONS, (GROUPS, group)),
        }

    def _get_paths(self, name):
        """Paths that a field of the definition names: its own, or those of its condition."""
        if not self[name]:
            return []
        if name not in DOMAINS:
            return [self[name]]
        try:
            return [condition.field_expr for condition in self._parse_domain(name).iter_conditions()]
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return []  # the next look says what is wrong

    def _parse_domain(self, name):
        """A condition of the definition.

        :raise ValueError: it is none (or any other error of ``ast.literal_eval``)
        """
        return Domain(ast.literal_eval(self[name] or "[]"))

    def _follow(self, path):
        """The field at the end of a path; None where there is none. A date may be followed by a part of it."""
        model, field = self.env[self.model], None
        for part in path.split("."):
            if field is not None and not field.relational:
                return field if field.type in (*MOMENTS, "properties") else None
            field = model._fields.get(part) if model is not None else None
            if field is None:
                return None
            model = self.env.get(field.comodel_name or "")
        return field

    def _is_in_database(self, path):
        """Whether the database knows the field at the end of a path, or of the path that it is related to."""
        field = self._follow(path)
        return bool(field.store or (field.related and not field.company_dependent))

    def _get_model_label(self):
        # sudo: the name of a model is no secret
        return self.env["ir.model"].sudo()._get(self.model).name or self.model

    def _say(self, name, message):
        return self.env._(
            "Indicator %(indicator)s, field %(field)s: %(message)s", indicator=self.name or self.code or "–",
            field=self._get_field_label(name), message=message)
