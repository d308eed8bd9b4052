from odoo import api, models


class SwitchgearDemo(models.AbstractModel):
    _inherit = "switchgear.demo"

    @api.model
    def _set_targets(self, targets):
        """The general manager sets what the figures should be from the first day of the year on.

        :param targets: ``{code of an indicator: value}``
        """
        indicators = self.env["order.indicator"].search([("code", "in", list(targets))])
        first = self.env.company._get_today().replace(month=1, day=1)
        self.env["order.indicator.target"].create([
            {"indicator_id": indicator.id, "value": targets[indicator.code], "date_from": first}
            for indicator in indicators])
