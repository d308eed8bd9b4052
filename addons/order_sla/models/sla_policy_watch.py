import ast
import logging
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import ormcache

_logger = logging.getLogger(__name__)

DOMAIN_FIELDS = ("start_domain", "stop_domain", "pause_domain", "cancel_domain")
PATH_FIELDS = ("limit_field", "anchor_field", "responsible_field", "department_field")


class Watched(NamedTuple):
    """What policies look at on one model."""
    policy_ids: tuple      # policies on records of the model itself
    fields: dict           # field name -> frozenset of (watched model, path from there to this model)
    inverses: dict         # many2one name -> same: records of this model join and leave others through it
    computed: frozenset    # stored computed fields among ``fields``
    foreign: frozenset     # paths to records whose writing goes unnoticed: their model has no time limits


class SlaPolicy(models.Model):
    """What a policy looks at, and which of its domains a record matches."""
    _inherit = "sla.policy"

    @api.model
    @ormcache(cache="stable")
    def _watch_map(self):
        """What the active policies look at: ``{model name: Watched}``.

        Cached until a policy changes, so that writing a record that nobody watches costs no query.
        """
        # sudo: the engine works for whoever writes the record
        policies = self.sudo().search([("active", "=", True)])
        own, fields, inverses, foreign = (defaultdict(make) for make in (list, _sets, _sets, set))
        for policy in policies:
            if policy.model not in self.env:
                continue
            model = self.env[policy.model]
            try:
                domains = [Domain(ast.literal_eval(policy[name])) for name in DOMAIN_FIELDS if policy[name]]
                domains = [domain.optimize(model) for domain in domains]
            except (ValueError, TypeError, SyntaxError) as error:
                # A field that an uninstalled addon took along must not stop people from saving records.
                _logger.warning("Time limit policy %r is left out, its domains no longer fit: %s", policy.name, error)
                continue
            own[policy.model].append(policy.id)
            watcher = _Watcher(self.env, policy.model, fields, inverses, foreign)
            for path in ("company_id", *(policy[name] for name in PATH_FIELDS if policy[name])):
                watcher.add_path(path)
            for domain in domains:
                watcher.add_domain(model, domain)
        return {
            model: Watched(
                tuple(own.get(model, ())),
                {name: frozenset(targets) for name, targets in fields[model].items()},
                {name: frozenset(targets) for name, targets in inverses[model].items()},
                frozenset(name for name in fields[model]
                          if self.env[model]._fields[name].compute and self.env[model]._fields[name].store),
                frozenset(foreign.get(model, ())),
            )
            for model in {*own, *fields, *inverses}
        }

    @ormcache("self.id", cache="stable")
    def _domains(self):
        """The policy's domains, parsed: ``{field name: Domain or None}``."""
        return {name: Domain(ast.literal_eval(self[name])) if self[name] else None for name in DOMAIN_FIELDS}

    @api.model
    def _fetch_watched(self, records):
        """Read what policies look at of the records, and no more: an order has a hundred columns."""
        watched = self._watch_map().get(records._name)
        names = [name for name, targets in (watched.fields.items() if watched else ())
                 if (records._name, "") in targets and records._fields[name].store]
        records.fetch(names)

    def _verdicts(self, records, running):
        """What the policy says about each record now.

        :param records: records of the policy's model
        :param running: set of ids of the records that have an open clock of this policy
        :return: ``{record id: "idle" | "run" | "pause" | "stop" | "cancel"}``
        """
        self.ensure_one()
        domains = self._domains()
        started = set(records.filtered_domain(domains["start_domain"] or Domain.TRUE).ids)
        concerned = records.browse(id_ for id_ in records._ids if id_ in started or id_ in running)
        verdicts = dict.fromkeys(records.ids, "idle")

        def matching(name):
            return set(concerned.filtered_domain(domains[name]).ids) if domains[name] is not None else set()

        paused, cancelled = matching("pause_domain"), matching("cancel_domain")
        stopped = matching("stop_domain") if domains["stop_domain"] is not None else set(concerned.ids) - started
        for record_id in concerned.ids:
            verdicts[record_id] = (
                "cancel" if record_id in cancelled else "stop" if record_id in stopped
                else "pause" if record_id in paused else "run")
        return verdicts

    def _of_company(self, records):
        """Those of the records that the policy is for."""
        company_id = self._get_rule().company_id
        if not company_id or "company_id" not in records._fields:
            return records
        return records.filtered(lambda record: record.company_id.id == company_id)


def _sets():
    return defaultdict(set)


class _Watcher:
    """Collects the fields that paths and domains of one model look at."""

    #: a recursive field (a parent's name within a name) is followed so far
    DEPTH = 4

    def __init__(self, env, model, fields, inverses, foreign):
        self.env, self.model, self.fields, self.inverses, self.foreign = env, model, fields, inverses, foreign
        self.mixin, self.done = env.registry["sla.mixin"], set()

    def add_path(self, path, prefix="", start=None):
        """Note all fields along a dotted path; ``prefix`` leads from the watched model to where it starts."""
        model = self.env[start or self.model]
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None:
                return
            self.add_field(model, field, prefix)
            if not field.relational:
                return
            prefix = f"{prefix}.{name}" if prefix else name
            model = self.env[field.comodel_name]

    def add_domain(self, model, domain, prefix=""):
        for condition in domain.optimize(model).iter_conditions():
            name = condition.field_expr.split(".")[0]
            self.add_path(name, prefix, model._name)
            field = model._fields.get(name)
            if condition.operator.rstrip("!").endswith("any") and isinstance(condition.value, Domain):
                self.add_domain(self.env[field.comodel_name], condition.value,
                                f"{prefix}.{name}" if prefix else name)

    def add_field(self, model, field, prefix):
        if (field, prefix) in self.done or prefix.count(".") >= self.DEPTH:
            return
        self.done.add((field, prefix))
        if prefix and not isinstance(model, self.mixin) and model._log_access:
            self.foreign[self.model].add(prefix)
        if field.store or not field.compute:
            self.fields[model._name][field.name].add((self.model, prefix))
        if field.type == "one2many" and field.inverse_name:
            path = f"{prefix}.{field.name}" if prefix else field.name
            self.inverses[field.comodel_name][field.inverse_name].add((self.model, path))
        if field.compute and not field.store:
            for path in self.env.registry.field_depends[field]:
                self.add_path(path, prefix, model._name)
