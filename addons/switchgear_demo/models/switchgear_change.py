import base64

from odoo import api, models
from odoo.fields import Command

from ..tools.paper import paper


class SwitchgearDemo(models.AbstractModel):
    """Stories of orders that change while they are built."""

    _inherit = "switchgear.demo"

    @api.model
    def _draw_up(self, name, hours_ago, reason, person, lines, departments=(), letter=True):
        """The customer's person asks for something else: a notice says what changes, before and after.

        :param lines: values of the lines, see :meth:`_prepare_change_line`
        :param departments: that are named on it, beside those that its assessment finds
        :param letter: he has asked in writing
        """
        order = self._get("order", name)
        with self._living(hours_ago):
            change = self.env["order.change"].create({
                "order_id": order.id, "kind": "contract", "source": "customer", "asked_by": person, "reason": reason,
                "line_ids": [Command.create(self._prepare_change_line(order, **line)) for line in lines],
                "acknowledgement_ids": [Command.create({
                    "department_id": self._get("department", department).id}) for department in departments]})
            if letter:
                title = f"用户来函 {order.name}"
                change.attachment_ids = self.env["ir.attachment"].create({
                    "name": f"{title}.pdf", "raw": paper(title, [f"来函人：{person}", reason]),
                    "res_model": change._name, "res_id": change.id})

    @api.model
    def _prepare_change_line(self, order, kind, more=0, component="", replacement="", each=1):
        """Of the first line so many more; another component in what it sells; its released drawing out of force."""
        line = order.order_line[:1]
        if kind == "quantity":
            return {"kind": kind, "order_line_id": line.id, "quantity": line.product_uom_qty + more}
        if kind == "component":
            return {
                "kind": kind, "made_product_id": line.product_id.id, "component_id": self._get("product", component).id,
                "replacement_id": self._get("product", replacement).id, "component_quantity": each}
        releases = self.env["document.release"].sudo()  # the desk chooses it by its name
        return {"kind": kind, "release_id": releases.search(releases._get_domain_of(order), limit=1).id}

    @api.model
    def _act_change(self, name, hours_ago, method, *arguments):
        """Call a method of the order's last change."""
        self._call(hours_ago, self._get_change(name), method, *arguments)

    @api.model
    def _answer_change(self, name, hours_ago, person):
        """Record that the customer's person has signed the change on paper."""
        change = self._get_change(name)
        title = f"更改协议 {change.name}"
        with self._living(hours_ago):
            self.env["order.change.answer"].create({
                "change_id": change.id, "answer": "accepted", "answered_by": person,
                "datas": base64.b64encode(paper(title, [f"需方签字：{person}"])), "file_name": f"{title}.pdf",
            }).action_record()

    @api.model
    def _order_parts(self, hours_ago, product):
        """Confirm what the procurement has drafted for a part that is bought for one order only."""
        lines = self.env["purchase.order.line"].search([
            ("product_id", "=", self._get("product", product).id), ("state", "=", "draft")])
        self._call(hours_ago, lines.order_id, "button_confirm")

    @api.model
    def _start_making(self, name, hours_ago):
        """Begin to make what the order's first line sells."""
        line = self._get("order", name).sudo().order_line[:1]  # the workshop reads no orders
        production = self.env["mrp.production"].search([("product_id", "=", line.product_id.id)], limit=1)
        self._call(hours_ago, production, "action_start")

    def _get_change(self, name):
        return self.env["order.change"].search([("order_id", "=", self._get("order", name).id)], limit=1)
