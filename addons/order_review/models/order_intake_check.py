from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache
from odoo.tools.safe_eval import safe_eval

from ..tools.configured import ORDERED, filter_configured, is_in_column, search_configured
from .order_review_template import CLASSES

NUMBERS = ("integer", "float", "monetary")


class OrderIntakeCheck(models.Model):
    """One item of the order desk's checklist (INT-2)."""

    _name = "order.intake.check"
    _inherit = ["document.number.mixin", "order.intake.rule"]
    _description = "Intake Check"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="How the message names what is missing.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    order_class = fields.Selection(CLASSES, string="For", required=True, default="all")
    kind = fields.Selection(
        [("field", "Field of the order"), ("line", "Field of every product line"),
         ("document", "Document in force"), ("domain", "Condition")],
        required=True, default="field")
    field_id = fields.Many2one(
        "ir.model.fields", ondelete="cascade", domain="[('model', '=', 'sale.order')]")
    line_field_id = fields.Many2one(
        "ir.model.fields", ondelete="cascade", domain="[('model', '=', 'sale.order.line')]")
    document_kind = fields.Selection(selection="_selection_document_kind")
    domain = fields.Char(default="[]", help="The order must match this to pass.")

    @api.model
    def _selection_document_kind(self):
        return self.env["order.document"]._fields["kind"]._description_selection(self.env)

    @api.constrains("kind", "field_id", "line_field_id", "document_kind", "domain")
    def _check_complete(self):
        needed = {"field": "field_id", "line": "line_field_id", "document": "document_kind", "domain": "domain"}
        for check in self:
            if not check[needed[check.kind]]:
                raise ValidationError(self.env._(
                    "Intake check \"%(check)s\": fill in %(field)s.", check=check.name,
                    field=self._fields[needed[check.kind]]._description_string(self.env)))
            if check.kind == "domain":
                self._validate_domain(check.domain, "sale.order", check.name)

    @api.model
    def _validate_domain(self, text, model, name):
        try:
            Domain(safe_eval(text or "[]")).validate(self.env[model])
        except Exception as error:  # whatever is wrong with it, the person must know which text is bad, and why
            raise ValidationError(self.env._(
                "\"%(name)s\": the condition %(domain)s is not a valid filter: %(error)s",
                name=name, domain=text,
                error=self._describe_domain_fault(text, self.env[model]))) from error

    @api.model
    def _describe_domain_fault(self, text, model):
        """What is wrong with a filter that somebody typed, in the reader's language.

        :param model: recordset of the model that it is to filter
        """
        try:
            paths = [condition.field_expr for condition in Domain(safe_eval(text or "[]")).iter_conditions()]
        except Exception:  # whatever is wrong with the text
            return self.env._("it cannot be read; check its brackets, quotes and commas.")
        for path in paths:
            _fields, problem = self.env["ir.model"]._follow_path(model, path)
            if problem:
                return problem
        return self.env._("an operator or a value does not fit its field.")

    def _get_missing(self, order):
        """Names of the checks that the order does not pass, with the lines concerned."""
        missing = []
        for check in self:
            failed = getattr(check, f"_test_{check.kind}")(order)
            if failed is True:
                missing.append(check.name)
            elif failed:
                missing.append(self.env._("%(check)s (%(lines)s)", check=check.name, lines=", ".join(failed)))
        return missing

    def _test_field(self, order):
        return not order[self.field_id.name]

    def _test_line(self, order):
        return [line.product_id.display_name or line.name
                for line in order._get_review_lines() if not line[self.line_field_id.name]]

    def _test_document(self, order):
        return not any(document.kind == self.document_kind and document.state == "in_force"
                       for document in order.order_document_ids)

    def _test_domain(self, order):
        return not filter_configured(order, self.domain, order.company_id)

    @api.model
    def _get_missing_by_order(self, orders):
        """What each order still misses: ``{order: names}``; one query for the checklist."""
        checks = self.sudo().search([  # the checklist is the same for everybody
            ("company_id", "in", [*orders.company_id.ids, False])])
        return {order: checks._filter_for(order)._get_missing(order) for order in orders}

    def _filter_for(self, order):
        classes = (order._get_order_class(), "all")
        return self.filtered(lambda check: check.order_class in classes
                             and check.company_id.id in (False, order.company_id.id))

    def _get_failing_domain(self):
        """Orders that do not pass the check, see ``search_configured``; None where the order itself has to be asked."""
        self.ensure_one()
        if self.kind == "document":
            return ~Domain("order_document_ids", "any", [
                ("kind", "=", self.document_kind), ("state", "=", "in_force")])
        if self.kind == "domain":
            passing = search_configured(self.env["sale.order"], self.domain)
            return passing if passing is None else ~passing
        field = self.field_id if self.kind == "field" else self.line_field_id
        empty = self._get_empty_domain(self.env[field.model]._fields[field.name])
        return empty if empty is None or self.kind == "field" else Domain("order_line", "any", ORDERED & empty)

    @api.model
    def _get_empty_domain(self, field):
        if not is_in_column(field) or field.type in ("binary", "json", "properties"):
            return None
        return Domain(field.name, "in", [0, False]) if field.type in NUMBERS else Domain(field.name, "=", False)

    @api.model
    def _asks_for(self, vals):
        """Whether the checklist asks for one of these values, beside what it asks for as shipped."""
        return not self._get_further_fields().isdisjoint(vals)

    @api.model
    @ormcache()
    def _get_further_fields(self):
        """Names of fields that the checklist, as configured, asks for; what the code knows anyway is left out."""
        checks = self.sudo().search([("active", "=", True)])  # as above
        names = {*checks.field_id.mapped("name"), *checks.line_field_id.mapped("name")}
        for check in checks.filtered(lambda check: check.kind == "domain"):
            names |= {condition.field_expr.partition(".")[0]
                      for condition in Domain(safe_eval(check.domain or "[]")).iter_conditions()}
        known = self.env["sale.order"]._get_intake_dependencies()
        return frozenset(names.difference(name.rpartition(".")[2] for name in known))
