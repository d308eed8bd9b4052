from odoo import api, models
from odoo.fields import Domain


class DocumentRelease(models.Model):
    """What is released to an item of a plan is released to the plan's order."""

    _inherit = "document.release"

    @api.model
    def _get_domain_of(self, records):
        domain = super()._get_domain_of(records)
        if records._name != "sale.order":
            return domain
        # sudo: which items the order has; whoever asks need not read the plan
        items = self.env["project.task"].sudo()._search([("project_id.plan_order_id", "in", records.ids)])
        return domain | Domain("res_model", "=", "project.task") & Domain("res_id", "in", items)
