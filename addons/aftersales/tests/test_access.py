from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import AftersalesCommon


@tagged("-at_install", "post_install")
class TestAccess(AftersalesCommon):
    def _sees(self, user, request):
        return request in self.env["service.request"].with_user(user).search([])

    def test_who_sees_a_request(self):
        """ARC-5: after-sales sees all, sales its own customers', who is asked (the general manager
        by its clocks) what he is asked about, nobody else any."""
        request = self._request()
        clerk = self._person("clerk", self.plant)
        for user, sees in ((self.engineer, True), (self.seller, True), (self.other_seller, False), (clerk, False),
                           (self.general, True)):
            self.assertEqual(self._sees(user, request), sees, user.login)
        request.user_id = clerk
        self.assertTrue(self._sees(clerk, request))

    def test_sales_opens_its_delivery(self):
        """DLV-3, ARC-5: whoever sells opens the delivery of his order, though he may not read repairs."""
        delivery = self.order.picking_ids or self.env["stock.picking"].search([
            ("move_ids.lot_ids", "in", self.lot.ids)])
        self.assertTrue(delivery)
        self.assertFalse(self.env["repair.order"].with_user(self.seller).has_access("read"))
        Form(delivery[:1].with_user(self.seller))

    def test_each_company_sees_its_own(self):
        """ARC-5: a person of another company finds neither request nor desk, whatever his groups."""
        request = self._request()
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(
            self.env, "as_theirs", groups="aftersales.group_service_manager", company_id=other.id,
            company_ids=[Command.set(other.ids)])
        self.assertFalse(self._sees(theirs, request))
        self.assertNotIn(self.desk, self.env["service.desk"].with_user(theirs).search([]))

    def test_each_does_his_part(self):
        """AFT-1, AFT-2: sales hands over what it has received, and neither contacts nor solves."""
        request = self._request()
        with self.assertRaises(AccessError):
            request.with_user(self.other_seller).action_hand_over()
        for action in ("action_take", "action_start", "action_solve", "action_close"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                getattr(request, action)()
        request.action_hand_over()
        with self.assertRaises(AccessError):
            request.subject = "Something else"
        with self.assertRaises(AccessError):
            self._call(request, user=self.seller)

    def test_only_the_head_sets_up(self):
        """ARC-5: desks and warranty terms are the head's."""
        with self.assertRaises(AccessError):
            self.desk.with_user(self.engineer).flood_limit = 9
        with self.assertRaises(AccessError):
            self.env["service.warranty.term"].with_user(self.engineer).create({"name": "All"})
        self.desk.with_user(self.head).flood_limit = 9
        with self.assertRaises(UserError):
            self.desk.with_user(self.head).write({"flood_limit": float("nan")})

    def test_list_costs_the_same(self):
        """ARC-2: the list of requests costs the same number of queries for two as for twenty."""
        requests = self.env["service.request"].concat(*(self._request(lot_id=self.lot.id) for _number in range(20)))
        fields = dict.fromkeys((
            "name", "subject", "warranty_state", "sla_clocks", "can_edit", "is_other_customer", "repair_count",
            "quotation_count"), {})
        counts = []
        for some in (requests, requests[:2], requests):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.engineer).web_read(fields)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])  # the first has filled the registry's caches
