import json

from odoo import api, fields, models

from ..tools import snapshot


class SpreadsheetDashboard(models.Model):
    """A dashboard that is made for its reader when he opens it (RPT-2).

    What is not installed is not there; of what he may not read there is a word who may. A spreadsheet that names such a
    model shows errors in its cells. Figures and charts are those of Odoo: a click opens their records.
    """

    _inherit = "spreadsheet.dashboard"

    indicator_board = fields.Selection(
        [("order", "Order to Service"), ("supply", "Quality and Supply")], string="Made by the Managers' Board",
        help="Left empty: the spreadsheet that was saved.")

    def _get_serialized_readonly_dashboard(self):
        body = super()._get_serialized_readonly_dashboard()
        if not self.indicator_board:
            return body
        made = json.loads(body)
        made["snapshot"] = self._make_snapshot() | {"settings": made["snapshot"].get("settings", {})}
        return json.dumps(made)

    def _make_snapshot(self):
        blocks = [self._for_reader(block) for block in self._get_blocks() if self._is_installed(block)]
        types = [{block.date: self.env[block.model]._fields[block.date].type if block.date else None}
                 for block in blocks]
        return snapshot.build(self.name, blocks, types, self.env._("Period"))

    def _is_installed(self, block):
        model = self.env.get(block.model)
        return model is not None and block.get_fields() <= model._fields.keys()

    def _for_reader(self, block):
        """The block, or a word who sees it."""
        model = self.env[block.model]
        if model.has_access("read") and all(
                model._has_field_access(model._fields[name], "read") for name in block.get_fields()) and all(
                self._may_follow(model, path) for path in block.get_paths()):
            return block
        groups = self.env["ir.model.access"].sudo().group_names_with_access(block.model, "read")  # no secret
        return block._replace(note=self.env._(
            "Not for you to read. Who may: %(groups)s.", groups=", ".join(groups[:4]) or "–"))

    @api.model
    def _may_follow(self, model, path):
        """Whether the reader may read the models on a path's way."""
        for name in path.split(".")[:-1]:
            model = self.env[model._fields[name].comodel_name]
            if not model.has_access("read"):
                return False
        return True
