"""The supplier at his telephone, without login: what he reads, taps and sends."""
import base64
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests.common import ChromeBrowser, HttpCase, tagged

from odoo.addons.supplier_promise.tests.common import PromiseMixin

from role_day import PHONE
from role_person import WATCH, Person

#: Where to leave pictures of the page, for people to look at.
PICTURES = os.environ.get("SUITE_PICTURES")


@tagged("post_install", "-at_install")
class TestSupplierPage(PromiseMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchase()
        cls.supplier.write({"lang": "zh_CN", "name": "永联端子有限公司"})
        cls.terminal.name = "UK-2.5B 接线端子"
        cls.rail.name = "TS35 导轨，镀锌，长 2000 mm，带安装孔，用于低压成套柜体"
        cls.order = cls._order(cls.terminal | cls.rail)
        cls.first, cls.second = cls.order.order_line
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.paper = folder / "运单.pdf"
        cls.paper.write_bytes(b"%PDF-1.4 text")

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
        """Nothing lies beside the screen, all that is to be tapped is large enough; a picture where one is wanted."""
        person.see("main")
        width, small = person._evaluate("""(() => [document.documentElement.scrollWidth,
            [...document.querySelectorAll("button, summary, input:not([type=hidden]), select, nav a")]
                .filter((el) => el.getClientRects().length && el.getBoundingClientRect().height < 24).length])()""")
        self.assertLessEqual(width, PHONE[0], name)
        self.assertEqual(small, 0, name)
        if PICTURES:
            size = person._evaluate("document.documentElement.scrollHeight")
            shot = self.browser._websocket_request("Page.captureScreenshot", params={
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": PHONE[0], "height": size, "scale": 1}})
            (Path(PICTURES) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))

    def test_supplier_answers_at_his_telephone(self):
        """PUR-4, PUR-6, PUR-7: at 390x844 and in Chinese the supplier opens the link, says another date for one line
        with its reason, confirms the rest in one tap, sends the waybill and says that the goods are shipped."""
        path = f"/supplier/{self._token(self.order)}"
        later = self._day(30).isoformat()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.allow_requests(browser=self.browser):
            self.authenticate(None, None, browser=self.browser)
            person = Person(self.browser, phone=True)
            person.open(path)
            self.assertIn("永联端子有限公司", person.see("header"))
            self._look_at(person, "page")
            line = "article.line:nth-of-type(1)"
            person.click(f"{line} summary")
            person._evaluate(f"document.querySelector('{line} input[name=day]').value = '{later}'")
            person.click(f"{line} button")
            person.see(".problem")
            self._look_at(person, "refused")
            person.fill(f"{line} textarea", "铜材短缺，周五到料")
            person.click(f"{line} button")
            person.see(".done")
            self._look_at(person, "answered")
            person.click("form[action$=confirm] button")
            person.see(".state.good")
            person.upload("input[type=file]", self.paper)
            person.click("form[action$=files] button")
            person.see(".done")
            person.fill("input[name=carrier]", "顺丰")
            person.fill("input[name=contact]", "李师傅 138")
            person.fill("input[name=tracking]", "SF1234567890")
            person.click("form[action$=ship] button[value=yes]")
            person.see(".state.good", "SF1234567890")
            self._look_at(person, "shipped")
            person.open("/supplier/" + "x" * 43)
            person.see("h1")
            self._look_at(person, "no_link")
            self.browser.navigate_to("about:blank", wait_stop=True)
            self._wait_remaining_requests()
        self.env.invalidate_all()
        self.assertRecordValues(self.order.order_line, [
            {"confirmation_state": "differs"}, {"confirmation_state": "confirmed"}])
        self.assertRecordValues(self.first.promise_ids, [{"state": "proposed", "reason": "铜材短缺，周五到料"}])
        self.assertRecordValues(self.order.picking_ids, [{
            "supplier_shipment": "shipped", "supplier_carrier": "顺丰", "supplier_tracking_ref": "SF1234567890"}])
        self.assertTrue(self.env["ir.attachment"].search([
            ("res_model", "=", "stock.picking"), ("res_id", "=", self.order.picking_ids.id),
            ("name", "=", "运单.pdf")]))
        self.assertEqual(self.order.order_line.mapped("price_unit"), [2.5, 2.5])
