from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ScanFlowInspect(models.AbstractModel):
    """Inspect where the goods stand, with photos (SCN-1, REC-3, REC-4). Results are saved as the screen saves them.

    States: ``choose`` → ``results`` (→ ``photo``, ``note``, ``instrument`` and back) → ``done``.
    """

    _name = "scan.flow.inspect"
    _inherit = "scan.inspection"
    _description = "Scanning: Inspect"

    _flow_icon = "fa-check-square-o"
    _flow_sequence = 16

    @api.model
    def _flow_label(self):
        return self.env._("Inspect")

    @api.model
    def _get_job_domain(self):
        mine = Domain("inspector_id", "in", (False, self.env.uid))
        return (Domain("state", "in", ("pending", "in_progress")) & mine
                & Domain("company_id", "=", self.env.company.id))

    @api.model
    def _open(self, walk, inspection):
        if inspection.state in ("done", "cancelled", "draft"):
            raise UserError(self._says().inspection_over(inspection.name))
        inspection.action_start()
        walk.memory = {"inspection": inspection.id}
        walk.go("results")
        return self._message("success", inspection.display_name)

    @api.model
    def _get_inspection(self, walk):
        return self.env["quality.inspection"].browse(walk.memory["inspection"])

    @api.model
    def _get_current(self, walk, data):
        """The result in hand: the one that was touched, else the first that is missing."""
        lines = {line["id"]: line for line in data["lines"]}
        return lines.get(walk.memory.get("current")) or next(
            (line for line in data["lines"] if not self._is_entered(line)), data["lines"][-1] if data["lines"]
            else None)

    @api.model
    def _is_by_unit(self, line):
        return line["kind"] == "measure" or line["per_unit"]

    @api.model
    def _is_entered(self, line):
        if self._is_by_unit(line):
            return len(line["measurements"]) >= max(line["sample_size"], 1)
        if line["kind"] == "text":
            return bool(line["text_value"])
        if line["kind"] in ("photo", "document"):
            return bool(line["attachments"] or line["kind"] == "document" and line["text_value"])
        return line["defect_count"] is not False

    # what is seen

    @api.model
    def _show_results(self, walk):
        data = self._get_inspection(walk).get_entry_data()
        current = self._get_current(walk, data)
        return {
            "title": data["name"], "subtitle": " · ".join(filter(None, (data["product"]["name"], data["lot"]))),
            "expect": self.env._("Enter what you find"),
            "lines": [self._describe(line, line is current) for line in data["lines"]],
            "input": self._get_input(current) if current else None,
            "buttons": self._get_buttons(current, data)}

    @api.model
    def _describe(self, line, is_current):
        limits = [f"{sign} {line[name]:g}" for sign, name in (("≥", "lower"), ("≤", "upper"))
            if line[name] is not False]
        unit = line["uom"]["name"] if line["uom"] else ""
        entered = len(line["measurements"]) if self._is_by_unit(line) else int(self._is_entered(line))
        bad = line["result"] in ("ng", "fail", "reject")
        return self._line(
            line["id"], line["name"], note=" ".join(filter(None, (
                *limits, unit if limits else "", line["instrument"]["name"] if line["instrument"] else line["method"],
                line["text_value"]))),
            done=entered, demand=max(line["sample_size"], 1) if self._is_by_unit(line) else 1,
            status="over" if bad else "done" if self._is_entered(line) else "open", current=is_current)

    @api.model
    def _get_input(self, line):
        """What the keypad is for, or the text; the event's target is the line."""
        if line["kind"] in ("text", "document"):
            return self._get_text_input(line, line["name"])
        if line["kind"] == "photo":
            return None
        if self._is_by_unit(line):
            label = self.env._("Value of piece %(number)s", number=len(line["measurements"]) + 1) \
                if line["kind"] == "measure" else self.env._(
                    "Piece %(number)s: nonconforming (0 or 1)", number=len(line["measurements"]) + 1)
        else:
            label = self.env._("Nonconforming pieces")
        unit = line["uom"]["name"] if line["kind"] == "measure" and line["uom"] else ""
        return {"id": line["id"], "kind": "quantity", "label": label, "value": None, "unit": unit, "choices": []}

    @api.model
    def _get_buttons(self, current, data):
        buttons = []
        kind = current["kind"] if current else ""
        if kind in ("check", "count") and not self._is_entered(current):
            buttons.append(self._button("ok", self.env._("In Order"), "primary"))
        if kind in ("text", "photo", "document") or kind in ("check", "count") and not self._is_entered(current):
            buttons.append(self._button("bad", self.env._("Not in Order"), "danger"))
        if kind == "measure" and current["instruments"]:
            buttons.append(self._button("instrument", self.env._("Instrument")))
        if current:
            buttons.append(self._button(
                "photo", self.env._("Photo"), "primary" if kind == "photo" and not self._is_entered(current)
                else "secondary"))
        if kind and kind not in ("text", "document"):
            buttons.append(self._button("note", self.env._("Remark")))
        if not data["missing"]:
            buttons.append(self._button("conclude", self.env._("Conclude"), "primary", self.env._(
                "Conclude the inspection by these results? They stay as they are.")))
        return [*buttons, self._button("other", self.env._("Other Goods"))]

    # results

    @api.model
    def _save(self, walk, line_id, enter):
        """Save one result, all others as they stand.

        :param enter: changes the line's entry in place
        """
        inspection = self._get_inspection(walk)
        data = inspection.get_entry_data()
        line = next((line for line in data["lines"] if line["id"] == line_id), None)
        if not line:
            raise UserError(self._says().nothing_here())
        entry = {"id": line["id"], "defect_count": line["defect_count"], "text_value": line["text_value"],
                 "measurements": [dict(one) for one in line["measurements"]]}
        enter(line, entry)
        inspection.save_results({"revision": data["revision"], "lines": [entry], "samples": []})
        walk.forget("current")
        return line["name"]

    @api.model
    def _enter(self, line, entry, value=None, is_good=None):
        """One more unit, or the number of bad ones."""
        if not self._is_by_unit(line):
            entry["defect_count"] = value if value is not None else 0 if is_good else 1
            return
        taken = {one["unit_no"] for one in entry["measurements"]}
        free = next((number for number in range(1, max(line["sample_size"], 1) + 1) if number not in taken), None)
        if free is None:
            raise UserError(self._says().all_measured(line["name"]))
        unit = {"unit_no": free, "ok": is_good if is_good is not None else not value}
        entry["measurements"].append({**unit, "value": value} if line["kind"] == "measure" else unit)

    @api.model
    def _on_quantity_results(self, walk, event):
        value = event.get("value")
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise UserError(self._says().no_quantity(value))
        name = self._save(walk, event.get("target"), lambda line, entry: self._enter(line, entry, value=value))
        return self._message("success", self._says().entered(name, value))

    @api.model
    def _on_pick_results(self, walk, event):
        # sudo: only whether it is one of it
        if event.get("value") not in self._get_inspection(walk).sudo().line_ids.ids:
            raise UserError(self._says().nothing_here())
        walk.memory["current"] = event["value"]
        return None

    @api.model
    def _on_press_results(self, walk, event):
        value = event.get("value")
        if value == "conclude":
            return self._conclude(walk)
        if value not in ("ok", "bad", "photo", "note", "instrument"):
            return self._on_press(walk, event)
        current = self._get_current(walk, self._get_inspection(walk).get_entry_data())
        if not current:
            raise UserError(self._says().nothing_here())
        if value in ("photo", "note", "instrument"):
            walk.memory["current"] = current["id"]
            walk.go(value)
            return None
        name = self._save(walk, current["id"], lambda line, entry: self._enter(line, entry, is_good=value == "ok"))
        return self._message("success", self._says().entered(
            name, self.env._("in order") if value == "ok" else self.env._("not in order")))

    @api.model
    def _conclude(self, walk):
        inspection = self._get_inspection(walk)
        inspection.action_conclude()
        walk.memory = {"title": inspection.name, "facts": []}
        walk.go("done")
        return self._message("success", self._says().concluded(
            inspection.name, inspection.quantity_accepted, inspection.quantity, inspection.product_uom_id.name))

    @api.model
    def _on_scan_results(self, walk, event):
        """Other goods: what was entered is saved."""
        return self._on_scan_done(walk, event)

    # photos

    @api.model
    def _show_photo(self, walk):
        return {**self._show_results(walk), "expect": self.env._("Take a photo"),
                "input": {"id": walk.memory["current"], "kind": "photo", "label": self.env._("Photo"), "value": None,
                          "unit": "", "choices": []},
                "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_press_photo(self, walk, event):
        walk.go("results")
        return None

    @api.model
    def _on_photo(self, walk, event):
        """A photo of a result; it may come later than the next result."""
        data = next((value for value in event["files"].values() if isinstance(value, str) and value), "")
        name = str(event.get("value") or "photo.jpg")[:100]
        target = event.get("target") or walk.memory.get("current")
        self._get_inspection(walk).add_photo(target, name, data)
        walk.go("results")
        lines = self._get_inspection(walk).sudo().line_ids  # sudo: the name of a result
        return self._message("success", self._says().photo_kept(lines.filtered(lambda line: line.id == target).name))
