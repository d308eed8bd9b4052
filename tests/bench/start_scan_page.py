"""How fast the page of the warehouse starts, beside the web client: a phone four times as slow as this machine, 4G.

Not collected by itself: `make test ARGS="tests/bench/start_scan_page.py -s"`. Bars: cold at most 12 %, warm at most
40 % of the web client. Cold is a browser that has nothing of the server; warm is the second opening. Both go to the
same server without compression, with the service workers left aside (Chrome does not slow them down): the real second
opening of the page, from its worker, is faster than what is measured here.
"""
import statistics

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from odoo.addons.warehouse_scan.tests.common import ScanCommon

from phone import PhoneCase

ROUNDS = 3
FOUR_G = {"offline": False, "latency": 60, "downloadThroughput": 9e6 / 8, "uploadThroughput": 3e6 / 8}
PAGES = {"page": ("/scan", ".s_tile"), "web client": ("/odoo", ".o_main_navbar, .o_navbar")}
BARS = {"cold": 0.12, "warm": 0.4}
#: Milliseconds from the beginning of the navigation until the first screen is there.
WATCH = """(() => {
    const isReady = () => document.querySelector(%r);
    const look = () => isReady() ? (window.readyAfter = performance.now()) : requestAnimationFrame(look);
    look();
})()"""


@tagged("post_install", "-at_install")
class TestStart(ScanCommon, PhoneCase):
    def _open(self, path, selector):
        script = self._ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH % selector)["identifier"]
        self.browser.navigate_to(f"{self.base_url()}{path}")
        self._wait("window.readyAfter", 90)
        took = self._run("window.readyAfter")
        self._ask("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
        self._wait_remaining_requests()
        return took

    def _ask(self, method, **params):
        return self.browser._websocket_request(method, params=params)

    def test_start(self):
        """SCN-1: cold and warm start of the page beside the web client, the same phone, line and server."""
        self.browser = ChromeBrowser(self)
        self.addCleanup(self.browser.stop)
        self.addCleanup(self._wait_remaining_requests)
        took = {}
        with self.allow_requests(browser=self.browser):
            self.authenticate(self.keeper.login, self.keeper.login, browser=self.browser)
            self._ask("Network.enable")
            self._ask("Network.setBypassServiceWorker", bypass=True)
            for path, selector in PAGES.values():  # the server makes its bundles
                self._open(path, selector)
            self._ask("Network.emulateNetworkConditions", **FOUR_G)
            self._ask("Emulation.setCPUThrottlingRate", rate=4)
            for _round in range(ROUNDS):
                for title, (path, selector) in PAGES.items():
                    self.browser.navigate_to("about:blank")
                    self._ask("Network.clearBrowserCache")
                    self._ask("Storage.clearDataForOrigin", origin=self.base_url(),
                              storageTypes="service_workers,cache_storage")
                    took.setdefault(("cold", title), []).append(self._open(path, selector))
                    took.setdefault(("warm", title), []).append(self._open(path, selector))
        for kind, bar in BARS.items():
            page, client = (statistics.median(took[kind, title]) for title in PAGES)
            print(f"{kind}: page {page:,.0f} ms, web client {client:,.0f} ms: {page / client:.1%} (at most {bar:.0%})")
            self.assertLessEqual(page / client, bar, took)
