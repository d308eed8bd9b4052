"""What tests of the scanning page share: a scanner that types as a device does, each screen looked at in both sizes."""
from phone import SMALL, TYPE, PhoneCase
from scan_camera import Film, draw

#: A phone, and a handheld with its screen across.
SIZES = {
    "phone": {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    "handheld": {"width": 800, "height": 480, "deviceScaleFactor": 1, "mobile": True}}
CODE_OF_NOBODY = "NOBODY-1"
#: What is cut off at the right, what the person has to scan next if it is out of sight, and buttons that are cut off or
#: lie below others.
CROOKED = """(() => {
    const expect = document.querySelector(".s_expect")?.getBoundingClientRect();
    const buttons = [...document.querySelectorAll(".s_pad button, .s_buttons button, .s_foot button")];
    const covered = buttons.filter((node) => {
        const box = node.getBoundingClientRect();
        const middle = (box.left + box.right) / 2;
        return box.height && [box.top + 6, box.bottom - 6].some(
            (height) => !node.contains(document.elementFromPoint(middle, height)));
    });
    return [document.documentElement.scrollWidth - innerWidth > 0 && "too wide",
            expect && (expect.top < 0 || expect.bottom > innerHeight) && "what comes next is out of sight",
            ...(document.querySelector(".s_cover") ? [] : covered.map((node) => `covered: ${node.innerText}`))
    ].filter(Boolean);
})()"""
KEYS = {"Enter": 13, "Tab": 9}


class ScanPhone(PhoneCase):
    """A test with a scanner in its hand."""

    #: What the scanner is set to send before each code, and the key behind it.
    prefix, suffix = "", "Enter"

    def _key(self, kind, key, **more):
        self.browser._websocket_send("Input.dispatchKeyEvent", params={"type": kind, "key": key, **more})

    def _wedge(self, *codes, suffix=None):
        """Scan: a scanner types, without waiting for anything."""
        suffix = suffix or self.suffix
        for code in codes:
            for char in self.prefix + code:
                self._key("keyDown", char, text=char)
                self._key("keyUp", char)
            self._key("rawKeyDown", suffix, code=suffix, windowsVirtualKeyCode=KEYS[suffix])
            self._key("keyUp", suffix, code=suffix, windowsVirtualKeyCode=KEYS[suffix])

    def _check_screen(self):
        self.assertEqual(self._run(SMALL), [])
        self.assertEqual(self._run(CROOKED), [])

    def _check_sizes(self):
        """The screen as a phone and as a handheld show it."""
        for name, size in SIZES.items():
            self.browser._websocket_request("Emulation.setDeviceMetricsOverride", params=size)
            with self.subTest(name, says=self._run("document.querySelector('.s_expect')?.innerText")):
                self._check_screen()

    def _shows(self, selector, text):
        return f"document.querySelector({selector!r})?.innerText.includes({text!r})"

    def _go(self, path="/scan"):
        self.browser.navigate_to(f"{self.base_url()}{path}")

    def _log_in(self, user):
        self._wait_remaining_requests()
        self.authenticate(user.login, user.login, browser=self.browser)

    def _log_in_by_hand(self, login):
        """As in the morning: the page of the warehouse asks who it is, and login and password are typed."""
        self.env.flush_all()  # what the test has made is there for the page's requests
        self.authenticate(None, None, browser=self.browser)
        self._go()
        self._wait("document.querySelector('.oe_login_form input[name=login]')")
        for field in ("login", "password"):
            self._run(TYPE % (f".oe_login_form input[name={field}]", login))
        self._tap(".oe_login_form button[type=submit]")

    def _online(self):
        self._run("window.dispatchEvent(new Event('online'))")

    # camera

    def _open_browser(self):
        """A browser with a camera."""
        self.film = Film(self)
        super()._open_browser()

    def _aim_and_see(self, code, text, selector="body"):
        """The camera is opened on the label of a code, and the page answers with a text; both in sight at once."""
        self.film.show(draw(self.env, code))
        self._look_and_see(text, selector)

    def _look_and_see(self, text, selector):
        self._tap(".s_by_camera")
        self._wait(self._shows(selector, text))
        self._wait("document.querySelector('.s_camera video')?.videoWidth")
        self._check_sizes()
        self._tap(".s_close")

    # flows

    def _take_phone(self, user):
        """The page of a user, with what he may do."""
        self._log_in(user)
        self._go()
        self._wait("document.querySelector('.s_tile')")
        self._check_sizes()

    def _begin(self, flow):
        """The flow is chosen on the first page; a code of nobody is said, and books nothing."""
        self._run("location.hash = ''")
        self._tap(f".s_tile[data-flow={flow}]")
        self._wait("document.querySelector('.s_expect strong')?.innerText.includes('can')")
        self._wedge(CODE_OF_NOBODY)
        self._wait("document.querySelector('.s_message.s_is_error')")
        self._check_sizes()

    def _scan_and_see(self, code, text, selector="body"):
        """A code is scanned, and the page answers with a text."""
        self._wedge(code)
        self._wait(self._shows(selector, text))
        self._check_sizes()

    def _press(self, button, selector=".s_home"):
        """A button of the answer is touched, and then something stands there."""
        self._tap(f".s_buttons [data-button={button}]")
        self._wait(f"document.querySelector({selector!r})")
        self._check_sizes()
