from odoo import api, models


class SwitchgearDemo(models.AbstractModel):
    _inherit = "switchgear.demo"

    @api.model
    def _load_official_days(self, year, text):
        """Load a year of official working days as an administrator does; the next one is left to be loaded."""
        company = self.env.ref("switchgear_demo.company")
        load = self.env["resource.calendar.official.load"].with_context(lang="zh_CN").create(
            {"year": year, "company_id": company.id, "text": text})
        load.action_show()
        load.action_load()
        self.env["resource.calendar.official.year"]._of(company, [year + 1])
