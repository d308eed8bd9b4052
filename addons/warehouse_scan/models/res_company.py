from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    scan_prefix = fields.Char(
        string="Scanners Send Before", trim=False, help="What the scanners are set to put before each code.")
    scan_suffix = fields.Char(
        string="Scanners Send Behind", trim=False, help="What the scanners are set to put behind each code.")

    def write(self, vals):
        if vals.keys() & {"scan_prefix", "scan_suffix"}:
            self.env.registry.clear_cache()
        return super().write(vals)
