from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .goods_common import GoodsCommon


@tagged("-at_install", "post_install")
class TestCost(GoodsCommon):
    def _costs(self, request):
        """Kind, amount and document of what a request costs."""
        self.env.flush_all()
        rows = self.env["service.cost.report"].with_user(self.head).search([("request_id", "=", request.id)])
        return sorted((row.kind, row.amount, row.res_model) for row in rows)

    def _enter(self, request, **values):
        return self.env["service.cost"].with_user(self.engineer).create({
            "request_id": request.id, "name": "Lorry", "amount": 300, **values})

    def test_goods_at_the_value_of_the_stock(self):
        """AFT-5: what leaves for a request costs what the stock values it at, what comes back is taken off; what is
        sold does not count, what the warranty gives does."""
        request = self._contacted(lot_id=self.gone[0].id)
        both = self._do(request, "action_exchange_goods")
        self.assertEqual(self._costs(request), [])
        back = both.filtered("return_id")
        self._finish(both - back)
        self.assertEqual(self._costs(request), [("parts", 5000, "stock.picking")])
        self._finish(back)
        self.assertEqual(sum(amount for _kind, amount, _model in self._costs(request)), 0)
        for free, costs in ((True, [("parts", 40, "stock.picking")]), (False, [])):
            request = self._contacted(lot_id=self.lot.id)
            order = self.env["sale.order"].browse(request.action_new_parts_order()["res_id"]).sudo()
            order.service_is_free = free
            order.order_line = [Command.create({"product_id": self.fuse.id, "product_uom_qty": 2})]
            order.action_confirm()
            order.picking_ids.action_assign()
            self._finish(order.picking_ids)
            self.assertEqual(self._costs(request), costs)

    def test_what_waits_to_be_sent_back_is_no_gain(self):
        """AFT-5: a cabinet that came to be repaired costs nothing, and brings nothing, neither before nor after it is
        sent back; of an exchange whose goods come first neither."""
        request = self._contacted(lot_id=self.gone[0].id)
        self._finish(back := self._do(request, "action_return_goods"))
        self.assertEqual(self._costs(request), [])
        self._finish(self._do(request, "action_send_back") - back)
        self.assertEqual(sum(amount for _kind, amount, _model in self._costs(request)), 0)
        request = self._contacted(lot_id=self.gone[1].id)
        both = self._do(request, "action_exchange_goods")
        self._finish(back := both.filtered("return_id"))
        self.assertEqual(self._costs(request), [])
        self._finish(both - back)
        self.assertEqual(sum(amount for _kind, amount, _model in self._costs(request)), 0)

    def test_parts_of_a_repair(self):
        """AFT-5: parts of the request's repair are its cost, once."""
        request = self._contacted(lot_id=self.lot.id)
        repair = self.env["repair.order"].browse(request.action_new_repair()["res_id"])
        repair.move_ids = [Command.create({
            "product_id": self.fuse.id, "product_uom_qty": 3, "repair_line_type": "add"})]
        repair._action_repair_confirm()
        repair.action_repair_start()
        repair.move_ids.write({"quantity": 3, "picked": True})
        repair.action_repair_end()
        self.assertEqual(self._costs(request), [("repair", 60, "repair.order")])
        row = self.env["service.cost.report"].with_user(self.head).search([("request_id", "=", request.id)])
        self.assertEqual(row.sudo().action_open_document()["res_id"], repair.id)
        self.assertEqual(request.with_user(self.head).cost_total, 60)

    def test_by_order_product_cause_and_supplier(self):
        """AFT-5: entered costs and the request's order, product, cause, supplier and warranty stand in one row."""
        vendor = self.env["res.partner"].create({"name": "Fuse Works"})
        request = self._contacted(lot_id=self.lot.id, needs_visit=True)
        request.write({"part_id": self.fuse.id, "supplier_id": vendor.id})
        cause = self.env["service.cause"].with_user(self.engineer).create({
            "request_id": request.id, "category_id": self.env.ref("aftersales.service_cause_category_part").id,
            "finding": "The fuse is of the wrong kind."})
        self._enter(request)
        self._enter(request, kind="travel", amount=120)
        self.env.flush_all()
        rows = self.env["service.cost.report"].with_user(self.head)
        for name, value in (("order_id", self.order), ("product_id", self.product), ("supplier_id", vendor),
                            ("cause_category_id", cause.category_id), ("part_id", self.fuse)):
            found = rows._read_group([("request_id", "=", request.id)], [name], ["amount:sum"])
            self.assertEqual(found, [(value, 420)])
        self.assertEqual(rows.search([("request_id", "=", request.id)]).mapped("warranty_state"), ["in", "in"])

    def test_costs_come_late(self):
        """AFT-5: a carrier's bill is entered after the request was closed, too, on its form; never below nought, and
        not by sales."""
        request = self._solved()
        request.action_close()
        request.cost_ids = [Command.create({"name": "Lorry", "amount": 300})]
        self.assertFalse(request.can_edit, "the rest of its form is closed")
        self.assertEqual(self._costs(request), [("freight", 300, "service.request")])
        with self.assertRaises(UserError):
            request.sudo().subject = "Other"
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._enter(request, amount=float("nan"))
        with self.assertRaises(AccessError):
            self.env["service.cost"].with_user(self.seller).create({
                "request_id": request.id, "name": "Lunch", "amount": 9})

    def test_who_sees_costs(self):
        """ARC-5: the head of after-sales of the company, nobody else."""
        request = self._contacted()
        self._enter(request)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self.env["service.cost.report"].with_user(self.engineer).search([])
        with self.assertRaises(AccessError):
            request.action_view_costs()
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(self.env, "as_their_head", groups="aftersales.group_service_manager",
                               company_id=other.id, company_ids=[Command.set(other.ids)])
        domain = [("request_id", "=", request.id)]
        self.assertFalse(self.env["service.cost.report"].with_user(theirs).search(domain))
        self.assertTrue(self.env["service.cost.report"].with_user(self.head).search(domain))
