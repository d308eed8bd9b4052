from odoo import api, fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.cached.mixin"]

    scan_prefix = fields.Char(
        string="Scanners Send Before", trim=False, help="What the scanners are set to put before each code.")
    scan_suffix = fields.Char(
        string="Scanners Send Behind", trim=False, help="What the scanners are set to put behind each code.")

    @api.model
    def _get_cached_fields(self):
        """How the scanners are set is kept beside the patterns of codes."""
        return (super()._get_cached_fields() or set()) | {"scan_prefix", "scan_suffix"}
