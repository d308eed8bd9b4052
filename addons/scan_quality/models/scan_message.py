from odoo import api, models


class ScanMessage(models.AbstractModel):
    _inherit = "scan.message"

    @api.model
    def kind_of_record(self, kind):
        """What was found."""
        return {
            "note": self.env._("Receipt of this delivery note"), "inspection": self.env._("Inspection"),
            "inspected": self.env._("Inspection of it"),
        }.get(kind) or super().kind_of_record(kind)

    @api.model
    def scan_note(self):
        """REC-1: no receipt without it."""
        return self.env._("The delivery note is the only basis of a receipt: scan or type its number.")

    @api.model
    def not_this_way(self, name, way):
        """A pass that goes in by the flow for what goes out, or is settled."""
        return self.env._("%(name)s: this is not what %(flow)s is for. Look at the pass.", name=name, flow=way)

    @api.model
    def no_inspection(self, code):
        """Nothing of it waits."""
        return self.env._("Nothing of %(code)s waits for an inspection.", code=code)

    @api.model
    def choose_inspection(self, number):
        """Several of one lot or product."""
        return self.env._("%(number)s inspections: choose one.", number=number)

    @api.model
    def inspection_over(self, name):
        """Done or cancelled."""
        return self.env._("%(name)s is concluded or cancelled.", name=name)

    @api.model
    def handed_over(self, name):
        """The time limit of quality runs."""
        return self.env._("%(name)s is handed to quality.", name=name)

    @api.model
    def entered(self, line, value):
        """One result."""
        return self.env._("%(line)s: %(value)s", line=line, value=value)

    @api.model
    def all_measured(self, line):
        """The sample is full."""
        return self.env._("%(line)s: all units have their value. Touch another line.", line=line)

    @api.model
    def photo_kept(self, line):
        """With its result."""
        return self.env._("%(line)s: the photo is kept with the result.", line=line)

    @api.model
    def concluded(self, name, accepted, quantity, unit):
        """The verdict."""
        return self.env._("%(name)s: %(accepted)s of %(quantity)s %(unit)s accepted.", name=name,
                          accepted=f"{accepted:g}", quantity=f"{quantity:g}", unit=unit)

    @api.model
    def instrument_overdue(self, instrument, day):
        """REC-4: nothing is measured with it."""
        return self.env._("%(instrument)s: its calibration was due on %(day)s. Take another one.",
                          instrument=instrument, day=day)

    @api.model
    def nothing_to_measure(self, name):
        """An instrument was scanned for a result that is no measurement."""
        return self.env._("%(name)s is not measured with an instrument. Touch the result that is.", name=name)
