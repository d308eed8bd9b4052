import io
import random

from PIL import Image, ImageDraw

from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of damaged goods: what the site reports, the claim against the carrier, his freight."""

    _inherit = "switchgear.demo"

    @api.model
    def _report_crates(self, name, hours_ago, signer, text, photos):
        """The site signs for each crate of the order, and reports on the first what is damaged, with photos."""
        drawing = "data:image/png;base64," + self._draw((600, 200), "")
        crates = self._get_notice(name).sudo().crate_ids.sorted("number")  # sudo: the site is not logged in
        for crate in crates:
            said = {"signer": signer, "signature": drawing}
            if crate == crates[0]:
                files = [(f"IMG_{2041 + number}.jpg", self._draw_crate(f"{name} {number}")) for number in range(photos)]
                self._call(hours_ago, crate, "_take_photos", files)
                said |= {"damaged": "1", "text": text}
            self._call(hours_ago, crate, "_answer", said)

    @api.model
    def _correct_claim(self, name, hours_ago, quantity, note, value, other):
        """Logistics claims what is damaged: of the first goods so many, at the cost of their repair; no others."""
        claim = self._get_claim(name)
        with self._living(hours_ago):
            claim.line_ids[1:].unlink()
            claim.line_ids.write({"quantity": quantity, "note": note, "unit_value": value})
            claim.amount_other = other

    @api.model
    def _find_cause(self, name, hours_ago, cause, text):
        """What logistics has found out."""
        self._call(hours_ago, self._get_claim(name), "write", {
            "cause_id": self.env.ref(f"delivery_claim.claim_cause_{cause}").id, "cause_text": text})

    @api.model
    def _act_claim(self, name, hours_ago, method, *arguments):
        """Call a method of the claim for the order's delivery."""
        self._call(hours_ago, self._get_claim(name), method, *arguments)

    @api.model
    def _bill_freight(self, name, hours_ago, amount, reference):
        """The carrier's bill for the freight of the order's delivery."""
        notice = self._get_notice_of_finance(name)
        with self._living(hours_ago):
            self.env["account.move"].create({
                "move_type": "in_invoice", "partner_id": notice.forwarder_id.id, "ref": reference,
                "invoice_date": fields.Date.today(), "freight_notice_ids": [Command.link(notice.id)],
                "invoice_line_ids": [Command.create({
                    "product_id": self.env.ref("switchgear_demo.carriage").id, "name": f"运费 {notice.waybill}",
                    "quantity": 1, "price_unit": amount})]}).action_post()

    def _get_claim(self, name):
        return self.env["delivery.claim"].search([("notice_id", "=", self._get_notice(name).id)], limit=1)

    def _get_notice_of_finance(self, name):
        return self.env["delivery.notice"].search(
            [("order_id", "=", self.sudo()._get("order", name).id)], limit=1)  # sudo: the order by its name

    @staticmethod
    def _draw_crate(seed):
        """A picture of a wooden crate with a broken corner, as a telephone takes it."""
        chance = random.Random(seed)
        size = (1200, 900)
        image = Image.new("RGB", size, (150, 150, 145))
        pen = ImageDraw.Draw(image)
        pen.rectangle([(0, 620), size], fill=(110, 108, 104))
        left, top, right, bottom = 180, 150, 1020, 760
        for number, y in enumerate(range(top, bottom, 61)):
            shade = 165 + chance.randint(-14, 14)
            pen.rectangle([(left, y), (right, y + 57)], fill=(shade, shade - 38, shade - 85))
            if number % 3 == 0:
                knot = left + chance.randint(80, 700)
                pen.ellipse([(knot, y + 18), (knot + 26, y + 36)], fill=(110, 80, 50))
        for x in (left, (left + right) // 2 - 30, right - 60):
            pen.rectangle([(x, top), (x + 60, bottom)], fill=(140, 102, 58))
        x, y = chance.choice([(860, 560), (330, 260), (640, 430)])
        hole = [(x + chance.randint(-20, 20) + dx, y + chance.randint(-20, 20) + dy) for dx, dy in (
            (-110, -60), (-30, -95), (70, -70), (125, 10), (60, 90), (-50, 80), (-130, 20))]
        pen.polygon(hole, fill=(35, 32, 30))
        for dx, dy in hole:
            pen.line([(x, y), (x + (dx - x) * 1.9, y + (dy - y) * 1.9)], fill=(70, 48, 26), width=5)
        data = io.BytesIO()
        image.save(data, "JPEG", quality=85)
        return data.getvalue()
