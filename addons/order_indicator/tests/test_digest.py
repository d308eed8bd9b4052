from odoo.fields import Command
from odoo.tests import tagged

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestDigest(IndicatorCommon):
    """The week from 9 to 15 March against the one before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["order.indicator.subscription"].search([]).unlink()
        cls._new_clocks("2026-03-04", met=9, breached=1)
        cls._new_clocks("2026-03-11", met=5, breached=1)
        cls._new_clocks("2026-03-12", breached=4, policy_id=cls.other_policy.id)
        cls.env["order.indicator.target"].create({"indicator_id": cls.kept.id, "value": 95, "date_from": "2026-01-01"})
        cls.subscription = cls.env["order.indicator.subscription"].create(
            {"user_id": cls.reader.id, "company_id": cls.company.id, "last_week": "2026-03-09"})

    def run_cron(self, text):
        """Mails that the job makes at a moment."""
        before = self.env["mail.mail"].search([])
        with self.at(text):
            for subscription in self.Indicator._get_waiting_subscriptions():
                subscription._serve()
        return self.env["mail.mail"].search([]) - before

    def test_once_a_week_also_when_the_job_runs_twice(self):
        """RPT-2: on the company's weekday, once; made up for later in the week; the next one a week later."""
        self.assertFalse(self.run_cron("2026-03-15 23:59"))
        self.assertEqual(self.run_cron("2026-03-16 00:30").recipient_ids, self.reader.partner_id)
        for again in ("2026-03-16 00:31", "2026-03-18 08:00", "2026-03-22 23:59"):
            self.assertFalse(self.run_cron(again))
        self._new_clocks("2026-03-18", met=1, breached=1)
        self.assertTrue(self.run_cron("2026-03-23 00:30"))

    def test_new_subscription_waits_for_the_next_weekday(self):
        """RPT-2: who subscribes on a Wednesday, or ends it and subscribes again, gets his next one on Monday."""
        self.subscription.unlink()
        with self.at("2026-03-18 08:00"):
            self.Indicator.with_user(self.reader).toggle_subscription()
        self.assertFalse(self.run_cron("2026-03-18 08:01"))
        self._new_clocks("2026-03-18", met=1, breached=1)
        self.assertTrue(self.run_cron("2026-03-23 00:30"))

    def test_subscription_served_by_another_worker(self):
        """RPT-2: who was found waiting and has been served meanwhile gets no second one."""
        with self.at("2026-03-16 08:00"):
            waiting = self.Indicator._get_waiting_subscriptions()
            waiting._serve()
            before = self.env["mail.mail"].search_count([])
            waiting._serve()
            self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_what_it_says(self):
        """RPT-2: value, target, former value, the change in words, and who brings the misses, with a link."""
        body = self.run_cron("2026-03-16 08:00").body_html
        for words in ("Kept in Time: 50.0", "Target 95.0", "missed", "90.0", "−40.0 points", "worse",
                      "Policy: Quotation 0.0 % (0 of 4); Opinion 83.3 % (5 of 6)", "/odoo/managers-board"):
            with self.subTest(words):
                self.assertIn(words, " ".join(str(body).replace("<strong>", "").replace("</strong>", "").split()))

    def test_weekday_is_the_companys_choice(self):
        """RPT-2: on Thursday, if the company says so; not at all, if it says none."""
        self.company.indicator_digest_day = "3"
        self.assertFalse(self.run_cron("2026-03-18 20:00"))
        self.assertTrue(self.run_cron("2026-03-19 00:30"))
        self.subscription.last_week = False
        self.company.indicator_digest_day = False
        self.assertFalse(self.run_cron("2026-03-20 08:00"))

    def test_who_gets_none(self):
        """RPT-2: who was archived, lost the group, left the company or has no address; and nobody hears of nothing."""
        for name, values in (
                ("archived", {"active": False}), ("address", {"email": False}),
                ("group", {"group_ids": [Command.unlink(
                    self.env.ref("order_indicator.group_order_indicator_user").id)]})):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.reader.write(values)
                self.assertFalse(self.run_cron("2026-03-16 08:00"))
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()
        self.assertFalse(self.run_cron("2030-03-18 08:00"))

    def test_group_of_a_number_says_it_once(self):
        """RPT-2: where the figure is a number of records, its groups do not say that number twice."""
        late = self._new_indicator(
            name="Late Now", kind="count", unit="number", hit_domain=False, date_field=False,
            domain="[('state', '=', 'breached')]", better="lower", sequence=1)
        with self.at("2026-03-16 08:00"):
            why = late._get_why(late._get_periods("last_week"))
        self.assertIn("Quotation 4", why)
        self.assertNotIn("records", why)

    def test_it_says_what_the_reader_may_see(self):
        """RPT-2: the digest counts with its reader's rights, not the system's."""
        self.reader.group_ids = [Command.unlink(self.env.ref("order_sla.group_order_sla_manager").id)]
        self.assertFalse(self.run_cron("2026-03-16 08:00"))

    def test_language_is_the_companys(self):
        """RPT-2: in the company's language, whatever the job's or the reader's is."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        self.kept.with_context(lang="zh_CN").name = "按时完成率"
        self.assertIn("按时完成率", self.run_cron("2026-03-16 08:00").body_html)
