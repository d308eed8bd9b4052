from odoo import models
from odoo.fields import Domain

#: Kinds of lines on which no inspection depends.
BESIDE = {"price", "date"}


class OrderChange(models.Model):
    """Inspections that a change touches are shown before it is approved, to the department of quality (CHG-9)."""

    _inherit = "order.change"

    def _get_impact(self):
        change = self.sudo()  # whoever assesses sees the whole
        return [*super()._get_impact(), *change._get_impact_of_inspections()]

    def _get_impact_of_inspections(self):
        """Open inspections; of another specification, part or drawing concluded ones, too."""
        kinds = set(self.line_ids.mapped("kind")) - BESIDE
        if not kinds:
            return
        states = ["pending", "in_progress"] if kinds == {"quantity"} else ["pending", "in_progress", "done"]
        department = self._get_part_department("quality")
        for inspection in self.env["quality.inspection"].search(
                self._get_inspection_domain() & Domain("state", "in", states), order="id"):
            done = inspection.state == "done"
            words = self.env._("is concluded: to be checked whether it still holds") if done else self.env._(
                "is not concluded: to be inspected by what the order says after the change")
            yield self._prepare_impact(
                inspection, f"{inspection.name}, {inspection.product_id.display_name}", words,
                department_id=department.id)

    def _get_inspection_domain(self):
        """Of what is made, bought or shipped for the order, whatever the level."""
        productions = self.env["mrp.production"]._get_of_change_domain(self.order_id)
        return (Domain("production_id", "any", productions)
                | Domain("picking_id.move_ids.sale_line_id.order_id", "=", self.order_id.id)
                | Domain("picking_id.move_ids.move_dest_ids.raw_material_production_id", "any", productions))
