import io

from PIL import Image

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .common import ClaimCommon


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestClaimEvidence(ClaimCommon):
    def test_evidence_is_one_pdf(self):
        """DLV-7: letter in Chinese and English, notice with waybill, receipt with signature, papers, photos with what
        they show, as one PDF; bound once for a filed claim, anew when something is added, and sealed."""
        self.env["res.lang"]._activate_lang("zh_CN")
        notice = self.notice
        notice.sudo().crate_ids._take_photos([("door.jpg", picture("red")), ("broken.pdf", b"%PDF-1.4 nothing")])
        claim = self._report(notice, photo=False).with_user(self.logistics).with_context(
            force_report_rendering=True)
        paper = self.env["ir.attachment"].with_user(self.logistics).create({
            "name": "waybill.jpg", "raw": picture("blue"), "res_model": claim._name, "res_id": claim.id})
        claim.attachment_ids = paper
        claim.action_file()
        url = claim.action_evidence()["url"]
        first = claim.sudo().evidence_id
        self.assertIn(f"/web/content/{first.id}", url)
        reader = PdfReader(io.BytesIO(first.raw), strict=False)
        self.assertEqual([mark.title for mark in reader.outline][2:], [
            "Delivery notice and waybill", "Receipt and crates", "waybill.jpg", "Photos"])
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        for words in ("Claim Letter", "Road Carrier", "RC-1", "The door is bent", "Mr. Wang", "door.jpg", notice.name):
            self.assertIn(words, text)
        self.assertTrue(first.document_sealed)
        claim.action_evidence()
        self.assertEqual(claim.sudo().evidence_id, first)
        self.assertTrue(first.with_user(self.logistics).has_access("read"))

    def test_letter_says_only_what_the_receipt_shows(self):
        """DLV-7: the letter calls the receipt as witness only where the site has written the damage on it."""
        reported = self._report(self.notice, photo=False)
        clean = self._left()
        self._report(clean, text="", photo=False, damaged="")
        found_later = self.env["delivery.claim"].browse(
            clean.with_user(self.logistics).action_make_claim()["res_id"])
        for claim, noted in ((reported, True), (found_later, False)):
            html = " ".join(self.env["ir.actions.report"]._render_qweb_html(
                "delivery_claim.action_report_claim_letter", claim.ids)[0].decode().split())
            self.assertEqual("as he stated at the receipt" in html, noted)
            self.assertEqual("which was found after the receipt" in html, not noted)
