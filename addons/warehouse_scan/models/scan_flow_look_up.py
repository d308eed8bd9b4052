from odoo import api, models


class ScanFlowLookUp(models.AbstractModel):
    """What is this code: product, lot, where, whose. Nothing is ever booked here (SCN-1)."""

    _name = "scan.flow.look_up"
    _inherit = "scan.flow"
    _description = "Scanning: Look Up"

    _flow_icon = "fa-search"
    _flow_sequence = 90
    _flow_groups = ("stock.group_stock_user",)
    _flow_start = "show"

    @api.model
    def _flow_label(self):
        return self.env._("Look Up")

    @api.model
    def _on_scan(self, walk, event):
        reading, found = self._resolve(event)
        records = next((records for records in found.values() if records), None)
        if records is None:
            self._refuse_unknown(reading)
        walk.memory["facts"] = self._get_facts(reading, found)
        walk.memory["title"] = records[:1].display_name
        return self._message("success", walk.memory["title"])

    @api.model
    def _show_show(self, walk):
        return {
            "title": walk.memory.get("title") or self._flow_label(), "facts": walk.memory.get("facts") or [],
            "expect": self.env._("Scan any code"), "undo": False}

    @api.model
    def _get_facts(self, reading, found):
        """Rows of label and value about what was found."""
        says = self._says()
        facts = [self._fact(says.kind_of_record(kind), record.display_name)
                 for kind, records in found.items() for record in records]
        return facts

    @api.model
    def _fact(self, label, value):
        return {"label": label, "value": value}
