import importlib.util
from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "post-digest.py"


@tagged("post_install", "-at_install")
class TestMigrationDigest(ReviewCommon):
    """What an order of the former revision is after the update."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        spec = importlib.util.spec_from_file_location("post_digest", SCRIPT)
        cls.script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)
        cls.env.cr.execute("ALTER TABLE sale_order ADD COLUMN review_digest varchar")
        cls.order = cls._reviewed()

    def _make_former(self, order, lang="en_US"):
        """As the former revision left it: the order's own fingerprint, in the language of whoever sent it."""
        self.env.flush_all()
        digest = self.script._former_digest(order.with_context(lang=lang))
        self.env.cr.execute("UPDATE sale_order SET review_digest = %s, contract_digest = NULL WHERE id = %s",
                            [digest, order.id])
        self.env.cr.execute("UPDATE order_review SET digest = %s, promised_digest = NULL WHERE order_id = %s",
                            [digest, order.id])
        self.env.invalidate_all()

    def _migrate(self):
        self.script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.flush_all()
        self.env.invalidate_all()

    def test_cleared_order_stays_cleared(self):
        """REV-11: an order that was up to date, in whatever language it was sent, is confirmed after the update."""
        chinese, english = self.order, self._reviewed()
        self._make_former(chinese, "zh_CN")
        self._make_former(english)
        self._migrate()
        for order in chinese | english:
            self.assertEqual(order.review_stage, "cleared")
            order.order_line.product_uom_qty = 7
            self.assertEqual(order.review_stage, "outdated")
            self.assertEqual(len(order.review_change_summary.splitlines()), 1, order.review_change_summary)
            order.order_line.product_uom_qty = 2
            order.action_confirm()

    def test_outdated_order_stays_outdated(self):
        """REV-11: an order that had changed since its review is not cleared by the update."""
        order = self.order
        self._make_former(order)
        order.order_line.price_unit = 1.0
        self._migrate()
        self.assertEqual(order.review_stage, "outdated")

    def test_running_round_goes_on(self):
        """REV-5, REV-11: a round in review, one with the customer, and a promised date go on after the update."""
        running, asked, promised = self._order(), self._order(), self._order()
        for order in running | asked | promised:
            review = self._submit(order)
            self._line(review, "production").lead_time_days = 50
            self._agree(review)
        self._conclude(asked.review_id, "conditional")
        self._conclude(promised.review_id, "conditional")
        self._record_customer(promised.review_id)
        for order in running | asked | promised:
            self._make_former(order)
        self._migrate()
        self.assertEqual((running | asked | promised).mapped("review_stage"), ["in_review", "customer", "cleared"])
        self._conclude(running.review_id, "conditional")
        for order in running | asked:
            self._record_customer(order.review_id)
            self.assertEqual(order.review_stage, "cleared")

    def test_contract_stays_in_effect(self):
        """QUO-2: what was signed before the update is in effect after it, and bound to what it is now."""
        order = self.order
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract"), "Mr. Wang", order.company_id._get_today())
        since = order.contract_effective_on
        self._make_former(order)
        self._migrate()
        self.assertRecordValues(order, [{
            "contract_effective": True, "contract_outdated": False, "contract_effective_on": since}])
        order.order_line.product_uom_qty = 9
        self.assertRecordValues(order, [{"contract_effective": False, "contract_outdated": True}])

    def test_release_by_override_stays(self):
        """REV-11: an order released by override before the update is released after it."""
        boss = self._user("boss", "sales_team.group_sale_manager,order_review.group_order_review_override")
        order = self._order()
        order.with_user(boss)._override_review("Urgent")
        self._make_former(order)
        self.env.cr.execute(
            "UPDATE sale_order SET review_override_digest = review_digest, review_digest = NULL WHERE id = %s",
            [order.id])
        self._migrate()
        self.assertEqual(order.review_stage, "overridden")
        order.action_confirm()

    def test_overruled_class_stays(self):
        """INT-5: a class that a person overruled with a reason before the update holds after it."""
        order = self._order(self.special, order_class="regular", order_class_reason="Repeat of last year's")
        order.sudo().order_class_known_ids = [Command.clear()]
        self._migrate()
        self.assertEqual(order._get_order_class(), "regular")
