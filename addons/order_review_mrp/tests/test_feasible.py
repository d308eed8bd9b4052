from datetime import timedelta
from math import inf, nan

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FeasibleCommon

#: A Monday, ten o'clock in the plant.
NOW = "2031-03-03 02:00:00"


@tagged("-at_install", "post_install")
class TestFeasible(FeasibleCommon):
    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(freeze_time(NOW))
        super().setUpClass()
        cls.bill(cls.cabinet, (cls.frame, 1), (cls.breaker, 2), hours=3)
        cls.bill(cls.frame, (cls.sheet, 4), hours=1)

    def ask(self, *lines, days=60, **options):
        """What is found for a quotation: dict of the order, list of its lines."""
        order = self.quote(*lines, days=days)
        found = order.with_user(self.sales)._get_feasible(**options)
        return found, found["lines"]

    def test_levels_of_parts(self):
        """REV-10: all levels count: the breaker's ten working days drive the date, the press follows."""
        found, [line] = self.ask((self.cabinet, 1))
        self.assertEqual((found["date"], line["kit"]), (self.working_day(10), self.working_day(10)))
        self.assertEqual([(o["kind"], o["part"], o["name"]) for o in line["obstacles"]], [
            ("buy", "Breaker", "Copper Works"), ("centre", "Cabinet", "Press")])
        self.assertEqual(found["gap"], -46)

    def test_stock_that_a_demand_claims_is_not_free(self):
        """REV-10, MAT-12: breakers of an open order are its own; what it leaves is the quotation's."""
        self.put(self.breaker, 5)
        self.put(self.frame, 5)
        self.produce(self.cabinet, 2, days=40)
        found, [line] = self.ask((self.cabinet, 1))
        self.assertEqual(found["date"], self.working_day(10))
        self.put(self.breaker, 1)
        found, [line] = self.ask((self.cabinet, 1))
        self.assertEqual((found["date"], line["obstacles"][0]["name"]), ("2031-03-03", "Press"))

    def test_what_comes_is_used(self):
        """REV-10: a confirmed purchase that nobody claims is used, and named; a cancelled one is not."""
        self.put(self.frame, 1)
        order = self.buy(self.breaker, 2, 4)
        found, [line] = self.ask((self.cabinet, 1))
        self.assertEqual((line["obstacles"][0]["kind"], line["obstacles"][0]["name"]), ("incoming", order.name))
        self.assertEqual(found["date"], self.working_day(4))
        order.button_cancel()
        self.assertEqual(self.ask((self.cabinet, 1))[0]["date"], self.working_day(10))

    def test_what_is_made_already_is_used(self):
        """REV-10: an open manufacturing order that nobody claims brings its goods when it can end."""
        order = self.produce(self.frame, 2)
        self.put(self.sheet, 8)
        order.date_finished = order.date_start + timedelta(days=1)
        _found, [line] = self.ask((self.frame, 2))
        self.assertEqual((line["date"], line["obstacles"][0]["kind"], line["obstacles"][0]["name"]),
                         ("2031-03-04", "incoming", order.name))

    def test_first_line_takes_first(self):
        """REV-10: two lines of one quotation share the stock: the first takes it."""
        self.put(self.breaker, 1)
        _found, lines = self.ask((self.breaker, 1), (self.breaker, 1))
        self.assertEqual([line["date"] for line in lines], ["2031-03-03", self.working_day(10)])

    def test_work_centre_is_full(self):
        """REV-10: open work orders are worked first; their hours and the quotation's are shown; overtime helps."""
        for product in (self.breaker, self.frame):
            self.put(product, 30)
        door = self.goods("Door")
        self.bill(door, (self.frame, 1), hours=3)
        self.produce(door, 10)
        found, [line] = self.ask((self.cabinet, 1))
        self.assertEqual(found["centres"], [{"name": "Press", "load": 30.0, "own": 3.0}])
        self.assertEqual((line["obstacles"][0]["kind"], found["date"]), ("centre", self.working_day(4)))
        found, _lines = self.ask((self.cabinet, 1), overtime={self.press.id: 7})
        self.assertEqual(found["date"], self.working_day(2))

    def test_planned_work_whose_time_is_over(self):
        """REV-10: what was planned for days that are over is not done by that: its rest is worked from now on."""
        self.put(self.breaker, 30)
        self.put(self.frame, 30)
        door = self.goods("Door")
        self.bill(door, (self.frame, 1), hours=3)
        order = self.produce(door, 10)
        order.button_plan()
        order.workorder_ids.leave_id.write({"date_from": "2031-02-10 00:00:00", "date_to": "2031-02-13 00:00:00"})
        found, _lines = self.ask((self.cabinet, 1))
        self.assertEqual((found["centres"][0]["load"], found["date"]), (30.0, self.working_day(4)))

    def test_leave_of_the_centre(self):
        """REV-10: a work centre's own time off is no working time."""
        self.put(self.sheet, 4)
        self.env["resource.calendar.leaves"].create({
            "name": "Repair", "resource_id": self.press.resource_id.id, "calendar_id": self.calendar.id,
            "date_from": "2031-03-02 00:00:00", "date_to": "2031-03-06 00:00:00"})
        self.assertEqual(self.ask((self.frame, 1))[0]["date"], "2031-03-06")

    def test_public_holiday_is_no_working_day(self):
        """REV-10: supplier lead times are working days of the company: a week off moves the date by it."""
        self.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": self.calendar.id, "company_id": self.company.id,
            "date_from": "2031-03-03 16:00:00", "date_to": "2031-03-07 15:59:59"})
        self.assertEqual(self.ask((self.sheet, 1))[0]["date"], "2031-03-11")

    def test_company_leads(self):
        """REV-10: days to purchase, the security lead and the product's delivery time count as Odoo has them."""
        self.company.write({"days_to_purchase": 3, "security_lead": 2})
        self.assertEqual(self.ask((self.sheet, 1))[0]["date"], "2031-03-12")  # five working days and two
        self.sheet.sale_delay = 20
        found, [line] = self.ask((self.sheet, 1))
        self.assertEqual((found["date"], line["obstacles"][0]["kind"]), ("2031-03-23", "delivery"))

    def test_manufacturing_lead_time(self):
        """REV-10: an order takes its bill's lead time where its operations are faster."""
        self.put(self.sheet, 4)
        self.frame.bom_ids.produce_delay = 6
        found, [line] = self.ask((self.frame, 1))
        self.assertEqual((found["date"], line["obstacles"][0]["kind"]), (self.working_day(6), "lead"))

    def test_no_source_names_the_part(self):
        """REV-10: a part without supplier and bill leaves no date, and the sentence says what to do."""
        self.breaker.seller_ids.unlink()
        window = self.open_window(self.quote((self.cabinet, 1), (self.sheet, 1)))
        self.assertFalse(window.feasible_date)
        self.assertIn("Breaker has no source: give it a supplier", window.obstacles)
        self.assertEqual(window.line_ids.mapped("is_late"), [False, False])
        with self.assertRaisesRegex(UserError, "no date that could be promised"):
            window.action_take_over()

    def test_archived_supplier_sells_nothing(self):
        """REV-10: of an archived supplier nothing is bought; nor of one of another company, or of yesterday."""
        other = self.env["res.company"].create({"name": "Other"})
        self.breaker.seller_ids.partner_id = self.env["res.partner"].create({"name": "Gone", "active": False})
        self.sells(self.breaker, 1, company_id=other.id)
        self.sells(self.breaker, 1, date_end="2031-03-01")
        self.assertEqual(self.ask((self.breaker, 1))[1][0]["obstacles"][0]["kind"], "none")

    def test_other_company_is_not_ours(self):
        """REV-10: bills and stock of another company, and of another warehouse, count for nothing."""
        other = self.env["res.company"].create({"name": "Other"})
        self.frame.bom_ids.company_id = False
        self.breaker.bom_ids = self.env["mrp.bom"].create({
            "product_tmpl_id": self.breaker.product_tmpl_id.id, "company_id": other.id})
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "W2", "company_id": self.company.id})
        self.put(self.breaker, 9, second.lot_stock_id)
        _found, [line] = self.ask((self.breaker, 1))
        self.assertEqual((line["date"], line["obstacles"][0]["kind"]), (self.working_day(10), "buy"))

    def test_kit_is_sold_as_its_parts(self):
        """REV-10: a phantom bill is its parts, the one with stock needs no time."""
        kit = self.goods("Spares")
        self.bill(kit, (self.sheet, 1), (self.breaker, 1), type="phantom")
        self.put(self.breaker, 1)
        self.assertEqual(self.ask((kit, 1))[0]["date"], self.working_day(2))

    def test_units_are_converted(self):
        """REV-10: dozens of the line and of the bill are pieces of the stock."""
        dozen = self.env.ref("uom.product_uom_dozen")
        box = self.goods("Box")
        self.bill(box, (self.sheet, 1), product_uom_id=dozen.id, quantity=2)  # one sheet for 24 boxes
        self.put(self.sheet, 1)
        order = self.quote((box, 2))
        order.order_line.product_uom_id = dozen
        self.assertEqual(order._get_feasible()["date"], "2031-03-03")
        order.order_line.product_uom_qty = 3
        found = order._get_feasible(asked=fields.Date.to_date("2031-03-03"))
        self.assertEqual((found["date"], found["lines"][0]["count"]), (self.working_day(2), 2))

    def test_variants_take_their_lines(self):
        """REV-10: a line of the bill for another variant is not needed."""
        attribute = self.env["product.attribute"].create({
            "name": "Door", "value_ids": [Command.create({"name": name}) for name in ("Steel", "Glass")]})
        door = self.env["product.template"].create({
            "name": "Door", "type": "consu", "is_storable": True, "sale_delay": 0, "attribute_line_ids": [
                Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})]})
        steel, glass = door.attribute_line_ids.product_template_value_ids
        bill = self.bill(door.product_variant_ids[0], (self.sheet, 1), (self.breaker, 1))
        bill.bom_line_ids[0].bom_product_template_attribute_value_ids = steel
        bill.bom_line_ids[1].bom_product_template_attribute_value_ids = glass
        _found, lines = self.ask(*((variant, 1) for variant in door.product_variant_ids))
        self.assertEqual([line["date"] for line in lines], [self.working_day(2), self.working_day(10)])

    def test_services_and_goods_that_are_not_counted(self):
        """REV-10: a service needs no date, goods without stock-keeping are there, nothing of something neither."""
        service = self.env["product.product"].create({"name": "Training", "type": "service"})
        paint = self.goods("Paint", is_storable=False)
        window = self.open_window(self.quote((service, 1), (paint, 5), (self.breaker, 0)))
        self.assertEqual(window.line_ids.mapped("constraint"), ["No date needed", "", "No date needed"])
        self.assertEqual(fields.Date.to_string(window.feasible_date), "2031-03-03")

    def test_bill_that_loops(self):
        """REV-10: a bill that loops (as imports and other companies' bills can make) ends with the part's name."""
        self.bill(self.breaker, (self.sheet, 1))
        loop = self.bill(self.sheet, (self.goods("Ore"), 1))
        self.env.flush_all()
        self.env.cr.execute("UPDATE mrp_bom_line SET product_id = %s WHERE bom_id = %s", [self.breaker.id, loop.id])
        self.env.invalidate_all()
        self.assertEqual(self.ask((self.breaker, 1))[1][0]["obstacles"][0]["kind"], "loop")

    def test_centre_without_calendar_works_around_the_clock(self):
        """REV-10: a work centre without working hours works day and night; a company without any, every day."""
        self.put(self.sheet, 40)
        self.press.resource_calendar_id = False
        self.assertEqual(self.ask((self.frame, 10))[0]["date"], "2031-03-03")
        self.calendar.attendance_ids.unlink()
        self.assertEqual(self.ask((self.breaker, 1))[0]["date"], "2031-03-13")

    # ----- the window -----

    def open_window(self, order):
        action = order.with_user(self.sales).action_feasible_date()
        return self.env[action["res_model"]].with_user(self.sales).browse(action["res_id"])

    def test_sales_sees_it_without_other_rights(self):
        """REV-10, ARC-5: sales sees date, gap and constraint without rights on manufacturing, purchase and stock."""
        self.assertFalse(self.sales.has_groups("mrp.group_mrp_user,purchase.group_purchase_user,stock.group_stock_user"))
        window = self.open_window(self.quote((self.cabinet, 1), days=5))
        self.assertEqual((window.gap_days, window.is_late), (9, True))
        self.assertIn("Breaker from Copper Works, here on", window.obstacles)
        self.assertEqual(window.line_ids.count, 0)

    def test_order_of_another_salesperson_is_closed(self):
        """ARC-5: who may not read a quotation does not learn its date."""
        other = self._user("other_sales", "sales_team.group_sale_salesman")
        with self.assertRaises(Exception):  # noqa: B017
            self.quote((self.cabinet, 1)).with_user(other).action_feasible_date()

    def test_take_over_keeps_what_was_asked(self):
        """REV-10: the date is written as delivery date; the requested one stays beside it."""
        order = self.quote((self.cabinet, 1), days=5)
        self.open_window(order).action_take_over()
        self.assertEqual(fields.Date.to_string(order._get_requested_date()), self.working_day(10))
        self.assertEqual(fields.Date.to_string(order.requested_date), "2031-03-08")
        window = self.open_window(order)
        self.assertEqual((window.gap_days, window.is_late), (0, False))

    def test_review_settles_the_date(self):
        """REV-10, REV-11: under review the date is the review's; a confirmed order has none to compute."""
        order = self._order(self.cabinet)
        window = self.open_window(order)
        self._submit(order)
        with self.assertRaisesRegex(UserError, "its review settles"):
            window.action_take_over()
        order = self.quote((self.cabinet, 1))
        window = self.open_window(order)
        self.company.order_review_policy = "none"
        order.action_confirm()
        for step in (window.action_take_over, order.action_feasible_date):
            with self.assertRaisesRegex(UserError, "this needs"):
                step()

    def test_what_if(self):
        """REV-10: other quantity, other date and overtime are computed, not booked, and cannot be taken over."""
        self.put(self.breaker, 8)
        self.put(self.frame, 4)
        order = self.quote((self.cabinet, 5), days=10)
        window = self.open_window(order)
        self.assertEqual((window.is_late, window.line_ids.count, window.is_what_if), (True, 4, False))
        window.line_ids.quantity = 4
        window.action_compute()
        self.assertEqual((fields.Date.to_string(window.feasible_date), window.is_what_if), (self.working_day(1), True))
        window.write({"overtime_centre": str(self.press.id), "overtime_hours": 9})
        window.action_compute()
        self.assertEqual(fields.Date.to_string(window.feasible_date), "2031-03-03")
        with self.assertRaisesRegex(UserError, "Change the quotation first"):
            window.action_take_over()
        self.assertEqual((order.order_line.product_uom_qty, fields.Date.to_string(order.requested_date)),
                         (5, "2031-03-13"))

    def test_other_date(self):
        """REV-10: another date changes the gap only, and nothing on the quotation."""
        order = self.quote((self.cabinet, 1), days=5)
        window = self.open_window(order)
        window.asked_date = "2031-03-20"
        window.action_compute()
        self.assertEqual((window.gap_days, window.is_late, window.is_what_if), (-3, False, False))
        self.assertEqual(fields.Date.to_string(order.requested_date), "2031-03-08")

    def test_numbers_that_are_none(self):
        """REV-10: a quantity below zero, NaN, infinity, more hours than a day has: a message."""
        window = self.open_window(self.quote((self.cabinet, 1)))
        for number in (nan, inf, 1e308, 10 ** 400):
            with self.assertRaisesRegex(UserError, "is no number that can be kept"):
                window.line_ids.write({"quantity": number})
            with self.assertRaisesRegex(UserError, "is no number that can be kept"):
                window.write({"overtime_hours": number})
        window.line_ids.quantity = -1
        with self.assertRaisesRegex(UserError, "Enter how many.*Cabinet"):
            window.action_compute()
        window.line_ids.quantity = 1
        for number in (-1, 25):
            window.write({"overtime_centre": str(self.press.id), "overtime_hours": number})
            with self.assertRaisesRegex(UserError, "between 0 and 24"):
                window.action_compute()

    def test_nothing_to_deliver(self):
        """REV-10: a quotation without products says so."""
        with self.assertRaisesRegex(UserError, "no product to deliver"):
            self.quote().action_feasible_date()

    def test_nothing_is_booked(self):
        """REV-10: neither moves nor orders nor reservations come of asking."""
        counts = [self.env[name].search_count([]) for name in ("stock.move", "mrp.production", "purchase.order")]
        self.open_window(self.quote((self.cabinet, 5))).action_compute()
        self.assertEqual(counts, [
            self.env[name].search_count([]) for name in ("stock.move", "mrp.production", "purchase.order")])

    def test_queries_do_not_grow(self):
        """REV-10: at most 25 queries, whatever the number of lines, parts and levels."""
        counts = []
        for size in (1, 6):
            products = [self.goods(f"Set {size} {index}") for index in range(size)]
            for product in products:
                parts = [self.goods(f"{product.name} part {index}") for index in range(4 * size)]
                for part in parts:
                    self.sells(part, 3)
                bill = self.bill(product, (self.cabinet, 1), *((part, 1) for part in parts), hours=1)
                bill.operation_ids.workcenter_id = self.press.copy()
            order = self.quote(*((product, 1) for product in products))
            order._get_feasible()  # the calendar's table is kept between questions
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with mute_logger("odoo.sql_db"):
                order.with_user(self.sales)._get_feasible()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 25)
