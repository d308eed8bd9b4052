from odoo import api, fields, models


class MaterialPeggingRun(models.Model):
    """When what covers what was computed, and how much that was."""

    _name = "material.pegging.run"
    _description = "Pegging Run"
    _order = "computed_on desc, id desc"
    _rec_name = "computed_on"
    _log_access = False

    computed_on = fields.Datetime(string="As Of", required=True, readonly=True, index=True)
    is_full = fields.Boolean(string="Everything", readonly=True)
    product_count = fields.Integer(string="Products", readonly=True, help="That were asked for; none: all.")
    peg_count = fields.Integer(string="Pegs", readonly=True)
    seconds = fields.Float(readonly=True, digits=(16, 3))

    @api.autovacuum
    def _gc_runs(self):
        """Runs of the last month are kept, and the last one."""
        last = self.search([], limit=1)
        self.search([
            ("computed_on", "<", fields.Datetime.subtract(fields.Datetime.now(), days=30)), ("id", "!=", last.id),
        ]).unlink()
