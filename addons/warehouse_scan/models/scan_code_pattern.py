import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools import code_reader


class ScanCodePattern(models.Model):
    """How a supplier's own code is to be read: an expression with named groups (SCN-2)."""

    _name = "scan.code.pattern"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "Pattern of Codes"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, aggregator=None)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade", help="None: of all companies.")
    partner_id = fields.Many2one("res.partner", string="Supplier", ondelete="set null", check_company=True)
    expression = fields.Char(
        required=True,
        help="A regular expression of the whole code with named groups: product, gtin, lot, serial, quantity, weight, "
             "expiry, production, order, location, package. "
             "Example: (?P<product>[^|]+)\\|(?P<lot>[^|]+)\\|(?P<quantity>\\d+)")
    sample = fields.Char(help="A code as the scanner sends it: below stands what is read.")
    sample_read = fields.Text(string="Is Read As", compute="_compute_sample_read")

    @api.depends("expression", "sample")
    def _compute_sample_read(self):
        for pattern in self:
            expression = pattern._compile()
            match = expression and pattern.sample and expression.fullmatch(pattern.sample.strip())
            pattern.sample_read = "\n".join(
                f"{group}: {text}" for group, text in match.groupdict().items() if text) if match else False

    @api.constrains("expression")
    def _check_expression(self):
        for pattern in self:
            expression = pattern._compile()
            groups = set(expression.groupindex) if expression else set()
            wrong = groups - set(code_reader.GROUPS)
            if not groups or wrong:
                raise ValidationError(self.env._(
                    "%(pattern)s: this is no expression with groups of these names: %(groups)s.",
                    pattern=pattern.display_name, groups=", ".join(code_reader.GROUPS)))

    def _compile(self):
        try:
            return re.compile(self.expression or "")
        except re.error:
            return None

    @api.model
    @tools.ormcache("company_id")
    def _get_device(self, company_id):
        """How a company's codes come: patterns (name, compiled expression) in their order, prefixes, suffixes."""
        # sudo: whoever scans reads labels
        patterns = self.sudo().search([("company_id", "in", (company_id, False))])
        company = self.env["res.company"].sudo().browse(company_id)
        return (tuple((pattern.name, expression) for pattern in patterns if (expression := pattern._compile())),
                (company.scan_prefix,), (company.scan_suffix,))
