from odoo import api, models
from odoo.exceptions import UserError

KINDS = ("start", "scan", "press", "pick", "quantity", "text", "photo", "undo")


class ScanFlow(models.AbstractModel):
    """A flow: its states, and what each event does in each of them. One model per flow, named ``scan.flow.<name>``.

    An event is taken by ``_on_<kind>_<state>``, or ``_on_<kind>`` where the state makes no difference; what the person
    sees is ``_show_<state>``. The client draws what it is answered and holds no rule.
    """

    _name = "scan.flow"
    _description = "Scanning Flow"

    #: Symbol on the first page; place there; groups of which one must be had; first state.
    _flow_icon = "fa-barcode"
    _flow_sequence = 50
    _flow_groups = ()
    _flow_start = "choose"

    # what the engine asks

    @api.model
    def _flow_label(self):
        """What the flow is called on the first page."""
        return self._get_flow_name()

    @api.model
    def _get_flow_name(self):
        return self._name.removeprefix("scan.flow.")

    @api.model
    def _get_flow_names(self):
        """``{technical name: model}`` of all flows that are installed, as they stand on the first page."""
        models_ = [name for name in self.env.registry if name.startswith("scan.flow.")]
        models_.sort(key=lambda name: (self.env[name]._flow_sequence, name))
        return {name.removeprefix("scan.flow."): name for name in models_}

    @api.model
    def _is_allowed(self):
        """Whether the user has the role of this flow."""
        return any(self.env.user.has_group(group) for group in self._flow_groups)

    @api.model
    def _check_allowed(self):
        """:raise UserError: no such role"""
        if not self._is_allowed():
            raise UserError(self._says().not_allowed(self._flow_label()))

    @api.model
    def _count_jobs(self):
        """How many jobs wait; None where the flow has no list."""
        return None

    @api.model
    def _get_today_jobs(self):
        """Documents or locations whose labels a person needs today, a list."""
        return []

    # events

    @api.model
    def _read_event(self, said):
        """An event as it was sent, or what can be made of it: ``{kind, value, target, symbology, seen}``."""
        event = said.get("event")
        event = dict(event) if isinstance(event, dict) else {}
        if event.get("kind") not in KINDS:
            raise UserError(self._says().not_understood())
        for name in ("value", "target", "seen", "symbology"):
            plain = isinstance(event.get(name), str | int | float | None)
            if not plain and not (name == "value" and event["kind"] == "start"):
                event[name] = None  # no page sends this
        event["files"] = {name: value for name, value in said.items() if name not in ("run", "flow", "event",
            "company")}
        return event

    @api.model
    def _take(self, walk, event):
        """Do what an event says.

        :return: message, or None
        :raise UserError: it cannot be; nothing is booked
        """
        walk.seen = event.get("seen")
        kind = event["kind"]
        handler = getattr(self, f"_on_{kind}_{walk.state}", None) or getattr(self, f"_on_{kind}", None)
        if not handler:
            raise UserError(self._says().nothing_here())
        if kind in ("undo", "start"):
            return handler(walk, event.get("value"))
        return handler(walk, event)

    @api.model
    def _fail(self, walk, event, error):
        """What a person is told of an error; the walk stands where it stood."""
        return self._message("error", str(error.args[0] if error.args else error))

    @api.model
    def _on_start(self, walk, value):
        """A flow begins with its list; where a document is given, with this."""
        return None

    @api.model
    def _on_undo(self, walk, value):
        raise UserError(self._says().nothing_to_undo())

    # answers

    @api.model
    def _says(self):
        return self.env["scan.message"]

    @api.model
    def _message(self, kind, text):
        return {"kind": kind, "text": text}

    @api.model
    def _show(self, walk):
        """What the person sees in this state."""
        data = {
            "title": self._flow_label(), "subtitle": "", "expect": "", "offline": False, "lines": [], "hidden": 0,
            "input": None, "buttons": [], "facts": [], "undo": bool(walk.past), "finished": False}
        data.update(getattr(self, f"_show_{walk.state}")(walk))
        return data

    @api.model
    def _button(self, name, label, kind="secondary", confirm=None, **more):
        return {"id": name, "label": label, "kind": kind, "confirm": confirm, **more}

    @api.model
    def _line(self, line_id, title, **values):
        """A line of the list; what is not given is empty."""
        return {"id": line_id, "title": title, "note": "", "code": "", "place": "", "lot": "", "done": None,
                "demand": None, "unit": "", "status": "open", "current": False, **values}

    # codes

    @api.model
    def _resolve(self, event, kinds=None):
        """Reading and what was found of a scan.

        :param kinds: looked for first, where nearly every scan is one of them; else everything is
        :raise UserError: damaged, unknown, another company's
        """
        code = self.env["scan.code"]
        reading = code._read(event.get("value"), event.get("symbology"))
        if not reading.text:
            raise UserError(self._says().nothing_here())
        if reading.problem:
            raise UserError(self._says().unreadable_code(
                reading.text, self._says().problem(reading.problem, reading.detail)))
        if kinds:
            found = code._find(reading, [*kinds, "lot"] if reading.lot or reading.serial else kinds)
            if found.product or found.packaging:
                return reading, found
        return reading, code._find(reading)

    @api.model
    def _refuse_unknown(self, reading):
        """:raise UserError: why nothing was found"""
        if self.env["scan.code"]._is_elsewhere(reading):
            raise UserError(self._says().code_elsewhere(reading.text))
        raise UserError(self._says().unknown_code(reading.text))
