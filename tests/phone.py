"""What tests of a phone's page share: a network that is cut in the middle, and a browser that is asked step by step.

Cut means: the server closes each connection without an answer, for the page and for its service worker alike (Chrome's
``Network.emulateNetworkConditions`` reaches the page only); the page is told by Chrome that it is offline.
"""
import socket
import time

from odoo.http import Application
from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

CLICK = "document.querySelector(%r).click()"
#: Type into a field as a person does.
TYPE = """(() => {
    const field = document.querySelector(%r);
    field.value = %r;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
})()"""
#: What is touched and is lower or narrower than a thumb.
SMALL = """[...document.querySelectorAll(
    "button, a, input:not([type=file]):not([aria-hidden]), select, textarea, summary")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.height && (box.height < 48 || box.width < 48);
}).map((node) => node.outerHTML.slice(0, 80))"""


class Cut:
    """The network of the test's server: up, cut, or up for questions and not for answers."""

    def __init__(self):
        self.state, self.calls, self.answer = "up", [], Application.__call__

    def install(self, case):
        network = self

        def call(application, environ, start_response):
            return network._call(application, environ, start_response)

        case.patch(Application, "__call__", call)

    def _call(self, application, environ, start_response):
        path, state = environ["PATH_INFO"], self.state
        if state == "cut":
            return self._hang_up(environ)
        result = self.answer(application, environ, start_response)
        if path == "/web_outbox/send":
            self.calls.append(state)
            if state == "deaf":
                return self._hang_up(environ)
        return result

    @staticmethod
    def _hang_up(environ):
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionError("the network is cut")


class PhoneCase(HttpCase):
    """A test with a phone in its hand."""

    browser_size, touch_enabled = "390x844", True

    def _open_browser(self):
        """A browser of this test, and a network that can be cut: ``self.browser``, ``self.cut``."""
        self.cut = Cut()
        self.cut.install(self)
        self.browser = ChromeBrowser(self)
        self.addCleanup(self.browser.stop)
        self.addCleanup(self._wait_remaining_requests)

    def _run(self, code):
        result = self.browser._websocket_request("Runtime.evaluate", params={
            "expression": code, "awaitPromise": True, "returnByValue": True}, timeout=30)
        if "exceptionDetails" in result:
            self.browser.take_screenshot().result(10)
            raise AssertionError(f"{code}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def _wait(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self._run(f"Promise.resolve({condition}).then(Boolean)"):
                    return
            except AssertionError:
                pass  # on its way to the next page
            time.sleep(0.1)
        self.browser.take_screenshot().result(10)
        text = self._run("document.body.innerText")
        error = self.browser._result.exception(0) if self.browser._result.done() else ""
        raise AssertionError(f"never came: {condition}; the page says: {text} {error}")

    def _network(self, state):
        self.cut.state = state
        self.browser._websocket_request("Network.emulateNetworkConditions", params={
            "offline": state == "cut", "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})

    def _says(self, text):
        return f"document.body.innerText.includes({text!r})"

    def _tap(self, selector):
        self._wait(f"document.querySelector({selector!r})")
        self._run(CLICK % selector)
