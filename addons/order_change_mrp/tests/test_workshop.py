from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestWorkshop(OrderChangeMrpCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fitter = cls._user("fitter", "mrp.group_mrp_user,stock.group_stock_user")

    def _supersede(self):
        drawing = self.env["document.release"].create({
            "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": "Front", "discipline": "both",
            "attachment_ids": [Command.create({"name": "a.dwg", "raw": b"drawing"})],
            "receiver_ids": [Command.create({"department_id": self.departments["quality"].id})]})
        drawing.sudo().write({"res_model": "sale.order", "res_id": self.order.id})
        drawing.action_release()
        self._applied({"kind": "document", "release_id": drawing.id}, source="engineering", proof=False)
        self.assertTrue(drawing.is_superseded)
        return drawing

    def _uses(self, drawing):
        return len(drawing.message_ids.filtered(lambda message: "out of force at" in (message.body or "")))

    def test_reported_from_the_manufacturing_order(self):
        """CHG-6: from the order of whatever level: sales order, product and part are filled in."""
        for production, reason in ((self.production, False), (self.door_production, "Door")):
            with self.subTest(production=production.product_id.name):
                action = production.with_user(self.fitter).action_report_design_error()
                form = Form(self.env[action["res_model"]].with_user(self.fitter).with_context(**action["context"]))
                self.assertEqual(form.order_name, self.order.name)
                self.assertIn(reason or "", form.reason or "")
                form.reason = "The holes of the door do not fit."
                report = form.save()
                report.action_report()
                self.assertEqual(report.change_id.sudo().order_id, self.order)
        self.assertEqual(self.env["order.change"].search([("order_id", "=", self.order.id)]).line_ids.mapped("kind"),
                         ["design", "design"])

    def test_superseded_drawing_warns_at_the_start(self):
        """CHG-8: starting the order warns and is on record; it is not stopped."""
        drawing = self._supersede()
        self.production.with_user(self.fitter).action_start()
        self.assertEqual((self.production.state, self._uses(drawing)), ("progress", 1))
        self.door_production.with_user(self.fitter).qty_producing = 1
        self.assertEqual(self._uses(drawing), 2)

    def test_fitter_is_shown_it_once(self):
        """CHG-8: a window opens at his first use, not at each of those that follow; all of them are on record."""
        drawing, shown = self._supersede(), []
        self.patch(self.registry["res.users"], "_bus_send", lambda user, kind, message, **_values: shown.append(
            (user, kind, message)))
        self.production.with_user(self.fitter).action_start()
        self.door_production.with_user(self.fitter).qty_producing = 1
        warnings = [(user, message) for user, kind, message in shown if kind == "simple_notification"]
        self.assertEqual(len(warnings), 1)
        self.assertEqual((warnings[0][0], warnings[0][1]["sticky"]), (self.fitter, True))
        self.assertIn(drawing.name, warnings[0][1]["message"])
        self.assertEqual(self._uses(drawing), 2)

    def test_superseded_drawing_warns_at_the_issue(self):
        """CHG-8: material that is issued for the order warns and is on record; it is not stopped."""
        drawing = self._supersede()
        self.env["stock.quant"]._update_available_quantity(self.vacuum, self.warehouse.lot_stock_id, 30)
        shelf = self.env["stock.location"].create({"name": "Line", "location_id": self.warehouse.lot_stock_id.id})
        needed = self.production.move_raw_ids.filtered(lambda move: move.product_id == self.vacuum)
        issue = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.int_type_id.id, "location_id": self.warehouse.lot_stock_id.id,
            "location_dest_id": shelf.id, "move_ids": [Command.create({
                "product_id": self.vacuum.id, "product_uom_qty": 30, "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": shelf.id, "move_dest_ids": [Command.set(needed.ids)]})]})
        issue.action_confirm()
        issue.move_ids.write({"quantity": 30, "picked": True})
        issue.with_user(self.fitter)._action_done()
        self.assertEqual((issue.state, self._uses(drawing)), ("done", 1))

    def test_superseded_drawing_warns_at_the_delivery(self):
        """CHG-8: shipping warns and is on record; it is not stopped."""
        drawing = self._supersede()
        self.env["stock.quant"]._update_available_quantity(self.cabinet, self.warehouse.lot_stock_id, 10)
        picking = self.order.picking_ids
        picking.move_ids.procure_method = "make_to_stock"
        picking.move_ids.move_orig_ids = [Command.clear()]
        picking.action_assign()
        picking.move_ids.picked = True
        picking.with_user(self.fitter)._action_done()
        self.assertEqual((picking.state, self._uses(drawing)), ("done", 1))

    def test_drawing_in_force_does_not_warn(self):
        """CHG-8: without a change nothing is said."""
        before = self.env["mail.message"].search_count([("model", "=", "document.release")])
        self.production.with_user(self.fitter).action_start()
        self.assertEqual(self.env["mail.message"].search_count([("model", "=", "document.release")]), before)
