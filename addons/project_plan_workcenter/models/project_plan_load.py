from odoo import api, fields, models

from odoo.addons.order_sla.tools.moments import to_moment
from odoo.addons.project_plan.kernel.load import Stretch
from odoo.addons.project_plan.models.project_plan_load import Gathered

from ..tools.centre_times import CentreTimes, OrderTimes


class ProjectPlanLoad(models.Model):
    """Work centers beside the departments: hours of all open work orders, whether a plan wants them or not (PLN-3).

    How much a work center makes at once is in the expected duration of an order already; its capacity is its time.
    """

    _inherit = "project.plan.load"

    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", readonly=True, index="btree_not_null", ondelete="cascade",
        check_company=True)

    def action_view_items(self):
        """For a work center the open work orders that make this load."""
        if not self.workcenter_id:
            return super().action_view_items()
        # sudo: where work lies follows from all orders; the list shows those that the user may read
        centre, company = self.sudo().workcenter_id, self.sudo().company_id
        start, stop = map(to_moment, self._get_bounds())
        spans = OrderTimes(self.sudo()._find_workorders(centre, company), company).get_spans(centre)
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "mrp.workorder",
            "view_mode": "list,form",
            "domain": [("id", "in", [order.id for order, (begin, end) in spans if begin < stop and end > start])],
        }

    @api.model
    def _get_resource_fields(self):
        return super()._get_resource_fields() | {"mrp.workcenter": "workcenter_id"}

    @api.model
    def _refresh(self, resources):
        """A plan stands for the work centers of its open work orders, which are looked up only now."""
        if resources._name == "project.project":
            resources = self._find_centres([("order_ids", "any", [
                ("state", "not in", ("done", "cancel")), ("production_id.project_id", "in", resources.ids)])])
        return super()._refresh(resources)

    @api.model
    def _gather(self, resources, company):
        if resources._name != "mrp.workcenter":
            return super()._gather(resources, company)
        times = CentreTimes(resources)
        named = {centre.id: times.get_centre_time(centre, company) for centre in resources}
        spans = OrderTimes(self._find_workorders(resources, company), company).get_spans(resources)
        return Gathered(
            [Stretch(order.workcenter_id, order.workcenter_id.id, *span) for order, span in spans], named,
            [(centre, named[centre.id]) for centre in resources if centre.active])

    @api.model
    def _find_workorders(self, centres, company):
        """Open work orders of these work centers, and those of other ones that stand in the same orders."""
        return self.env["mrp.workorder"].search([
            ("state", "not in", ("done", "cancel")), ("company_id", "=", company.id),
            ("production_id.state", "not in", ("draft", "done", "cancel")),
            ("production_id.workorder_ids.workcenter_id", "in", centres.ids)])

    @api.model
    def _refresh_centres(self, domain):
        """Have the load of these work centers computed anew before the transaction ends."""
        self._refresh_later(self._find_centres(domain))

    @api.model
    def _find_centres(self, domain):
        # sudo: loads follow whoever changed something; archived ones may still have work
        return self.env["mrp.workcenter"].sudo().with_context(active_test=False).search(domain)
