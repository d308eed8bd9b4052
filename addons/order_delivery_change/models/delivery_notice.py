from odoo import models
from odoo.fields import Domain

from odoo.addons.order_change.models.order_change import OPEN
from odoo.addons.order_delivery.tools.problem import Problem


class DeliveryNotice(models.Model):
    """The order stands still, and its documents are in force (DLV-1, CHG-8)."""

    _inherit = "delivery.notice"

    def _get_release_problems(self):
        found = super()._get_release_problems()
        orders = self.order_id
        changing = orders.filtered("has_open_change")
        changes = self.env["order.change"].search([
            ("order_id", "in", changing.ids), ("state", "in", OPEN)]).grouped("order_id") if changing else {}
        releases = self._get_lost_releases(orders.filtered("has_superseded_release"))
        for notice in self:
            order = notice.order_id
            found[notice] += [Problem(
                f"change:{change.id}", self.env._("%(change)s of %(order)s is not applied yet.", change=change.name,
                                                  order=order.name), self.env._("order desk"))
                for change in changes.get(order, ())]
            found[notice] += [Problem(
                f"release:{release.id}", self.env._("%(release)s is superseded, and nothing has replaced it.",
                                                    release=release.display_name), self.env._("designer"))
                for release in releases.get(order.id, ())]
        return found

    def _get_lost_releases(self, orders):
        """Documents released to the orders that a change has put out of force, without another of their kind after."""
        if not orders:
            return {}
        releases = self.env["document.release"].search(
            Domain("res_model", "=", orders._name) & Domain("res_id", "in", orders.ids)
            & Domain("state", "!=", "cancelled"), order="id")
        lost = {}
        for release in releases.filtered("superseded_change_id"):
            later = releases.filtered(lambda other, one=release: (
                other.id > one.id and other.res_id == one.res_id and other.kind_id == one.kind_id
                and other.state != "draft" and not other.is_superseded))
            if not later:
                lost.setdefault(release.res_id, []).append(release)
        return lost
