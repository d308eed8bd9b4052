from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _count_releases_in_force(self):
        # sudo: how many there are is shown to whoever reads the serial number
        releases = self.env["document.release"].sudo()
        return releases.search_count(releases._get_domain_in_force(self)) if self else 0

    def _open_releases_in_force(self):
        releases = self.env["document.release"]
        action = self.env["ir.actions.act_window"]._for_xml_id("document_release.document_release_action")
        return {**action, "domain": list(releases._get_domain_in_force(self.sudo())), "context": {"create": False}}
