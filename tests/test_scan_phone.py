"""A storekeeper's shift with a scanner that types: as a phone of 390x844 and as a handheld of 800x480, with the network
cut in the middle (how it is cut: ``phone.py``). The scanner is real key events, as fast as a device sends them."""
import time

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.warehouse_scan.tests.common import ScanCommon

from scan_camera import draw
from scan_phone import CODE_OF_NOBODY, SIZES, ScanPhone


@tagged("post_install", "-at_install")
class TestScanPhone(ScanCommon, ScanPhone):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, "scan_colleague", groups="stock.group_stock_user", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)])

    def test_a_shift(self):
        """SCN-1, SCN-2, SCN-3, SCN-4: from the login on, a receipt by wedge on a phone, double scans, wrong code,
        keypad, field in focus, camera, installable; cut: opened anew, scanned on; answers get lost, all is sent again
        and booked once; what failed is said; logged out and taken over by a colleague nothing is lost or sent in
        another's name; finished on a handheld."""
        receipt = self.transfer("incoming", (self.bolt, 30), (self.cable, 5))
        self.number(self.cable, "LOT-1")
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self.browser._websocket_request("Network.enable")
            self._log_in_by_hand(self.keeper.login)
            self._receive_with_network(receipt)
            self._scan_without_network(receipt)
        self.env.invalidate_all()
        self.assertEqual(self.counted(receipt)[self.bolt], 12, "what is queued is booked already")
        with self.allow_requests(browser=self.browser):
            self._answers_get_lost()
            self._change_the_session(receipt)
            self.browser._websocket_request("Emulation.setDeviceMetricsOverride", params=SIZES["handheld"])
            self._finish(receipt)
            self._see_each_flow()
        self.env.invalidate_all()
        self.assertIn("deaf", self.cut.calls, "no answer was lost: the test proves less than it says")
        self.assertEqual(receipt.state, "done")
        self.assertEqual(receipt.move_ids.filtered(lambda move: move.product_id == self.bolt).quantity, 17)

    def _receive_with_network(self, receipt):
        self._wait(self._shows(".s_tiles", "Receive"))
        self._wait("navigator.serviceWorker.controller && "
                   "caches.open('page:/scan').then((c) => c.match('/scan')).then(Boolean)")
        self._check_installable()
        self._check_screen()
        self._tap(".s_tile[data-flow=receive]")
        self._wait(self._shows(".s_expect", "Scan a transfer"))
        self._wedge(receipt.name)
        self._wait(self._shows(".s_head", receipt.name))
        self._wedge(*[self.bolt.barcode] * 3)  # three of them, one after the other, nobody waits
        self._wait(self._shows(".s_amount b", "3"))
        self._wedge(self.bolt.barcode, suffix="Tab")
        self._wait(self._shows(".s_amount b", "4"))
        self._check_screen()
        self._wedge(CODE_OF_NOBODY)
        self._wait(self._shows(".s_message.s_is_error", CODE_OF_NOBODY))
        self._tap(".s_amount")
        self._tap(".s_keys [data-key='1']")
        self._tap(".s_keys [data-key='0']")
        self._check_screen()
        self._tap(".s_enter")
        self._wait(self._shows(".s_amount b", "10"))
        self._tap(".s_by_hand")
        self._wait("document.activeElement.matches('.s_hand input')")
        self._wedge(self.bolt.barcode)
        self._wait(self._shows(".s_amount b", "11"))
        self._wait("!document.querySelector('.s_hand')")
        self.film.show(draw(self.env, self.bolt.barcode))
        self._tap(".s_by_camera")
        self._wait(self._shows(".s_amount b", "12"))
        self._check_screen()
        self._tap(".s_close")

    def _check_installable(self):
        """The browser offers to install the page, as an app of its own scope."""
        self.assertEqual(self.browser._websocket_request("Page.getInstallabilityErrors")["installabilityErrors"], [])
        self.assertTrue(self._run("navigator.serviceWorker.ready.then((worker) => worker.scope)").endswith("/scan"))

    def _scan_without_network(self, receipt):
        self._network("cut")
        self._wedge(self.bolt.barcode, self.bolt.barcode)
        self._wait(self._says("2 entries wait on this device"))
        self._go("/scan#run")
        self._wait(self._shows(".s_head", receipt.name))
        self._wait(self._says("2 entries wait on this device"))
        self._wedge(CODE_OF_NOBODY, self.bolt.barcode)
        self._wait(self._says("4 entries wait on this device"))
        self._check_screen()

    def _answers_get_lost(self):
        self._network("deaf")
        self._online()
        end = time.monotonic() + 20
        while "deaf" not in self.cut.calls and time.monotonic() < end:
            time.sleep(0.1)
        self._network("up")
        self._online()
        self._wait(self._shows(".s_amount b", "15"))
        self._wait(self._shows(".s_chip", "1 open"))
        self._run("location.hash = 'needs'")
        self._wait(self._shows(".s_need", CODE_OF_NOBODY))
        self._tap(".s_seen")
        self._wait(self._shows(".s_chip", "All sent"))
        self._run("history.back()")

    def _change_the_session(self, receipt):
        """Logged out in the middle, a colleague takes the device, the first one comes back."""
        self._wait(self._shows(".s_head", receipt.name))
        self._wait_remaining_requests()
        self.logout(keep_db=True)
        self.browser.delete_cookie("session_id", domain="127.0.0.1")
        self._wedge(self.bolt.barcode)
        self._wait(self._says("You are logged out"))
        self._check_screen()
        self._log_in(self.colleague)
        self._online()
        self._wait(self._says("Somebody else is logged in"))
        self.assertFalse(self._run(self._says(receipt.name)))
        self._go()
        self._wait("document.querySelector('.s_tile')")
        self.assertFalse(self._run(self._says(receipt.name)))
        self._run("location.hash = 'menu'")
        self._wait(self._says("1 entries of somebody else wait on this device"))
        self._log_in(self.keeper)
        self._go()
        self._wait(self._shows(".s_chip", "All sent"))
        self._wait("document.querySelector('.s_tile')")
        self._tap(".s_tile[data-flow=receive]")
        self._wait(self._shows(".s_expect", "Scan a transfer"))
        self._wedge(receipt.name, self.bolt.barcode)
        self._wait(self._shows(".s_amount b", "17"))

    def _finish(self, receipt):
        self._check_screen()
        self._tap(".s_buttons [data-button=finish]")
        self._wait(self._says("Less than ordered"))
        self._check_screen()
        self._tap(".s_buttons [data-button=backorder]")
        self._wait("document.querySelector('.s_home')")
        self._check_screen()
        self._tap(".s_home")

    def _see_each_flow(self):
        self._wait("document.querySelector('.s_tile')")
        self._check_screen()
        for flow in self._run("[...document.querySelectorAll('.s_tile')].map((tile) => tile.dataset.flow)"):
            self._tap(f".s_tile[data-flow={flow}]")
            self._wait("document.querySelector('.s_expect strong')?.innerText.includes('can')")
            self._check_screen()
            self._run("location.hash = ''")
            self._wait("document.querySelector('.s_tile')")
