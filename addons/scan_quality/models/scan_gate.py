from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.warehouse_scan.tools.numbers import is_count


class ScanGate(models.AbstractModel):
    """What passes the gate, out or in, by its pass (NCR-5). All of it is stock.gate.pass's own doing.

    States: ``choose`` → ``goods`` → ``done``.
    """

    _name = "scan.gate"
    _inherit = "scan.flow"
    _description = "Scanning at the Gate"

    _flow_groups = ("stock_gate_pass.group_gate_guard", "stock.group_stock_user")
    #: out or in.
    _way = ""

    @api.model
    def _get_passes(self):
        return self.env["stock.gate.pass"]

    @api.model
    def _count_jobs(self):
        return len(self._get_passes().get_expected()[self._way])

    @api.model
    def _get_today_jobs(self):
        names = [row["name"] for row in self._get_passes().get_expected()[self._way]]
        # sudo: the number only, of passes that he is shown here
        return list(self._get_passes().sudo().search([
            ("name", "in", names), ("company_id", "=", self.env.company.id)]))

    @api.model
    def _show_choose(self, walk):
        return {
            "expect": self.env._("Scan the gate pass"),
            "lines": [self._line(row["name"], row["name"], note=" · ".join(filter(None, (
                row["partner"], row["vehicle"], ", ".join(row["goods"])))), status="hold" if row["is_overdue"]
                else "open")
                for row in self._get_passes().get_expected()[self._way]]}

    @api.model
    def _on_scan(self, walk, event):
        reading = self.env["scan.code"]._read(event.get("value"), event.get("symbology"))
        return self._open(walk, reading.text)

    @api.model
    def _on_pick_choose(self, walk, event):
        return self._open(walk, event.get("value"))

    @api.model
    def _open(self, walk, code):
        answer = self._get_passes().scan(str(code or "")[:200])
        if answer["state"] != f"ready_{self._way}":
            if answer["message"]["type"] == "danger" or not answer["data"]:
                raise UserError(answer["message"]["text"])
            raise UserError(self._says().not_this_way(answer["data"]["name"], self._flow_label()))
        walk.memory = {"code": answer["data"]["name"], "quantities": {}}
        walk.go("goods")
        kind = "warning" if answer["message"]["type"] == "warning" else "success"
        return self._message(kind, f"{answer['data']['name']}: {answer['message']['text']}")

    @api.model
    def _get_rows(self, walk):
        """Lines of the pass with what may pass now: ``(row, quantity)``."""
        data = self._get_passes().scan(walk.memory["code"])["data"]
        if not data:
            raise UserError(self._says().nothing_here())
        return [(row, row["quantity"] if self._way == "out" else row["balance"]) for row in data["lines"]], data

    @api.model
    def _show_goods(self, walk):
        rows, data = self._get_rows(walk)
        typed, current = walk.memory["quantities"], walk.memory.get("current")
        return {
            "title": data["name"], "subtitle": " · ".join(filter(None, (data["partner"], data["vehicle"],
            data["driver"]))),
            "expect": self.env._("Compare the goods with the list"),
            "lines": [self._line(
                row["id"], row["product"], lot=row["lot"] or "", unit=row["uom"], demand=limit,
                done=typed.get(str(row["id"]), limit), status="done", current=row["id"] == current) for row,
                limit in rows],
            "buttons": [self._button("pass", self._get_pass_label(), "primary"),
                        self._button("other", self.env._("Other Pass"))]}

    @api.model
    def _get_pass_label(self):
        return self._flow_label()

    @api.model
    def _on_pick_goods(self, walk, event):
        if event.get("value") not in {row["id"] for row, _limit in self._get_rows(walk)[0]}:
            raise UserError(self._says().nothing_here())
        walk.memory["current"] = event["value"]
        return None

    @api.model
    def _on_quantity_goods(self, walk, event):
        rows, target = self._get_rows(walk)[0], event.get("target")
        limits = {row["id"]: limit for row, limit in rows}
        if target not in limits or not is_count(event.get("value")) or event["value"] > limits[target]:
            raise UserError(self._says().no_quantity(event.get("value")))
        walk.memory["quantities"] = {**walk.memory["quantities"], str(target): event["value"]}
        walk.memory["current"] = target
        return None

    @api.model
    def _on_press(self, walk, event):
        if event.get("value") == "other":
            walk.memory, walk.past = {}, []
            walk.go("choose")
            return None
        if event.get("value") != "pass" or walk.state != "goods":
            raise UserError(self._says().nothing_here())
        typed = walk.memory["quantities"]
        quantities = {str(row["id"]): typed.get(str(row["id"]), limit) for row, limit in self._get_rows(walk)[0]}
        passes = self._get_passes()
        method = passes.scan_out if self._way == "out" else passes.scan_in
        answer = method(walk.memory["code"], quantities if typed else None)
        if answer["message"]["type"] == "danger":
            raise UserError(answer["message"]["text"])
        walk.memory = {"title": walk.memory["code"]}
        walk.go("done")
        return self._message("success", answer["message"]["text"])

    @api.model
    def _show_done(self, walk):
        return {"title": walk.memory["title"], "expect": self.env._("Scan the next gate pass"), "finished": True,
                "buttons": [self._button("other", self.env._("Next"), "primary")]}
