from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of goods that are made: process card, signatures, final inspection.

    A manufacturing order is called by its name in the story, ``ggd`` for ``switchgear_demo.production_ggd``.
    """

    _inherit = "switchgear.demo"

    @api.model
    def _make(self, name, hours_ago, product, quantity=1, days=0):
        """Confirm a manufacturing order and reserve what is there for it.

        :param days: it begins in so many days
        """
        leader = self._get("user", "production")
        with self._living(hours_ago):
            production = self.env["mrp.production"]._load_records([{
                "xml_id": f"switchgear_demo.production_{name}",
                "noupdate": True,
                "values": {
                    "product_id": self._get("product", product).id,
                    "product_qty": quantity,
                    "user_id": leader.id,
                    "date_start": fields.Datetime.now() + timedelta(days=days),
                    "company_id": self.env.company.id,
                },
            }])
            production.action_confirm()
            production.action_assign()

    @api.model
    def _act_production(self, name, hours_ago, method, *arguments):
        """Call a method of the manufacturing order."""
        self._call(hours_ago, self._get("production", name), method, *arguments)

    @api.model
    def _act_card(self, name, hours_ago, method, *arguments):
        """Call a method of the order's process card."""
        self._call(hours_ago, self._get("production", name).process_card_id, method, *arguments)

    @api.model
    def _act_operation(self, name, operation, hours_ago, method, *arguments):
        """Call a method of an operation on the order's process card."""
        self._call(hours_ago, self._get_operation(name, operation), method, *arguments)

    @api.model
    def _check_operation(self, name, operation, hours_ago, values=(), minutes=None, note=None):
        """Sign the self-check of an operation.

        :param values: measured value by name of the control point; the other points are right
        """
        line, values = self._get_operation(name, operation), dict(values)
        answers = {point.id: {"value": values[point.name]} if point.name in values else {"result": "ok"}
                   for point in line.point_ids}
        self._call(hours_ago, line, "action_self_check", answers, note, minutes)

    @api.model
    def _finish(self, name, hours_ago, serial):
        """Finish the order under its serial number, which asks for the final inspection."""
        production = self._get("production", name)
        with self._living(hours_ago):
            lot = self.env["stock.lot"].create({
                "name": serial, "product_id": production.product_id.id, "company_id": production.company_id.id})
            production.write({"lot_producing_ids": [(6, 0, lot.ids)], "qty_producing": 1})
            production.set_qty_producing()
            production.move_raw_ids.picked = True
            production.button_mark_done()

    @api.model
    def _act_made(self, name, hours_ago, method, *arguments):
        """Call a method of the final inspection."""
        self._call(hours_ago, self._get_final(name), method, *arguments)

    @api.model
    def _begin_made(self, name, hours_ago, results=()):
        """Start the final inspection and save results."""
        self._begin(self._get_final(name), hours_ago, results)

    @api.model
    def _act_defect(self, name, hours_ago, method, *arguments):
        """Call a method of the latest defect record of the final inspection."""
        self._call(hours_ago, self._get_final(name).defect_record_ids.sorted("id")[-1:], method, *arguments)

    @api.model
    def _find(self, name, hours_ago, operation, description):
        """Report what is wrong with a product in production, from the process card."""
        production = self._get("production", name)
        with self._living(hours_ago):
            production.process_card_id.action_report_defect(
                description, 1, line_id=self._get_operation(name, operation).id)

    @api.model
    def _give_back(self, name, hours_ago, reason, lines, note):
        """Hand material that the order has over to the store.

        :param lines: product and quantity of each line
        """
        with self._living(hours_ago):
            self.env["material.return"].create({
                "production_id": self._get("production", name).id,
                "reason": reason,
                "note": note,
                "line_ids": [Command.create({"product_id": self._get("product", product).id, "quantity": quantity})
                             for product, quantity in lines],
            }).action_submit()

    def _get_operation(self, name, operation):
        lines = self._get("production", name).process_card_id.line_ids
        return lines.filtered(lambda line: line.name == operation)

    def _get_final(self, name):
        # sudo: the inspector does not read manufacturing orders; he finds the inspection in his queue
        production = self._get("production", name).sudo()
        return self.env["quality.inspection"].search(
            [("production_id", "=", production.id), ("trigger", "=", "final")], order="id desc", limit=1)
