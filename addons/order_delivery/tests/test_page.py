import base64
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.delivery_page_hit import LIMITS
from .common import PNG, DeliveryCommon

SIGNATURE = "data:image/png;base64," + base64.b64encode(PNG).decode()


@tagged("post_install", "-at_install")
class TestCratePage(DeliveryCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls._notice()
        cls._ship(cls, cls.notice)
        cls.notice.sudo()._follow()
        cls.crate = cls.notice.sudo().crate_ids
        cls.path = "/delivery/" + cls.crate.token

    def setUp(self):
        super().setUp()
        self.env["delivery.page.hit"].search([]).unlink()

    def _open(self, path=None):
        return self.url_open(path or self.path)

    def _send(self, photos=(), **said):
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self._open().text)[1]
        return self.url_open(self.path, data={"csrf_token": csrf, **said}, files=[
            ("photos", (name, content)) for name, content in photos] or None)

    def test_site_signs(self):
        """DLV-3: without login: content, name and signature; the notice is signed, the receipt is filed as a PDF."""
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Cabinet KYN28", page.text)
        self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
        self.assertIn("no-store", page.headers["Cache-Control"])
        answer = self._send(signer="Mr. Wang", signature=SIGNATURE)
        self.assertIn("The receipt is signed.", answer.text)
        self.env.invalidate_all()
        self.assertEqual((self.crate.state, self.crate.signer, self.notice.state), ("signed", "Mr. Wang", "signed"))
        self.assertTrue(self.crate.signature)
        self.company.resource_calendar_id.tz = "Asia/Kathmandu"
        self.notice.sudo()._follow()
        receipt = self.notice.sudo().receipt_ids
        self.assertEqual(len(receipt), 1)
        self.assertTrue(receipt.document_sealed)
        leaves = self.notice.date_planned + timedelta(hours=5, minutes=45)
        self.assertIn(f"{leaves:%Y-%m-%d %H:%M}", receipt.raw.decode(), "in the company's time, though a job prints it")
        self.assertIn("has signed", self._send(signer="Mr. X", signature=SIGNATURE).text)
        self.env.invalidate_all()
        self.assertEqual(self.crate.signer, "Mr. Wang")

    def test_empty_signature_is_refused(self):
        """DLV-3: no name, no signature, something that is no picture: refused in words, and what was typed stays."""
        for said, words in (({"signer": " ", "signature": SIGNATURE}, "Write your name"),
                            ({"signer": "Mr. Wang"}, "Sign in the box"),
                            ({"signer": "Mr. Wang", "signature": "data:image/png;base64,!!"}, "Sign in the box"),
                            ({"signer": "Mr. Wang", "signature": "data:image/png;base64,aGFsbG8="}, "Sign in the box"),
                            ({"signer": "Mr. Wang", "missing": "1", "signature": SIGNATURE}, "Write what is missing"),
                            ({"signer": "Mr. Wang", "text": "Two cables", "signature": SIGNATURE}, "Tick whether")):
            answer = self._send(**said)
            self.assertEqual(answer.status_code, 422)
            self.assertIn(words, answer.text)
            self.assertIn(f'value="{said["signer"].strip()}"' if said["signer"].strip() else "signer", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.crate.state, "open")

    def test_missing_and_damaged_with_photos(self):
        """DLV-3, DLV-7: with photos, each judged for itself: one of 30 MB is refused in a clear word, nothing else is
        lost; sales has its to-do, and a later report is added."""
        answer = self._send(
            [("dent.png", PNG), ("huge.png", PNG + b"0" * 30 * 2 ** 20), ("virus.exe", b"MZ" + b"0" * 100)],
            signer="Mr. Wang", signature=SIGNATURE, damaged="1", text="The door is bent")
        self.assertIn("huge.png has 30.0 MB; at most 10 MB", answer.text)
        self.assertIn("virus.exe", answer.text)
        self.assertIn("We know what is missing or damaged", answer.text)
        self.env.invalidate_all()
        self.assertRecordValues(self.crate, [{
            "state": "reported", "is_damaged": True, "is_missing": False, "report_text": "The door is bent"}])
        self.assertEqual(self.crate.photo_ids.mapped("name"), ["dent.png"])
        self.assertTrue(self.notice.has_report)
        self.assertEqual(self.notice.sudo().activity_ids.user_id, self.seller)
        self._send(missing="1", text="Two cables, too")
        self.env.invalidate_all()
        self.assertEqual(self.crate.report_text, "The door is bent\n\nTwo cables, too")
        self.assertTrue(self.crate.is_missing)
        self.assertEqual(len(self.notice.sudo().activity_ids), 1)

    def test_photos_outlive_a_slip(self):
        """DLV-3: what is typed is refused, the photos that came with it are kept: nobody takes them again."""
        answer = self._send([("dent.png", PNG)], signer="", damaged="1", text="The door is bent", signature=SIGNATURE)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Photos that have arrived", answer.text)
        self._send(signer="Mr. Wang", damaged="1", text="The door is bent", signature=SIGNATURE)
        self.env.invalidate_all()
        self.assertEqual((self.crate.state, self.crate.photo_ids.mapped("name")), ("reported", ["dent.png"]))

    def test_photo_of_the_paper_is_a_signature(self):
        """DLV-3: a telephone that draws nothing sends a photo of the signed paper."""
        self._send([("paper.png", PNG)], signer="Mr. Wang")
        self.env.invalidate_all()
        self.assertEqual(self.crate.state, "signed")

    def test_code_that_is_not_valid(self):
        """DLV-3: guessed, cut, over, taken back, renewed, closed: one and the same answer; too many guesses wait."""
        token = self.crate.token
        refused = [self._open("/delivery/" + "A" * 43), self._open("/delivery/" + token[:-1]),
                   self._open("/delivery/" + token.swapcase())]
        self.crate.with_user(self.logistics).action_revoke()
        refused.append(self._open())
        self.crate.with_user(self.logistics).action_renew()
        refused.append(self._open())
        self.path = "/delivery/" + self.crate.token
        self.assertEqual(self._open().status_code, 200)
        self.crate.expires_on = fields.Datetime.now() - timedelta(seconds=1)
        refused.append(self._open())
        self.assertEqual({answer.status_code for answer in refused}, {404})
        self.assertEqual(len({answer.text for answer in refused}), 1)
        self.assertEqual(self._ask_until_it_waits("miss", "/delivery/" + "B" * 43)[-1], 429)

    def _ask_until_it_waits(self, kind, *path):
        """Codes of the answers until one is to wait; the minute may turn while it is asked."""
        codes = []
        while len(codes) < 2 * LIMITS[kind] + 2 and 429 not in codes:
            codes.append(self._open(*path).status_code)
        return codes

    def test_page_asked_too_often(self):
        """DLV-3: whoever asks for one crate again and again waits; the page of another crate still opens."""
        codes = self._ask_until_it_waits("link")
        self.assertGreaterEqual(len(codes), LIMITS["link"] + 1)
        self.assertEqual((set(codes[:-1]), codes[-1]), ({200}, 429))
        other = self._shipped().sudo().crate_ids
        self.assertEqual(self._open("/delivery/" + other.token).status_code, 200)

    def test_nothing_before_it_has_left(self):
        """DLV-3: the code of a crate that is still in the store opens nothing."""
        notice = self._notice()
        notice.with_user(self.store).action_print_labels()
        self.assertEqual(self._open("/delivery/" + notice.sudo().crate_ids[0].token).status_code, 404)
