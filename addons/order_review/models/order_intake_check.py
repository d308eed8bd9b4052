from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..tools.configured import filter_configured
from .order_review_template import CLASSES


class OrderIntakeCheck(models.Model):
    """One item of the order desk's checklist (INT-2)."""

    _name = "order.intake.check"
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
    def _find_for(self, order, order_class):
        return self.sudo().search([  # the checklist is the same for everybody
            ("company_id", "in", [order.company_id.id, False]), ("order_class", "in", [order_class, "all"])])
