from odoo import api, models


class ScanFlowLookUp(models.AbstractModel):
    _inherit = "scan.flow.look_up"

    @api.model
    def _get_facts(self, found):
        facts = super()._get_facts(found)
        for order in (found.production | found.work)[:3]:
            state = order._get_selection_label("state")
            facts += [self._fact(self.env._("Manufacturing Order"), f"{order.name} · {state}"),
                      self._fact(self.env._("Product"), f"{order.product_qty:g} {order.product_id.display_name}")]
        return facts

    @api.model
    def _get_ways(self, found):
        buttons = super()._get_ways(found)
        orders = found.production | found.work
        for order in orders.filtered(lambda order: order.state in ("confirmed", "progress"))[:1]:
            for name in ("kit_check", "shortage"):
                flow = self.env[f"scan.flow.{name}"]
                if flow._is_allowed():
                    buttons.append(self._button(f"go_{name}", flow._flow_label(), go={
                        "flow": name, "start": {"model": "mrp.production", "id": order.id}}))
        return buttons
