from random import Random

from odoo import api, models


class SwitchgearDemo(models.AbstractModel):
    """Supplies of the last months: several steps by several people, told by one line of a demo file each."""

    _inherit = "switchgear.demo"

    @api.model
    def _supply(self, name, hours_ago, supplier, product, quantity, days=10, late=0, lots=(), results=()):
        """An ordinary supply: ordered, come on the day (or so many working days late), inspected three hours later."""
        buyer, storekeeper, inspector = (self._as(login) for login in ("buyer", "warehouse", "inspector"))
        buyer._buy(name, hours_ago + 8 * (days + late), supplier, [(product, quantity)], days)
        storekeeper._arrive(name, hours_ago, f"SH-{name.upper()}", [(product, lots)] if lots else ())
        inspector._inspect(name, product, hours_ago - 3, results)

    @api.model
    def _supply_copper(self, lots, hours_ago, hours_between):
        """Lots of busbar, one after the other, measured for the control chart; at the end the roll wears."""
        rng = Random(12)
        for number in range(lots):
            wear = 0.012 * max(0, number - lots + 3)
            values = [round(8.0 + wear + max(-2, min(2, rng.gauss(0, 1))) * 0.015, 3) for _bar in range(15)]
            self._supply(
                f"copper_{number + 1:02}", hours_ago - number * hours_between, "copper", "tmy_80", 120,
                lots=[(f"TMY80-{number + 1:02}", 120)], results={"厚度": values})

    def _as(self, login):
        user = self._get("user", login)
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz)
