from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .common import READER, IndicatorCommon


@tagged("post_install", "-at_install")
class TestAccess(IndicatorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_clocks("2026-03-10", met=3, breached=1)

    def test_board_is_for_its_readers(self):
        """EVA-2: whoever is not in the group gets neither board nor figures."""
        Indicator = self.Indicator.with_user(self.clerk)
        with self.assertRaises(AccessError):
            Indicator.get_board("month")
        with self.assertRaises(AccessError):
            self.kept.with_user(self.clerk).get_cards("month")
        with self.assertRaises(AccessError):
            self.kept.with_user(self.clerk).get_records_action("month")
        with self.assertRaises(AccessError):
            Indicator.toggle_subscription()

    def test_figures_are_of_what_the_reader_may_read(self):
        """EVA-2: a reader without rights on the clocks of others counts his own."""
        own = self._new_user("board_own", READER)
        self._new_clocks("2026-03-10", breached=1, user_id=own.id)
        with self.at():
            self.assertEqual(self.card()["count"], 5)
            self.assertEqual(self.card(user=own)["count"], 1)

    def test_other_company_is_not_counted(self):
        """EVA-2: the board is of one company, also for who works in several."""
        self._new_clocks("2026-03-10", breached=7, company_id=self.other_company.id, department_id=False)
        self.reader.company_ids = [Command.link(self.other_company.id)]
        both = (self.company | self.other_company).ids
        with self.at():
            for companies, count in ((both, 4), (both[::-1], 7)):
                kept = self.kept.with_user(self.reader).with_context(allowed_company_ids=companies)
                self.assertEqual(kept.get_cards("month")[0]["count"], count)

    def test_what_may_not_be_read_or_is_not_there_is_not_shown(self):
        """EVA-2: an indicator of a model that the reader may not read, or that is not installed, has no card."""
        jobs = self._new_indicator(
            name="Jobs", model="ir.cron", kind="count", domain="[]", hit_domain=False, date_field=False,
            company_field=False, department_field=False, person_field="user_id", other_field=False)
        gone = self._new_indicator(name="Moon", model="moon.landing")
        field = self._new_indicator(name="Field", hit_domain="[('moon', '=', 1)]")
        with self.at():
            board = self.Indicator.with_user(self.reader).get_board("month")
            shown = [card["id"] for section in board["sections"] for card in section["cards"]]
            self.assertEqual(shown, self.kept.ids)
            self.assertEqual(
                [card["id"] for card in (self.kept | jobs | gone | field).with_user(self.reader).get_cards("month")],
                self.kept.ids)

    def test_way_over_a_model_that_may_not_be_read(self):
        """EVA-2: a condition over a model that the reader may not read has no card; the other cards of the board
        stand."""
        reader = self._new_user("board_partner", READER)
        over = self._new_indicator(
            name="Over", model="res.partner", kind="count", hit_domain=False,
            domain="[('bank_ids.acc_number', '!=', '')]", date_field=False,
            department_field=False, person_field="user_id", other_field="company_id")
        way = self._new_indicator(
            name="Way", model="res.partner", kind="count", hit_domain=False, domain="[]", date_field=False,
            department_field=False, person_field="user_id", other_field="main_user_id.company_id")
        self.env["ir.model.access"].search([("model_id.model", "=", "res.partner.bank")]).perm_read = False
        with self.at():
            cards = (self.kept | over | way).with_user(reader).get_cards("month")
            self.assertEqual([card["id"] for card in cards], (self.kept | way).ids)

    def test_general_view_is_told_figures_and_opens_nothing(self):
        """EVA-2: who has the general view is told the figures of his whole company, by department too, also of records
        that he may not read; he opens none of them, is told nothing of other companies, and nothing where a figure is
        of no company."""
        boss = self._new_user("board_boss", f"{READER},order_indicator.group_order_indicator_all")
        blind = self._new_user("board_blind", READER)
        self._new_clocks("2026-03-10", breached=2, company_id=self.other_company.id, department_id=False)
        partners = self._new_indicator(
            name="Banks", model="res.partner.bank", kind="count", domain="[]", hit_domain=False, date_field=False,
            department_field=False, person_field=False, other_field=False)
        jobs = self._new_indicator(
            name="Jobs", model="ir.cron", kind="count", domain="[]", hit_domain=False, date_field=False,
            company_field=False, department_field=False, person_field="user_id", other_field=False)
        self.env["ir.model.access"].search([("model_id.model", "=", "res.partner.bank")]).perm_read = False
        with self.at():
            self.assertEqual(self.card(user=boss)["count"], 4)
            self.assertEqual(self.card(user=blind)["count"], 0, "without it: what he may read")
            rows = self.kept.with_user(boss).get_breakdown("department_field", "month")["rows"]
            self.assertEqual([(row["name"], row["count"]) for row in rows], [("Design", 4)])
            told = self.kept.with_user(boss).get_records_action("month")
            self.assertEqual(told["tag"], "display_notification", "no empty list, which would be filled with samples")
            self.assertIn("Kept in Time: you are told the figure", told["params"]["message"])
            march = self.kept._get_domain(self.kept._get_periods("month").current)
            own = self.env["sla.clock"].search(march & Domain("company_id", "=", self.company.id), limit=1)
            own.user_id = boss
            self.assertIn("(1 of 4,", self.kept.with_user(boss).get_records_action("month")["name"])
            own.user_id = False
            self.assertNotIn("(", self.kept.with_user(self.reader).get_records_action("month")["name"])
            self.assertTrue(self.card(partners, user=boss)["is_closed"], "his records are not for him to open")
            self.assertIsNone(self.card(partners, user=blind))
            self.assertIsNone(self.card(jobs, user=boss))
        with self.assertRaises(AccessError):
            self.env["res.partner.bank"].with_user(boss).search([])
        self.assertFalse(self.env["sla.clock"].with_user(boss).search([("company_id", "=", self.company.id)]))

    def test_who_sets_targets_and_indicators(self):
        """EVA-2: readers change nothing; a target of another company is neither seen nor set."""
        values = {"indicator_id": self.kept.id, "value": 90}
        with self.assertRaises(AccessError):
            self.env["order.indicator.target"].with_user(self.reader).create(values)
        with self.assertRaises(AccessError):
            self.kept.with_user(self.reader).name = "Mine"
        targets = self.env["order.indicator.target"].with_user(self.manager)
        self.assertEqual(targets.create(values).company_id, self.company)
        with self.assertRaises(AccessError):
            targets.create(values | {"company_id": self.other_company.id})

    def test_subscription_is_ones_own(self):
        """EVA-2: the button subscribes who presses it; nobody sees or writes those of others."""
        Indicator = self.Indicator.with_user(self.reader)
        self.assertTrue(Indicator.toggle_subscription())
        self.assertTrue(Indicator.get_board("month")["subscribed"])
        self.assertFalse(self.Indicator.with_user(self.manager).get_board("month")["subscribed"])
        subscriptions = self.env["order.indicator.subscription"]
        self.assertFalse(subscriptions.with_user(self.manager).search([]))
        with self.assertRaises(AccessError):
            subscriptions.with_user(self.manager).create({"user_id": self.reader.id, "company_id": self.company.id})
        self.assertFalse(Indicator.toggle_subscription())
        self.assertFalse(subscriptions.search([("user_id", "=", self.reader.id)]))
