from odoo import api, fields, models


class QualityInspectionPlan(models.Model):
    """Plans for inspection in the process name the operations where they apply (REC-4, FQC-2)."""

    _inherit = "quality.inspection.plan"

    operation_ids = fields.Many2many(
        "mrp.routing.workcenter", string="Operations", check_company=True,
        help="Operations after which the inspection in process is made. Left empty: after the last operation.")

    @api.model
    def _get_cached_fields(self):
        return super()._get_cached_fields() | {"operation_ids"}

    def _prepare_index_entry(self, position):
        return {**super()._prepare_index_entry(position), "operations": frozenset(self.operation_ids.ids)}

    @api.model
    def _find_process_plan(self, production, operation, is_last):
        """The plan for inspection in the process at an operation of an order; as superuser, empty if there is none.

        A plan that names the operation goes before one for the finished work; then the order of REC-4.

        :param operation: mrp.routing.workcenter, may be empty
        :param bool is_last: whether it is the order's last operation
        """
        index = self._filter_index(
            self._plan_index(production.company_id.id, "production"), None, production.picking_type_id)
        candidates = []
        for entry in index:
            named = operation.id in entry["operations"]
            if named or (is_last and not entry["operations"]):
                if rank := self._rank_entry(entry, production.product_id):
                    candidates.append(((not named, *rank), entry["id"]))
        # sudo: a plan applies whoever confirms the order
        return self.sudo().browse(min(candidates)[1] if candidates else [])

    def _is_for(self, inspection):
        """A plan that names operations is for these only."""
        operation = inspection.sudo().process_line_id.operation_id  # sudo: only to see whether the plan is for it
        if self.operation_ids and inspection.trigger == "production" and operation not in self.operation_ids:
            return False
        return super()._is_for(inspection)
