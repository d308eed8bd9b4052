"""A person at a real browser: clicks, taps, types; what that costs is counted (see role_day.py)."""
import json
import time
from contextlib import suppress
from urllib.parse import quote

from odoo.tests.common import ChromeBrowserException

#: Longest that a person waits for something, in seconds; the machines of tests are slow.
PATIENCE = 60

#: Counts requests under way, in every page.
WATCH = """
    window.requestsUnderWay = 0;
    const done = () => setTimeout(() => window.requestsUnderWay--, 30);
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function () {
        window.requestsUnderWay++;
        this.addEventListener("loadend", done);
        return send.apply(this, arguments);
    };
    const fetch = window.fetch;
    window.fetch = (...args) => {
        window.requestsUnderWay++;
        return fetch(...args).finally(done);
    };
"""

#: Finds what a person would see: the first that is visible, has the text, and (to be hit) is covered by nothing.
LOOK = """(selector, text, toHit) => {
    if (document.readyState !== "complete" || window.requestsUnderWay || document.querySelector(".o_blockUI")) {
        return { why: "the page is not at rest" };
    }
    const words = (el) => `${el.textContent} ${el.value || ""}`;
    const found = [...document.querySelectorAll(selector)].filter((el) =>
        el.getClientRects().length && getComputedStyle(el).visibility !== "hidden" && words(el).includes(text));
    if (!found.length) {
        return { why: "it is not there" };
    }
    if (!toHit) {
        return { at: [0, 0], value: words(found[0]) };
    }
    let why = "";
    for (const el of found) {
        const { left, top, width, height } = el.getClientRects()[0];
        const [x, y] = [left + width / 2, top + height / 2];
        const hit = document.elementFromPoint(x, y);
        if (hit && (el.contains(hit) || hit.closest("label")?.control === el) && !el.disabled) {
            window.personAt = el;
            return { at: [x, y], size: [width, height] };
        }
        why = el.disabled ? "it is disabled" : `it is covered by ${hit && hit.outerHTML.slice(0, 200)}`;
    }
    found[0].scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    return { why };
}"""


#: Where a drawn line can be hit.
POINT_ON_LINE = """(selector) => {
    for (const path of document.querySelectorAll(selector)) {
        for (let part = 0.5; part < 1; part += 0.05) {
            const point = path.getPointAtLength(part * path.getTotalLength());
            const { x, y } = point.matrixTransform(path.getScreenCTM());
            if (document.elementFromPoint(x, y) === path) {
                return [x, y];
            }
        }
    }
    return null;
}"""


class Person:
    """Somebody at the browser, and what the work costs him."""

    def __init__(self, browser, phone=False):
        self.browser, self.phone = browser, phone
        self.clicks = self.fields = 0
        self.page = None

    def click(self, selector, text=""):
        """Click or tap."""
        self.clicks += 1
        self._hit(selector, text)

    def drag(self, selector, text, right):
        """Take something and let it go so many pixels to the right; counts as a click."""
        x, y = self._look(selector, text, to_hit=True)["at"]
        self._carry(x, y, x + right, y)

    def click_line(self, selector):
        """Click a drawn line where nothing lies over it: the middle of its box need not be on it."""
        self.see(selector)
        place = self._evaluate(f"({POINT_ON_LINE})({selector!r})")
        if not place:
            raise AssertionError(f"{selector} is covered all along")
        self.clicks += 1
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def carry(self, selector, target, text):
        """Take something and let it go on something else; counts as a click."""
        place = self._look(target, text, to_hit=True)["at"]
        self._carry(*self._look(selector, "", to_hit=True)["at"], *place)

    def _carry(self, x, y, to_x, to_y):
        self.clicks += 1
        mouse = {"button": "left", "clickCount": 1}
        self._send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self._send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, buttons=1, **mouse)
        for part in range(1, 9):
            time.sleep(0.05)  # as a hand moves
            self._send("Input.dispatchMouseEvent", type="mouseMoved", x=x + (to_x - x) * part / 8,
                       y=y + (to_y - y) * part / 8, button="left", buttons=1)
        self._send("Input.dispatchMouseEvent", type="mouseReleased", x=to_x, y=to_y, **mouse)

    def fill(self, selector, value, text=""):
        """Type a value into a field in place of what is there."""
        self.fields += 1
        self._write(selector, value, text)

    def _write(self, selector, value, text):
        for _turn in range(5):  # what is typed while a new row is still being drawn is lost
            self._hit(selector, text)
            self._evaluate("document.activeElement.select && document.activeElement.select()")
            self._send("Input.insertText", text=value)
            if self._evaluate("document.activeElement.value") == value:
                return
            time.sleep(0.3)
        raise AssertionError(f"{value} cannot be typed into {selector}")

    def choose(self, selector, value, option=None):
        """A record of a many2one: a part of its name is typed, then it is clicked.

        A list that is drawn anew under the hand is missed: then the field is empty, or its list still open, and the
        hand does it again.
        """
        self.fields += 1
        self.clicks += 1
        for _turn in range(5):
            self._write(f"{selector} input", value, "")
            self._hit(".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a", option or value)
            for _look in range(10):
                if not self.is_there(".o-autocomplete--dropdown-menu"):
                    break
                time.sleep(0.1)
            else:
                continue
            if self._evaluate(f"document.querySelector({f'{selector} input'!r})?.value") != "":
                return
        raise AssertionError(f"{option or value} cannot be chosen in {selector}")

    def pick(self, selector, option):
        """A record of a short list: the click that opens it, and the one on the record."""
        self.click(f"{selector} input")
        self.click(".o-autocomplete--dropdown-item a", option)

    def type(self, value):
        """Type a value where the cursor is."""
        self.fields += 1
        self.see("input:focus, textarea:focus")
        self._send("Input.insertText", text=value)

    def start(self, menu):
        """Open an app from the list of apps."""
        app = f".o_app[data-menu-xmlid='{menu}']"
        if not self.phone:
            self.click(".o_navbar_apps_menu button")
        else:
            self.click(".o_menu_toggle")
            self.see(".o_app_menu_sidebar")
            if not self.is_there(app):
                self.click(".o_app_menu_sidebar .o_sidebar_topbar a")
        self.click(app)

    def menu(self, section, entry):
        """Open an entry of a section of the app's menu."""
        self.click(f".o_menu_sections [data-menu-xmlid='{section}']")
        self.click(f".dropdown-menu [data-menu-xmlid='{entry}']")

    def line(self, product, **values):
        """A line of an order: the product by a part of its name, and values by the names of their fields."""
        row, before = "[name=order_line] .o_selected_row", (self.clicks, self.fields)
        for _turn in range(3):  # a row that a click beside its list of products has left without one goes away
            self.clicks, self.fields = before
            self.click("[name=order_line] .o_field_x2many_list_row_add a")
            self.choose(f"{row} [name=product_id], {row} [name=product_template_id]", product)
            if self.is_there(row):
                break
        for name, value in values.items():
            self.fill(f"{row} [name={name}] input", value)

    def select(self, selector, text):
        """A choice of a list: the click that opens it, and the one on the choice."""
        self.click(f"{selector} input")
        self.click(".o_select_menu_item", text)

    def upload(self, selector, path):
        """Choose a file."""
        self.fields += 1
        self._wait(lambda: self._evaluate(f"!!document.querySelector({json.dumps(selector)})"), selector)
        target = self._send("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self._send("DOM.setFileInputFiles", files=[str(path)], objectId=target["result"]["objectId"])

    def enter(self):
        """Press Enter."""
        self.clicks += 1
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        self._send("Input.dispatchKeyEvent", type="keyDown", **key)
        self._send("Input.dispatchKeyEvent", type="keyUp", **key)

    def see(self, selector, text=""):
        """Wait until something is to be seen; its words."""
        return self._look(selector, text, to_hit=False)["value"]

    def is_there(self, selector, text=""):
        """Whether something is to be seen now that the page is at rest."""
        self._look("body", "", to_hit=False)
        return "at" in self._glance(selector, text, to_hit=False)

    def watch(self, selector):
        """From now on notice whether something is in the page, however briefly; ask :meth:`has_shown`."""
        sight = f"window.hasShown ||= Boolean(document.querySelector({json.dumps(selector)}))"
        self._evaluate(f"window.hasShown = false; new MutationObserver(() => {sight}).observe("
                       "document.body, {subtree: true, childList: true, attributes: true})")

    def has_shown(self):
        """Whether what is watched was there."""
        return self._evaluate("window.hasShown")

    def open(self, path):
        """Follow an address, as from a code on paper or a mail."""
        self.browser.navigate_to(f"{self.browser.test_case.base_url()}{path}")

    def log_in(self, login, password, page=None):
        """By the form, as everybody; it leads back to the page that was asked for, as from a link in a mail."""
        before = self.clicks, self.fields
        for _turn in range(3):  # an answer that the last person did not wait for may end the session of the form
            self.open(f"/web/login?redirect={quote(page)}" if page else "/web/login")
            self.see("body:not(.o_lazy_js_waiting)")  # a button pressed before may be pressed in vain
            self.fill(".oe_login_form input[name=login]", login)
            self.fill(".oe_login_form input[name=password]", password)
            self.click(".oe_login_form button[type=submit]")
            self._wait(lambda: self.is_there(".o_main_navbar") or self.is_there("h1", "Bad Request"), "logged in")
            if self.is_there(".o_main_navbar"):
                break
        self.clicks, self.fields = before

    def leave(self):
        """Go away when all that was done has arrived; the tab stays as it is."""
        self.see("body")
        self.page = self._evaluate("location.pathname")

    def _hit(self, selector, text):
        x, y = self._look(selector, text, to_hit=True)["at"]
        if self.phone:
            self._send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
            self._send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        else:
            mouse = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self._send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
            self._send("Input.dispatchMouseEvent", type="mousePressed", **mouse)
            self._send("Input.dispatchMouseEvent", type="mouseReleased", **mouse)

    def _look(self, selector, text, to_hit):
        """Wait for something that stands still."""
        seen = [{}]

        def is_still():
            seen.append(self._glance(selector, text, to_hit))
            return "at" in seen[-1] and seen[-1] == seen[-2]

        self._wait(is_still, f"{selector} {text}", lambda: seen[-1].get("why"))
        return seen[-1]

    def _glance(self, selector, text, to_hit):
        arguments = ", ".join(json.dumps(value) for value in (selector, text, to_hit))
        return self._evaluate(f"({LOOK})({arguments})") or {"why": "the page is changing"}

    def _wait(self, is_true, what, why=lambda: ""):
        end = time.monotonic() + PATIENCE
        while not is_true():
            if self.browser._result.done():
                self.browser._result.result()  # an error of the page is raised here
            if time.monotonic() > end:
                self.browser.take_screenshot().result(10)
                raise AssertionError(f"{what}: {why()}\n{self._get_reported_error()}")
            time.sleep(0.08)

    def _get_reported_error(self):
        """Where he is, and what the client shows of an error of the server's, else the beginning of the page."""
        self._evaluate("document.querySelector('.o_error_dialog .btn-link')?.click()")
        time.sleep(1)
        return self._evaluate("location.href + ' ' + document.readyState + ' ' + document.body.className + '\\n' + ("
                              "document.querySelector('.o_error_dialog')?.textContent"
                              " || document.body.innerText.slice(0, 500))") or ""

    def _evaluate(self, expression):
        """Value of an expression; nothing while the page is being replaced."""
        answer = {}
        with suppress(ChromeBrowserException):
            answer = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer and "result" in answer:
            raise AssertionError(answer["result"].get("description"))
        return answer.get("result", {}).get("value")

    def _send(self, method, **params):
        return self.browser._websocket_request(method, params=params, timeout=30)
