from odoo import api, models


class ScanMessage(models.AbstractModel):
    """All texts that a scan is answered with, in one place (SCN-4): what is wrong, and what to do."""

    _name = "scan.message"
    _description = "Messages of Scanning"

    @api.model
    def not_understood(self):
        """The page is older than the server, or no page at all."""
        return self.env._("This page is older than the server. Reload it and begin the job again.")

    @api.model
    def not_allowed(self, flow):
        """No right to the flow."""
        return self.env._("You may not do this: %(flow)s. Ask your administrator for the role.", flow=flow)

    @api.model
    def nothing_here(self):
        """An event that the state knows nothing to do with."""
        return self.env._("There is nothing to do with this here.")

    @api.model
    def unknown_code(self, code):
        """Nobody has this code."""
        return self.env._("Nothing has the code %(code)s. Nothing was booked.", code=code)

    @api.model
    def unreadable_code(self, code, problem):
        """The code says what it is and is broken."""
        return self.env._("The code %(code)s is damaged: %(problem)s.", code=code, problem=problem)

    @api.model
    def nothing_to_undo(self):
        """The first step of a run, or what was booked."""
        return self.env._("There is nothing to undo. What was booked is changed on its document.")

    @api.model
    def code_elsewhere(self, code):
        """Another company's, or archived."""
        return self.env._(
            "The code %(code)s belongs to another company, or to something that is archived. Nothing was booked. "
            "Change the company, or ask who keeps the products.", code=code)

    @api.model
    def problem(self, reason, detail):
        """Why a code cannot be read."""
        reasons = {
            "length": self.env._("too short or too long"), "digits": self.env._("letters where digits belong"),
            "check digit": self.env._("the check digit is wrong"),
            "identifier": self.env._("an identifier that nobody knows")}
        return f"{reasons.get(reason, reason)} {detail}".strip()

    @api.model
    def doubtful(self, parts):
        """A date that does not exist."""
        return self.env._("There is no such day, it was left away: %(parts)s.", parts=parts)

    @api.model
    def symbology(self):
        """What the device says of the kind of code."""
        return self.env._("Symbology")

    @api.model
    def kind_of_code(self, kind):
        """What sort of code it is."""
        return {
            "gs1": self.env._("GS1 label"), "link": self.env._("GS1 Digital Link"),
            "pattern": self.env._("Supplier's own code"), "damaged": self.env._("Damaged GS1 label"),
        }.get(kind) or self.env._("Plain code")

    @api.model
    def kind_of_record(self, kind):
        """What was found."""
        return {
            "product": self.env._("Product"), "packaging": self.env._("Packaging"),
            "lot": self.env._("Lot/Serial Number"),
            "reference": self.env._("Product by its reference"), "location": self.env._("Location"),
            "package": self.env._("Package"), "picking": self.env._("Transfer"),
            "origin": self.env._("Transfer of this order"), "operation": self.env._("Operation Type"),
        }.get(kind, kind)
