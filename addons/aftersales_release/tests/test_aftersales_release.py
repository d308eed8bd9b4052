from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.aftersales.tests.common import AftersalesCommon


@tagged("-at_install", "post_install")
class TestAftersalesRelease(AftersalesCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "order_review_policy" in cls.company:
            cls.company.order_review_policy = "none"  # the review of orders has its own tests
        cls.order.action_confirm()
        cls.designer = cls._person(
            "designer", cls.plant, manages=True,
            groups="document_release.group_document_release_user,sales_team.group_sale_salesman_all_leads")
        new_test_user(
            cls.env, "as_portal", groups="base.group_portal", partner_id=cls.contact.id, password="as_portal",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])

    def _release(self, name, release=True, **values):
        file = self.env["ir.attachment"].with_user(self.designer).create({"name": f"{name}.pdf", "raw": b"%PDF-1.4"})
        released = self.env["document.release"].with_user(self.designer).create({
            "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": name, "res_model": "sale.order",
            "res_id": self.order.id, "is_for_customer": True, "attachment_ids": [Command.set(file.ids)],
            "receiver_ids": [Command.create({"department_id": self.department.id})], "discipline": "both", **values})
        if release:
            released.action_release()
        return released

    def test_customer_finds_what_is_released_to_him(self):
        """AFT-4: the customer finds the documents of his order on his portal, and takes their files."""
        released = self._release("General arrangement")
        self.authenticate("as_portal", "as_portal")
        page = self.url_open("/my/documents")
        self.assertIn("General arrangement.pdf", page.text)
        answer = self.url_open(f"/my/documents/{released.id}/{released.attachment_ids.id}")
        self.assertEqual((answer.status_code, answer.content), (200, b"%PDF-1.4"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_what_he_does_not_find(self):
        """AFT-4, ARC-5: drafts, what is not for him, what was taken back or replaced, and what is another customer's:
        neither in the list nor by its number."""
        other = self._deliver("KYN28-0002", self.stranger)[0]
        other.action_confirm()
        taken_back, replaced = self._release("Taken back"), self._release("Replaced")
        taken_back.action_cancel()
        revised = self.env["document.release"].browse(replaced.action_revise()["res_id"])
        revised.with_user(self.designer).attachment_ids = self.env["ir.attachment"].with_user(self.designer).create(
            {"name": "Revised.pdf", "raw": b"%PDF-1.5"})
        revised.with_user(self.designer).action_release()
        hidden = (self._release("Draft", release=False), self._release("Internal", is_for_customer=False), taken_back,
                  replaced, self._release("Foreign", res_id=other.id))
        self.authenticate("as_portal", "as_portal")
        page = self.url_open("/my/documents").text
        self.assertIn("Revised.pdf", page)
        for release in hidden:
            file = release.sudo().attachment_ids
            self.assertNotIn(f"/my/documents/{release.id}/", page, release.subject)
            answer = self.url_open(f"/my/documents/{release.id}/{file.id}")
            self.assertTrue(answer.url.endswith("/my/documents"), release.subject)
        self.authenticate(None, None)
        file = revised.sudo().attachment_ids
        self.assertIn("/web/login", self.url_open(f"/my/documents/{revised.id}/{file.id}").url)

    def test_serial_number_brings_its_drawings(self):
        """AFT-4, ARC-5: after-sales opens what is in force from the serial number and from the request; it reads
        no drafts and changes nothing."""
        released, draft = self._release("Doors", is_for_customer=False), self._release("Draft", release=False)
        request = self._handed(lot_id=self.lot.id)
        for record in (self.lot.with_user(self.engineer), request):
            self.assertEqual(record.release_count, 1)
            domain = record.action_view_releases()["domain"]
            self.assertEqual(self.env["document.release"].with_user(self.engineer).search(domain), released)
        theirs = released.with_user(self.engineer)
        self.assertTrue(theirs.receiver_ids.mapped("state") and theirs.attachment_ids.mapped("raw"))
        self.assertFalse(draft.with_user(self.engineer).has_access("read"))
        with self.assertRaises(AccessError):
            theirs.action_cancel()
