import ast
import logging
import re
from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import OrderedSet

_logger = logging.getLogger(__name__)

#: fields that change as the days pass, which neither their dependencies nor their search methods tell
CHANGE_BY_THE_DAY = {"activity_state"}


class SlaPolicy(models.Model):
    """What a condition must be to be noticed: found by the database, and changed by nothing but writing.

    Conditions are looked at when something is written. One that becomes true because time passes would never be
    noticed; time passing is what limits before and after a date are for.
    """
    _inherit = "sla.policy"

    def _get_domain_problem(self, text):
        """What is wrong with a condition, in the user's words; None if nothing.

        Odoo's own errors name models and fields by their technical names, in English: they go to the log.
        """
        try:
            literal = ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return self.env._(
                "%(domain)s is not a condition made of constants: names such as uid or today and calculations have no "
                "meaning here. Choose it with the editor.", domain=text)
        try:
            domain = Domain(literal)
            # sudo: it is the engine that will read the records; the query is built, not run
            model = self.env[self.model].sudo()
            problem = self._get_condition_problem(model, domain)
            if not problem:
                model._search(domain)
        except (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, UserError) as error:
            _logger.info("Time limit policy %r, condition %s: %s", self.name, text, error)
            problem = self.env._("it has an operator, a value or a bracket that does not fit.")
        return problem and self.env._("%(domain)s: %(problem)s", domain=text, problem=problem)

    def _get_condition_problem(self, model, domain):
        """The first of a domain's conditions that can never work; None if all can."""
        for condition in domain.iter_conditions():
            field, problem = self._follow_condition(model, condition.field_expr)
            if not problem and condition.operator.rstrip("!").endswith("any") and field.relational:
                problem = self._get_condition_problem(self.env[field.comodel_name].sudo(), Domain(condition.value))
            elif not problem and self._is_relative(model, field, condition):
                problem = self.env._(
                    "%(field)s is compared with a date that moves as time passes, and nobody would notice. Give fixed "
                    "dates, or count the limit before or after that date.", field=self._get_label(field))
            if problem:
                return problem
        return None

    def _follow_condition(self, model, path):
        """The field that a path leads to, and what is wrong with the path."""
        fields, problem = self.env["ir.model"]._follow_path(model, path)
        if problem:
            return None, problem
        for field in fields:
            if field.store or field.name in ("id", "display_name") or not field.compute:
                continue
            if not field.search:
                return field, self.env._("%(field)s cannot be searched by.", field=self._get_label(field))
            if not self.env.registry.field_depends[field]:
                return field, self.env._(
                    "nothing says when %(field)s changes, so it would not be noticed.", field=self._get_label(field))
        return fields[-1], None

    def _is_relative(self, model, field, condition):
        """Whether the condition compares with a date that depends on when it is asked."""
        if field.name in CHANGE_BY_THE_DAY:
            return True
        if field.type in ("date", "datetime"):
            return any(isinstance(value, str) and not re.match(r"\d+-", value) for value in _values(condition.value))
        if field.store or not field.search:
            return False
        # dates that the field's own search method brings in can only be those of today
        found = Domain(condition.field_expr, condition.operator, condition.value).optimize_full(model)
        return any(isinstance(value, date) for part in _conditions(found) for value in _values(part.value))

    def _get_label(self, field):
        return self.env[field.model_name]._get_field_label(field.name)


def _values(value):
    return value if isinstance(value, (list, tuple, set, OrderedSet)) else [value]


def _conditions(domain):
    """All conditions of an optimized domain, those within others too."""
    for condition in domain.iter_conditions():
        yield condition
        if isinstance(condition.value, Domain):
            yield from _conditions(condition.value)
