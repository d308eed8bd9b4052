from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import VisitCommon


@tagged("-at_install", "post_install")
class TestAccess(VisitCommon, HttpCase):
    def _sees(self, user, visit):
        return visit in self.env["service.visit"].with_user(user).search([])

    def test_who_sees_a_visit(self):
        """ARC-5: its technicians, the head, the engineer of its request, sales its own customers'; nobody else."""
        visit = self._planned()
        clerk = self._person("clerk", self.plant)
        for user, sees in ((self.engineer, True), (self.colleague, False), (self.head, True), (clerk, False),
                           (self.other_seller, False), (self.seller, True)):
            self.assertEqual(self._sees(user, visit), sees, user.login)
        visit.sudo().technician_ids = self.colleague
        self.assertTrue(self._sees(self.colleague, visit))
        self.assertTrue(visit.with_user(self.colleague).check_ids.mapped("name"))

    def test_each_company_sees_its_own(self):
        """ARC-5: a person of another company finds neither visit nor lines, whatever his groups."""
        visit = self._planned()
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(
            self.env, "av_theirs", groups="aftersales.group_service_manager", company_id=other.id,
            company_ids=[Command.set(other.ids)])
        self.assertFalse(self._sees(theirs, visit))
        for lines in ("check", "part", "hours"):
            self.assertFalse(self.env[f"service.visit.{lines}"].with_user(theirs).search([("visit_id", "=", visit.id)]))

    def test_portal_shows_the_customers_own(self):
        """AFT-3, ARC-5: the customer sees who comes when, in plain words, and takes his report; drafts and other
        customers' visits he does not see."""
        groups = "base.group_portal"
        login = new_test_user(self.env, "av_portal", groups=groups)
        login.partner_id.parent_id = self.customer
        signed, draft = self._signed(), self._visit()
        foreign = self._planned(partner_id=self.stranger.id, lot_ids=False)
        self.authenticate("av_portal", "av_portal")
        page = self.url_open("/my/visits").text
        self.assertIn(signed.name, page)
        self.assertIn("signed by", page)
        for hidden in (draft, foreign):
            self.assertNotIn(hidden.name, page)
        answer = self.url_open(f"/my/visits/{signed.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn(signed.name.replace("-", "_"), answer.headers.get("Content-Disposition", ""))
        for hidden in (draft, foreign):
            self.assertTrue(self.url_open(f"/my/visits/{hidden.id}").url.endswith("/my/visits"))
