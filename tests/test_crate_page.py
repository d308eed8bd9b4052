"""The consignee at his telephone, without login: he signs for a crate with his finger."""
import base64
import io
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from odoo.tests.common import ChromeBrowser, HttpCase, tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon

from role_day import PHONE
from role_person import WATCH, Person

#: Where to leave pictures of the page, for people to look at.
PICTURES = os.environ.get("SUITE_PICTURES")


@tagged("post_install", "-at_install")
class TestCratePage(DeliveryCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"lang": "zh_CN", "name": "江州供电有限公司"})
        cls.notice = cls._notice()
        cls._ship(cls, cls.notice)
        cls.notice.sudo()._follow()
        cls.crate = cls.notice.sudo().crate_ids
        # a photo of 30 MB that is made smaller before it is sent, and a drawing that cannot be
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.photo, cls.drawing = folder / "箱体.png", folder / "图纸.pdf"
        Image.frombytes("RGB", (2400, 4400), os.urandom(2400 * 44) * 300).save(cls.photo, compress_level=0)
        cls.drawing.write_bytes(b"%PDF-1.4" + bytes(11 * 2 ** 20))

    def setUp(self):
        super().setUp()
        self.browser = ChromeBrowser(self)
        self.addCleanup(self.browser.stop)
        send = self.browser._websocket_request
        send("Page.addScriptToEvaluateOnNewDocument", params={"source": WATCH})
        width, height = PHONE
        send("Emulation.setDeviceMetricsOverride", params={
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": True})
        send("Emulation.setTouchEmulationEnabled", params={"enabled": True, "maxTouchPoints": 5})

    def _look_at(self, person, name):
        """Nothing lies beside the screen; a picture where one is wanted."""
        person.see("main")
        self.assertLessEqual(person._evaluate("document.documentElement.scrollWidth"), PHONE[0], name)
        if PICTURES:
            size = person._evaluate("document.documentElement.scrollHeight")
            shot = self.browser._websocket_request("Page.captureScreenshot", params={
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": PHONE[0], "height": size, "scale": 1}})
            (Path(PICTURES) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))

    def _draw(self, person):
        """A stroke with the finger, from left to right."""
        x, y = person._look("canvas", "", to_hit=True)["at"]
        points = [(x - 100 + 25 * step, y - 30 + 60 * (step % 2)) for step in range(9)]
        points += points[-1:] * 3  # the hand rests before it is lifted: what is flung swallows the tap that follows
        for kind, (to_x, to_y) in zip(("touchStart", *("touchMove",) * 11), points, strict=True):
            person._send("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": to_x, "y": to_y}])
            time.sleep(0.05)
        person._send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def test_consignee_signs_with_his_finger(self):
        """DLV-3: at 390x844 and in Chinese the consignee opens the code of a crate, signs with his finger and adds a
        photo of 30 MB, which is made smaller; what is refused keeps his signature; a file that stays too large is named
        and not sent, and nothing else is lost; the notice is signed."""
        self.assertGreater(self.photo.stat().st_size, 30 * 2 ** 20)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.allow_requests(browser=self.browser):
            self.authenticate(None, None, browser=self.browser)
            person = Person(self.browser, phone=True)
            person.open(f"/delivery/{self.crate.token}")
            self.assertIn("江州供电有限公司", person.see("header"))
            self._look_at(person, "crate_page")
            person.fill("input[name=signer]", "值班员小周")
            person.click("input[name=damaged]")
            self._draw(person)
            person.upload("input[type=file]", self.photo)
            person.click("button.primary")
            person.see(".problem")
            self._look_at(person, "crate_refused")
            person.fill("textarea", "柜门碰伤")
            person.upload("input[type=file]", self.drawing)
            person.click("button.primary")
            person.see(".done")
            self.assertIn("图纸.pdf (11.0 MB)", person.see(".problem"))
            self._look_at(person, "crate_signed")
            self.browser.navigate_to("about:blank", wait_stop=True)
            self._wait_remaining_requests()
        self.env.invalidate_all()
        self.assertRecordValues(self.crate, [
            {"state": "reported", "signer": "值班员小周", "report_text": "柜门碰伤", "is_damaged": True}])
        self.assertEqual((self.notice.state, self.notice.signed_by), ("signed", "值班员小周"))
        signature = Image.open(io.BytesIO(base64.b64decode(self.crate.signature))).convert("L")
        self.assertEqual(signature.getextrema(), (0, 255), "black on white")
        photo = self.crate.photo_ids
        self.assertEqual((photo.name, photo.mimetype), ("箱体.jpg", "image/jpeg"), "made smaller by the telephone")
        self.assertLess(photo.file_size, 10 * 2 ** 20)
        self.assertIn("missing or damaged", self.notice.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == self.seller).summary, "sales reads it in its own language")
