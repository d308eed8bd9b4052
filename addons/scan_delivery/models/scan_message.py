from odoo import api, models


class ScanMessage(models.AbstractModel):
    _inherit = "scan.message"

    @api.model
    def kind_of_record(self, kind):
        """What was found."""
        return self.env._("Transfer of this delivery notice") if kind == "notice" else super().kind_of_record(kind)

    @api.model
    def too_many_loaded(self, product, quantity, room, unit):
        """More than the notice says does not leave."""
        return self.env._(
            "%(product)s: %(quantity)s %(unit)s scanned, %(room)s still to load. More than the notice says does not "
            "leave: take it off again.", product=product, quantity=f"{quantity:g}", room=f"{room:g}", unit=unit)

    @api.model
    def not_all_loaded(self, missing):
        """Less leaves only if the customer has agreed."""
        return self.env._(
            "Not loaded: %(missing)s. Load it, or the order desk records that the customer agrees.", missing=missing)

    @api.model
    def not_released(self, notice):
        """Withdrawn, cancelled, or gone."""
        return self.env._("%(notice)s is not released: nothing may leave by it. Ask the order desk.", notice=notice)

    @api.model
    def not_loaded(self, notice, picking):
        """The company demands the check, and nobody has made it."""
        return self.env._(
            "%(picking)s leaves by %(notice)s, whose loading check is still to be made: scan its goods with "
            "Scan → Load.", picking=picking, notice=notice)

    @api.model
    def loaded(self, notice):
        """The check is written."""
        return self.env._("%(notice)s: loaded, the check is written on the notice.", notice=notice)

    @api.model
    def next_transfer(self, notice, name):
        """A notice with several transfers."""
        return self.env._("%(notice)s has another transfer: %(name)s.", notice=notice, name=name)
