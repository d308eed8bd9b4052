"""A person at a real browser: logs in at /web/login, clicks, taps, types, and what that costs is counted.

The browser is Odoo's test Chromium, driven from Python by its own input events: a click goes to a point of the screen
and fails where something covers it, a tap is a touch, text comes as from a keyboard. As a person does, each act waits
until the page is at rest (no request under way, the thing to be hit stands still); waiting, looking and scrolling cost
nothing. Counted are

* ``clicks``: one for each click or tap, and for each press of Enter;
* ``fields``: one for each value typed and each file chosen, with whatever is needed to get into the field.

The login itself (two values and a click, the same for everybody) is walked and not counted. What a job costs stands in
the table of README.md beside this file; a run compares, and prints the row that it has measured.
"""
import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser, HttpCase

import role_costs
from role_person import WATCH, Person

#: Where the company and its people are.
ZONE = "Asia/Shanghai"
PHONE = (390, 844)
DESKTOP = (1366, 768)


class RoleDays(HttpCase):
    """Days of several people in one browser, one after the other; each begins at the login page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.env.company.resource_calendar_id.tz = ZONE
        cls.paper = folder / "需求确认书.pdf"  # what people upload
        cls.paper.write_bytes(b"%PDF-1.4 text")

    def setUp(self):
        super().setUp()
        self.browser = ChromeBrowser(self)
        self.addCleanup(self.browser.stop)
        self.browser._websocket_request("Page.addScriptToEvaluateOnNewDocument", params={"source": WATCH})
        # people's browsers are where they are: else "today" is another day for the client than for the server
        self.browser._websocket_request("Emulation.setTimezoneOverride", params={"timezoneId": ZONE})

    @contextmanager
    def day(self, login, phone=False, tab=None, page=None):
        """A person who has just logged in; afterwards the browser has forgotten him.

        Inside, the database belongs to the requests: what a step needs of a record is read before.

        :param login: None: a visitor who has none
        :param tab: the person, when he comes back to the page at which he was
        :param page: path of the page whose link he follows, the login form on his way; else the day begins at home
        """
        width, height = PHONE if phone else DESKTOP
        send = self.browser._websocket_request
        send("Emulation.setDeviceMetricsOverride", params={
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        send("Emulation.setTouchEmulationEnabled", params={"enabled": phone, "maxTouchPoints": 5 if phone else 1})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.allow_requests(browser=self.browser):
            self.authenticate(None, None, browser=self.browser)
            try:
                person = tab or Person(self.browser, phone)
                with self._database_left_alone():
                    if login:
                        person.log_in(login, login.ljust(8, "x"), page or person.page)
                    yield person
                    person.leave()
            finally:
                self.browser.navigate_to("about:blank", wait_stop=True)
                self._wait_remaining_requests()
                send("Storage.clearDataForOrigin", params={
                    "origin": self.base_url(), "storageTypes": "cookies,local_storage,indexeddb"})
        self.env.invalidate_all()

    @contextmanager
    def _database_left_alone(self):
        """A query of the test's own, while a request reads its answer on the same cursor, would give either the
        other's rows, now and then: it is refused always."""
        execute, test = self.cr.execute, threading.get_ident()

        def execute_for_requests(*args, **kwargs):
            if threading.get_ident() == test:
                raise AssertionError("Read what a step needs of a record before the day begins.")
            return execute(*args, **kwargs)

        with patch.object(self.cr, "execute", execute_for_requests):
            yield

    def cost(self, role, job, person):
        """Hold what a job costs against the table of README.md."""
        role_costs.hold(self, role, job, person)
