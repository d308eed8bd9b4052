import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..models import service_page_hit
from .common import PNG, AftersalesCommon


@tagged("-at_install", "post_install")
class TestPage(AftersalesCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.token = self.lot._get_service_url().rpartition("/")[2]

    def _get(self, token=None):
        return self.url_open(f"/service/{token or self.token}", allow_redirects=False)

    def _post(self, page=None, files=None, **said):
        page = page or self._get()
        hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page.text) for name in ("csrf_token", "key")}
        said = {"text": "Breaker does not close", "phone": "138 0000 0000",
                **{name: found.group(1) for name, found in hidden.items() if found}, **said}
        response = self.url_open(f"/service/{self.token}", data=said, files=files, allow_redirects=False, timeout=60)
        self.env.invalidate_all()
        return response

    def _requests(self):
        return self.env["service.request"].search([("lot_id", "=", self.lot.id), ("source", "=", "page")])

    def test_report_from_the_cabinet(self):
        """AFT-1: who stands before the cabinet reports without login, with a photo; the desk is asked at once."""
        page = self._get()
        self.assertEqual(page.status_code, 200)
        for word in ("KYN28-0001", "Cabinet KYN28"):
            self.assertIn(word, page.text)
        for word in ("Power Station", "<script"):
            self.assertNotIn(word, page.text, "whoever scans the code is not told whose it is")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        response = self._post(page, files={"photos": ("e04.png", PNG)}, person="Li", standstill="1")
        request = self._requests()
        self.assertIn(request.name, response.text)
        self.assertRecordValues(request, [{
            "partner_id": self.customer.id, "order_id": self.order.id, "warranty_state": "in", "priority": "1",
            "contact_name": "Li", "phone": "138 0000 0000", "dispatcher_id": self.head.id}])
        self.assertEqual(request._get_own_files().mapped("name"), ["e04.png"])
        self.assertEqual(self._asked(request), [(self.head, "hand_over")])
        self.assertFalse(request._get_own_files().filtered("public"))

    def test_sent_twice_is_one(self):
        """AFT-1: the form sent twice makes one request."""
        page = self._get()
        numbers = {re.search(r"SR\d{4}-\d{5}", self._post(page).text).group() for _turn in range(2)}
        self.assertEqual(numbers, set(self._requests().mapped("name")))
        self.assertEqual(len(numbers), 1)

    def test_one_answer_to_all_who_have_no_code(self):
        """AFT-1: guessed, changed, renewed, expired, without sense: one and the same answer."""
        other = self._deliver("KYN28-0002", self.stranger)[1]
        head, _dash, signature = self.token.rpartition("-")
        answers = [self._get(token) for token in (
            "x", "1-1-20360101-" + "0" * 32, self.token.replace(str(self.lot.id), str(other.id), 1),
            f"{head}-{signature[::-1]}", "9" * 300)]
        self.lot.with_user(self.engineer).action_renew_service_code()
        answers.append(self._get())
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)
        self.env.cr.execute("DELETE FROM service_page_hit")
        fresh = self.lot._get_service_url().rpartition("/")[2]
        self.assertEqual(self._get(fresh).status_code, 200)
        with freeze_time(fields.Datetime.now() + timedelta(days=366 * 11)):
            self.assertFalse(self.env["stock.lot"]._find_by_service_code(fresh))
        with self.assertRaises(AccessError):
            self.lot.with_user(self.seller).action_renew_service_code()

    def test_too_many_requests(self):
        """AFT-1: a cabinet, and an address that tries codes, are held up for a minute."""
        self.env.cr.execute("DELETE FROM service_page_hit")
        with patch.dict(service_page_hit.LIMITS, {"link": 3}):
            self.assertEqual([self._get().status_code for _turn in range(4)], [200, 200, 200, 429])
        self.env.cr.execute("DELETE FROM service_page_hit")
        with patch.dict(service_page_hit.LIMITS, {"miss": 2}):
            self.assertEqual([self._get("x").status_code for _turn in range(4)], [404, 404, 404, 429])

    def test_what_cannot_be_sent(self):
        """AFT-1: nothing said, nobody to call, no mail address: said in a clear word, and what was typed stays."""
        for said, words in (
            ({"text": "..."}, "Write what has happened"), ({"phone": ""}, "Give your phone number"),
            ({"phone": "call me"}, "is no phone number"), ({"email": "wang at power"}, "is no mail address"),
            ({"key": "x"}, "Reload the page"),
        ):
            with self.subTest(said):
                response = self._post(person="<b>Li</b>", **said)
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, response.text)
                self.assertIn("&lt;b&gt;Li", response.text)
        self.assertFalse(self._requests())
        self.assertEqual(self._post(text="Breaker\0 trips", kind="no such").status_code, 200)
        self.assertRecordValues(self._requests(), [{"subject": "Breaker trips", "kind": "quality"}])

    def test_bad_file_does_not_lose_the_report(self):
        """AFT-1: a photo that is too large, a program, an empty file: each is named, the report and the good one
        kept."""
        self.company.service_file_size = 1
        files = [("photos", (name, content)) for name, content in (
            ("big.png", PNG + b"0" * 2 ** 20), ("run.exe", b"MZ\0\0"), ("none.png", b""), ("../../ok.png", PNG))]
        response = self._post(files=files)
        for words in ("big.png has 1.0 MB", "run.exe", "none.png is empty"):
            self.assertIn(words, response.text)
        self.assertEqual(self._requests()._get_own_files().mapped("name"), ["ok.png"])

    def test_flood_of_a_cabinet_is_bundled(self):
        """AFT-1: what comes from one cabinet after three reports in an hour is added to the last one."""
        for number in range(5):
            self._post(text=f"Alarm {number}")
        self.assertEqual(len(self._requests()), 3)
        self.assertIn("Alarm 4", self._requests()[0].message_ids[0].body)

    def test_label_carries_the_code(self):
        """AFT-1: the label on the cabinet says the address of its page."""
        html = str(self.env["ir.qweb"]._render("aftersales.report_cabinet_code", {
            "docs": self.lot, "doc_ids": self.lot.ids, "doc_model": "stock.lot", "web_base_url": ""}))
        self.assertIn("KYN28-0001", html)
        self.assertIn(f'alt="Barcode {self.lot._get_service_url()}"', html)
        self.assertIn("data:image/png;base64,", html)
