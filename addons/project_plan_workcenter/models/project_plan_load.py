from odoo import api, fields, models

from odoo.addons.order_sla.tools.moments import to_moment
from odoo.addons.project_plan.kernel.load import Stretch
from odoo.addons.project_plan.models.project_plan_load import Gathered

from ..tools.centre_times import CentreTimes, OrderTimes

CRON = "project_plan_workcenter.ir_cron_project_plan_load"
#: What moves the load of work centers.
MOVERS = ("mrp.production", "mrp.workorder", "mrp.workcenter", "project.project")


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
        """Where the orders of work centers lie follows from all of them: the cron looks, whoever moves one goes on.

        It looks at all work centers, once a minute at most, however many people move orders.
        """
        if resources._name not in MOVERS:
            return super()._refresh(resources)
        return self._centres_moved()

    @api.model
    def _centres_moved(self):
        """Have the cron compute the load of all work centers anew; it is woken once for a transaction."""
        data = self.env.cr.precommit.data
        cron = self.env.ref(CRON, raise_if_not_found=False)
        if cron and not data.get(CRON):
            data[CRON] = True
            cron.sudo()._trigger()  # sudo: loads follow whoever changed something

    @api.model
    def _cron_refresh_centres(self):
        """Compute the load of all work centers anew, archived ones too: they may still have work."""
        self._compute_anew(self.env["mrp.workcenter"].search([("active", "in", (True, False))]))

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
