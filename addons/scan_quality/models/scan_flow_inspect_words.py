from odoo import api, models
from odoo.exceptions import UserError


class ScanFlowInspectWords(models.AbstractModel):
    """Results that are no number: texts, remarks, and the instrument that was measured with (REC-4).

    States: ``results`` → ``note`` or ``instrument`` and back. The code on an instrument may be scanned, too.
    """

    _inherit = "scan.flow.inspect"

    # texts

    @api.model
    def _show_note(self, walk):
        line = self._get_line(walk)
        return {**self._show_results(walk), "expect": self.env._("Write the remark"),
                "input": self._get_text_input(line, self.env._("Remark: %(result)s", result=line["name"])),
                "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _get_text_input(self, line, label):
        return {"id": line["id"], "kind": "text", "label": label, "value": line["text_value"] or "", "unit": "",
                "choices": []}

    @api.model
    def _get_line(self, walk):
        """The result in hand."""
        line = self._get_current(walk, self._get_inspection(walk).get_entry_data())
        if not line:
            raise UserError(self._says().nothing_here())
        return line

    @api.model
    def _on_text_results(self, walk, event):
        """A text is the result, or a remark on it."""
        text = str(event.get("value") or "").strip()[:500]
        if not text:
            raise UserError(self._says().nothing_here())
        name = self._save(walk, event.get("target"), lambda _line, entry: entry.update(text_value=text))
        walk.go("results")
        return self._message("success", self._says().entered(name, text))

    @api.model
    def _on_text_note(self, walk, event):
        return self._on_text_results(walk, event)

    @api.model
    def _on_press_note(self, walk, event):
        walk.go("results")
        return None

    # instruments

    @api.model
    def _show_instrument(self, walk):
        line = self._get_line(walk)
        choices = [{
            "id": one["id"], "label": one["name"],
            "note": self.env._("Calibration overdue since %(day)s", day=one["due"]) if one["overdue"] else ""}
            for one in line["instruments"]]
        return {**self._show_results(walk), "expect": self.env._("Scan or choose the instrument"),
                "input": {"id": line["id"], "kind": "choice", "label": line["name"], "value": None, "unit": "",
                          "choices": choices},
                "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_pick_instrument(self, walk, event):
        line = self._get_line(walk)
        chosen = next((one for one in line["instruments"] if one["id"] == event.get("value")), None)
        if not chosen:
            raise UserError(self._says().nothing_here())
        return self._take_instrument(walk, line, chosen)

    @api.model
    def _take_instrument(self, walk, line, instrument):
        """From now on the result is measured with it.

        :raise UserError: its calibration is over
        """
        if instrument["overdue"]:
            raise UserError(self._says().instrument_overdue(instrument["name"], instrument["due"]))
        self._save(walk, line["id"], lambda _line, entry: entry.update(instrument_id=instrument["id"]))
        walk.memory["current"] = line["id"]
        walk.go("results")
        return self._message("success", self._says().entered(line["name"], instrument["name"]))

    @api.model
    def _on_press_instrument(self, walk, event):
        walk.go("results")
        return None

    @api.model
    def _on_scan_instrument(self, walk, event):
        return self._on_scan_results(walk, event)

    @api.model
    def _on_scan_results(self, walk, event):
        """The code of an instrument is for the result in hand; anything else is other goods."""
        text = self.env["scan.code"]._read(event.get("value"), event.get("symbology")).text
        # sudo: whoever inspects may use each instrument of the company, as on the screen for results
        instrument = self.env["quality.instrument"].sudo().search([
            ("code", "=", text), ("company_id", "=", self.env.company.id)], limit=1) if text else None
        if not instrument:
            return super()._on_scan_results(walk, event)
        line = self._get_line(walk)
        if line["kind"] != "measure":
            raise UserError(self._says().nothing_to_measure(line["name"]))
        return self._take_instrument(walk, line, instrument._get_entry_data())
