from odoo import api, models


class ScanMessage(models.AbstractModel):
    _inherit = "scan.message"

    @api.model
    def kind_of_record(self, kind):
        """What was found."""
        return {
            "production": self.env._("Manufacturing Order"), "work": self.env._("Order of this operation"),
        }.get(kind) or super().kind_of_record(kind)

    @api.model
    def order_over(self, name):
        """Nothing is picked for it any more."""
        return self.env._("%(name)s is done, cancelled or a draft: nothing is picked for it.", name=name)

    @api.model
    def say_what_is_missing(self, missing):
        """Signed with missing parts only in words."""
        return self.env._("Missing: %(missing)s. Report it, and write whether the order starts without it.",
            missing=missing)

    @api.model
    def note_of_missing(self, missing, text):
        """What stands on the check."""
        return self.env._("Missing: %(missing)s. %(text)s", missing=missing, text=text)

    @api.model
    def signed(self, name, side):
        """One side of the check."""
        if side == "hand_out":
            return self.env._("%(name)s: handed out; whoever takes the parts signs as well.", name=name)
        return self.env._("%(name)s: taken as on the list.", name=name)

    @api.model
    def signed_already(self, name):
        """Nothing is left to sign for this person."""
        return self.env._("%(name)s: this side of the check is signed already. Another person signs the other.",
            name=name)

    @api.model
    def document_first(self):
        """A shortage is of an order."""
        return self.env._("Scan the manufacturing order or the transfer first, then the part that is missing.")

    @api.model
    def shortage_reported(self, line, owner):
        """Somebody is asked."""
        return self.env._("%(line)s: %(owner)s is asked to bring it.", line=line, owner=owner)

    @api.model
    def photo_added(self):
        """To what was reported."""
        return self.env._("The photo is kept with the missing part.")
