from odoo import models


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _join_order(self, order):
        """What the order's confirmation has started already joins its plan; Odoo gives the project to what comes later.

        Documents that belong to a project stay there.
        """
        result = super()._join_order(order)
        chain = order.stock_reference_ids
        productions = chain.production_ids | order.mrp_production_ids
        for documents in (productions, chain.purchase_ids | productions.reference_ids.purchase_ids,
                          chain.picking_ids | order.picking_ids):
            documents.filtered(lambda document: not document.project_id and document.state not in (
                "done", "cancel")).project_id = self
        return result
