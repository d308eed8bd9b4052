"""A technician's day on the phone, with the network cut in the middle (how it is cut: ``phone.py``)."""
import time

from odoo.tests import tagged

from odoo.addons.aftersales_visit.tests.common import VisitCommon

from phone import CLICK, SMALL, TYPE, PhoneCase

#: A photo as a camera of 12 megapixels takes it.
PHOTO = """(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 4000, height: 3000 });
    canvas.getContext("2d").fillRect(9, 9, 2000, 2000);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "meter.png", { type: "image/png" }));
    const input = document.querySelector(".v_check:last-child input[type=file]");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
})()"""
SIGN = """(() => {
    const pad = document.querySelector(".v_pad canvas"), box = pad.getBoundingClientRect();
    const touch = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, {
        bubbles: true, cancelable: true, pointerId: 1, clientX: box.left + x, clientY: box.top + y }));
    pad.setPointerCapture = () => {};
    touch("pointerdown", 20, 40);
    for (let x = 20; x < 200; x += 10) touch("pointermove", x, 40 + (x %% 40));
    touch("pointerup", 200, 60);
})()""".replace("%%", "%")


@tagged("post_install", "-at_install")
class TestVisitPhone(VisitCommon, PhoneCase):
    def test_day_through_a_dead_zone(self):
        """AFT-3, SCN-3: the day's visits are opened with network; cut: the page is opened anew, arrival, checklist,
        photo, parts and hours are kept, the page says what is not sent; the network is back and its answers get lost:
        all is sent, nothing twice; signed; a colleague who logs in on the same phone sees nothing of it."""
        visit, cancelled = self._planned(), self._planned()
        name = visit.partner_id.display_name
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self.authenticate("as_engineer", "as_engineer", browser=self.browser)
            self.browser._websocket_request("Network.enable")
            self.browser.navigate_to(f"{self.base_url()}/visits")
            self._wait(self._says("All sent"))
            self._wait(self._says(name))
            self._wait("navigator.serviceWorker.controller && "
                       "caches.open('page:/visits').then((c) => c.match('/visits')).then(Boolean)")
            self.assertEqual(self._run(SMALL), [])
            self.assertLessEqual(self._run("document.documentElement.scrollWidth"), 390)

            self._network("cut")
            self.browser.navigate_to(f"{self.base_url()}/visits")
            self._wait(self._says("As kept"))
            self._work_without_network(visit)
            self._tap(".v_back")
            self._tap(f".v_card[href='#{cancelled.id}']")
            self._tap(".v_arrive")
            self._wait(self._says("7 not sent yet"))

        cancelled.with_user(self.head).cancel_reason = "The customer called it off"
        cancelled.with_user(self.head).action_cancel()
        self.assertEqual(visit.state, "planned")
        with self.allow_requests(browser=self.browser):
            self._network("deaf")
            self._wait(self._says("No network"))
            self._run("window.dispatchEvent(new Event('online'))")
            end = time.monotonic() + 20
            while "deaf" not in self.cut.calls and time.monotonic() < end:
                time.sleep(0.1)
            self._network("up")
            self._run("window.dispatchEvent(new Event('online'))")
            self._wait(self._says("was cancelled meanwhile"))
            self._wait(self._says("The customer called it off"))
            self._wait(self._says("All sent"))
            self._run("window.confirm = () => true")
            self._tap(".v_refused button:last-child")
            self._wait("!document.querySelector('.v_refused')")
            self._sign(visit)
            self._leave_to_a_colleague(name)
        self.env.invalidate_all()
        self.assertIn("deaf", self.cut.calls, "no answer was lost: the test proves less than it says")
        self.assertRecordValues(visit, [{"state": "done", "signer": "Mr. Wang", "work_hours": 2.5}])
        self.assertEqual(visit.check_ids.mapped("result"), ["good", "good"])
        photo, = visit.check_ids[1].photo_ids
        self.assertLess(photo.file_size, 2 ** 20)
        self.assertEqual(visit.part_ids.mapped("quantity"), [2])
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.coil, self.car), 1)
        self.assertEqual(self.env["web.outbox.entry"].search_count([("subject", "=", f"service.visit,{visit.id}")]), 7)

    def _work_without_network(self, visit):
        self._tap(f".v_card[href='#{visit.id}']")
        self._tap(".v_arrive")
        self._wait(self._says("1 not sent yet"))
        self._tap(".v_check .v_choice button")
        self._run(TYPE % (".v_check:last-child > input", "2500"))
        self._run(PHOTO)
        self._wait("document.querySelector('.v_check:last-child .v_photo').innerText.includes('1')")
        index = self._run(
            "[...document.querySelectorAll('.v_parts option')].find((o) => o.innerText.includes('Coil')).value")
        self._run(TYPE % (".v_parts select", index))
        self._run(TYPE % (".v_parts input", "9"))
        self._tap(".v_use")
        self._wait(self._says("You do not have so many"))
        self._run(TYPE % (".v_parts input", "2"))
        self._tap(".v_use")
        self._run(TYPE % (".v_hours input[name=work]", "2.5"))
        self._wait(self._says("6 not sent yet"))
        self._wait(self._says("No network"))
        self.assertEqual(self._run(SMALL), [])

    def _sign(self, visit):
        self._run("window.location.hash = ''")
        self._tap(f".v_card[href='#{visit.id}']")
        self._wait("document.querySelector('.v_sign textarea')")
        self._run(TYPE % (".v_sign textarea", "The coil was replaced"))
        self._tap(".v_complete")
        self._wait(self._says("The customer signs"))
        self._run(SIGN)
        self._run(f"{CLICK};{CLICK}" % ((".v_complete",) * 2))  # touched twice: signed once
        self._wait(self._says("Signed by Mr. Wang"))
        self._wait(self._says("All sent"))

    def _leave_to_a_colleague(self, name):
        """Somebody else logs in on the same phone: without network, too, what is kept of the first one is neither
        shown nor kept any more; a page that is open meets it with its next question."""
        self._tap(".v_back")
        self._wait(self._says(name))
        self.assertEqual(self._run(SMALL), [])
        self._wait_remaining_requests()
        self.authenticate("as_colleague", "as_colleague", browser=self.browser)
        self._run("fetch('/web/health')")  # whatever he opens first: the phone knows who he is then
        self._wait(f"document.cookie.includes('outbox_user={self.colleague.id}')")
        self._network("cut")
        self.browser.navigate_to(f"{self.base_url()}/visits")
        self._wait(self._says("Somebody else is logged in"))
        self.assertFalse(self._run(self._says(name)))
        self._wait("caches.match('/visits').then((kept) => !kept)")
        self._network("up")
        self.browser.navigate_to(f"{self.base_url()}/visits")
        self._wait(self._says("No visit is planned for you."))
        self._wait_remaining_requests()
        self.authenticate("as_engineer", "as_engineer", browser=self.browser)
        self._run("window.dispatchEvent(new Event('online'))")
        self._wait(self._says("Somebody else is logged in"))
        self._run("window.confirm = () => true")
        self._tap(".v_log_out")
        self._wait("location.pathname === '/web/login'")
        self._wait("caches.match('/visits').then((kept) => !kept)")
