from odoo import models

from odoo.addons.order_delivery.tools.problem import Problem

PASSED = ("accept", "concession")


class DeliveryNotice(models.Model):
    """What leaves has passed its final inspection (DLV-1, FQC-4)."""

    _inherit = "delivery.notice"

    def _get_release_problems(self):
        found = super()._get_release_problems()
        moves = {notice: notice._get_moves() for notice in self}
        lots = self.env["stock.move"].union(*moves.values()).move_line_ids.lot_id
        last = self._get_last_inspections(lots)
        for notice in self:
            for lot in moves[notice].move_line_ids.lot_id:
                inspection = last.get(lot)
                if not inspection or (inspection.state == "done" and inspection.verdict in PASSED):
                    continue
                found[notice].append(Problem(
                    f"inspection:{inspection.id}:{lot.id}", self._describe_inspection(inspection, lot),
                    self.env._("quality")))
        return found

    def _describe_inspection(self, inspection, lot):
        if inspection.state == "done":
            return self.env._(
                "%(lot)s of %(product)s: its final inspection %(inspection)s is rejected.", lot=lot.name,
                product=lot.product_id.display_name, inspection=inspection.name)
        return self.env._(
            "%(lot)s of %(product)s: its final inspection %(inspection)s is not done.", lot=lot.name,
            product=lot.product_id.display_name, inspection=inspection.name)

    def _get_last_inspections(self, lots):
        """The last final inspection of each lot, in one search."""
        if not lots:
            return {}
        inspections = self.env["quality.inspection"].search([
            ("trigger", "=", "final"), ("state", "!=", "cancelled"), "|", ("lot_id", "in", lots.ids),
            ("lot_ids", "in", lots.ids)], order="id")
        return {lot: inspection for inspection in inspections for lot in inspection.lot_id | inspection.lot_ids}
