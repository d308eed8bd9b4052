from odoo import api, fields, models
from odoo.tools import ormcache


class TestDocumentControlRate(models.Model):
    _name = "test.document.control.rate"
    _inherit = ["document.cached.mixin"]
    _description = "Test Rate"

    name = fields.Char(required=True)
    rate = fields.Integer()
    note = fields.Char()

    @api.model
    def _get_cached_fields(self):
        return {"name", "rate"}

    @api.model
    @ormcache("name")
    def _get_rate(self, name):
        """Rate of a name; None where there is none."""
        return self.search([("name", "=", name)]).mapped("rate")
