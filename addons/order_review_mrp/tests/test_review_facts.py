from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import FeasibleCommon

NOW = "2031-03-03 02:00:00"


@tagged("-at_install", "post_install")
class TestReviewFacts(FeasibleCommon):
    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(freeze_time(NOW))
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.bill(cls.cabinet, (cls.frame, 1), (cls.breaker, 2), hours=3)
        cls.bill(cls.frame, (cls.sheet, 4), hours=1)

    def deliver(self, product, days):
        """An order of then, delivered so many days later."""
        self.company.order_review_policy = "none"
        self.put(product, 1)
        order = self.quote((product, 1), days=days - 2)
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            picking._action_done()
        self.company.order_review_policy = "all"
        return order

    def test_round_keeps_what_was_known(self):
        """REV-10: sent to review, the round keeps availability, kit date, load, lead times and the date proposed."""
        self.put(self.sheet, 4)
        review = self._submit(self._order(self.cabinet, 1))
        facts = review.supply_facts
        self.assertEqual(fields.Date.to_string(review.feasible_date), self.working_day(10))
        self.assertEqual(facts["lines"][0]["kit"], self.working_day(10))
        self.assertEqual(facts["centres"], [{"name": "Press", "load": 0, "own": 4}])
        self.assertEqual([(row["part"], row["name"], row["days"]) for row in facts["suppliers"]],
                         [("Breaker", "Copper Works", 10), ("Sheet", "Copper Works", 2)])
        self.assertEqual(fields.Datetime.to_string(review.supply_as_of), NOW)

    def test_reviewer_reads_it(self):
        """REV-10, ARC-5: a reviewer without rights on sales, stock and purchase reads the panel, in his language."""
        review = self._submit(self._order(self.cabinet, 1)).with_user(self.reviewers["production"])
        self.assertIn("Breaker from Copper Works, here on", review.supply_panel)
        review.with_context(lang="zh_CN").supply_panel  # noqa: B018
        self.assertIn("Press", review.supply_panel)

    def test_facts_follow_until_the_conclusion(self):
        """REV-10: a reviewer has them computed anew; concluded, they stay as the deciders saw them."""
        review = self._submit(self._order(self.cabinet, 1))
        self.put(self.breaker, 2)
        review.with_user(self.reviewers["production"]).action_refresh_supply()
        self.assertLess(fields.Date.to_string(review.feasible_date), self.working_day(10))
        self._agree(review)
        self._conclude(review, "accept", note="Decided.")
        with self.assertRaisesRegex(UserError, "this needs"):
            review.action_refresh_supply()
        with self.assertRaisesRegex(UserError, "signed or concluded"):
            review.sudo().feasible_date = "2031-03-04"

    def test_prepared_round_shows_it_too(self):
        """REV-10: the order desk computes it while it prepares the round; hands do not write it."""
        order = self._order(self.cabinet, 1)
        review = self.env["order.review"].browse(order.with_user(self.desk).action_prepare_review()["res_id"])
        review.with_user(self.desk).action_refresh_supply()
        self.assertTrue(review.feasible_date)
        with self.assertRaisesRegex(Exception, "cannot be changed directly"):
            review.with_user(self.desk).write({"feasible_date": "2031-03-04"})

    def test_order_of_services_has_no_facts(self):
        """REV-10: a part without a source does not hold the round, an order of services shows that none is needed."""
        self.breaker.seller_ids.unlink()
        review = self._submit(self._order(self.cabinet, 1))
        self.assertFalse(review.feasible_date)
        self.assertIn("Breaker has no source", review.supply_panel)
        service = self.env["product.product"].create({"name": "Training", "type": "service"})
        review = self._submit(self._order(service, 1))
        self.assertIn("No date needed", review.supply_panel)

    def test_similar_orders(self):
        """REV-10: delivered orders of the product come first, then of its category, with days planned and taken."""
        self.cabinet.categ_id = self.frame.categ_id = self.env["product.category"].create({"name": "Cabinets"})
        category, same = self.deliver(self.frame, 20), self.deliver(self.cabinet, 30)
        self.deliver(self.breaker, 10)
        self.quote((self.cabinet, 1))
        review = self._submit(self._order(self.cabinet, 1))
        self.assertEqual([(row["order"], row["same"], row["planned"], row["actual"])
                          for row in review.supply_facts["similar"]],
                         [(same.name, True, 28, 30), (category.name, False, 18, 20)])
        self.assertIn("same category", review.supply_panel)

    def test_what_came_back_is_no_delivery(self):
        """REV-10: of a former order whose goods came back for repair a year later, the days until they were delivered
        count."""
        former = self.deliver(self.cabinet, 30)
        gone = former.picking_ids.filtered(lambda picking: picking.state == "done")
        back = gone.copy({"picking_type_id": gone.picking_type_id.warehouse_id.in_type_id.id, "move_ids": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_picking SET state = 'done', sale_id = %s, date_done = %s WHERE id = %s",
            [former.id, gone.date_done + timedelta(days=365), back.id])
        self.env.invalidate_all()
        review = self._submit(self._order(self.cabinet, 1))
        self.assertEqual([row["actual"] for row in review.supply_facts["similar"] if row["same"]], [30])

    def test_queries_of_the_facts_do_not_grow(self):
        """REV-10: the similar orders cost one query, whatever the number of products."""
        counts = []
        for size in (1, 5):
            order = self.quote(*((self.goods(f"Set {size} {index}"), 1) for index in range(size)))
            review = self.env["order.review"].browse(
                self._prepare(order).with_user(self.desk).action_prepare_review()["res_id"])
            review._prepare_supply()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            review._prepare_supply()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 27)

    def _prepare(self, order):
        order.write({
            "medium_id": self.medium.id, "project_name": "Substation", "project_background": "New",
            "project_manager_id": self.sales.id, "technical_requirements": "IP4X", "quality_requirements": "GB 3906"})
        self._confirm_requirements(order)
        return order
