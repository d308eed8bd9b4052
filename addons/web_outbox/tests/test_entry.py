import json
import uuid

from odoo import api
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import HOST
from odoo.tools import mute_logger

from ..tools.device_user import COOKIE
from ..tools.handler import outbox_method

REFUSAL = "No such sign"


@api.model
@outbox_method()
def outbox_rename(self, said, moment):
    partner = self.browse(said["id"])
    partner.name = f"{partner.name}{said['text']}"
    if said["text"] == "!":
        raise UserError(REFUSAL)
    if said["text"] == "?":
        raise ZeroDivisionError
    if said["text"] == "{}":
        return partner
    return partner.name


@api.model
@outbox_method(holds=False)
def outbox_refuse(self, said, moment):
    raise UserError(REFUSAL)


@tagged("post_install", "-at_install")
class TestEntry(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.registry["res.partner"]
        for method in (outbox_rename, outbox_refuse):
            setattr(partners, method.__name__, method)
            cls.addClassCleanup(delattr, partners, method.__name__)
        groups = "base.group_user,base.group_partner_manager"
        cls.user, cls.other = (new_test_user(cls.env, f"outbox_{name}", groups=groups) for name in ("user", "other"))
        cls.partner = cls.env["res.partner"].create({"name": "Paper"})
        cls.entries = cls.env["web.outbox.entry"].with_user(cls.user)

    def _entry(self, number, text, method="outbox_rename", **more):
        return {"uuid": str(uuid.uuid4()), "number": number, "model": "res.partner", "method": method,
                "subject": "paper", "said": {"id": self.partner.id, "text": text}, "entered": 0, **more}

    def _take(self, *entries, now=0):
        return [self.entries._take(list(entries), now)[entry["uuid"]] for entry in entries]

    def test_taken_once_in_order(self):
        """AFT-3, SCN-3: done in the order of entering, however they arrive; sent again, answered again, done once."""
        one, two, three = (self._entry(number, str(number)) for number in (1, 2, 3))
        first = self._take(three, one, two)
        self.assertEqual(self.partner.name, "Paper123")
        self.assertEqual(first[0], {"state": "done", "value": "Paper123"})
        self.assertEqual(self._take(three, one, two), first)
        self.assertEqual(self._take(one), first[1:2])
        self.assertEqual(self.partner.name, "Paper123")

    def test_refused_is_an_answer(self):
        """AFT-3: what is refused leaves nothing behind and is answered the same way again; what is behind it about the
        same document waits and is not taken in, other documents go on."""
        bad, behind, elsewhere = self._entry(1, "!"), self._entry(2, "2"), self._entry(3, "3", subject="other")
        for _twice in range(2):
            self.assertEqual(self._take(bad, behind, elsewhere), [
                {"state": "refused", "holds": True, "message": REFUSAL}, {"state": "held"},
                {"state": "done", "value": "Paper3"}])
        self.assertEqual(self.partner.name, "Paper3")
        self.assertFalse(self.entries.sudo().search([("uuid", "=", behind["uuid"])]))
        self.assertEqual(self._take(behind)[0]["value"], "Paper32")

    def test_handler_lets_go_on(self):
        """AFT-3: a handler may declare that a refusal keeps nothing back."""
        self.assertEqual([answer["state"] for answer in self._take(
            self._entry(1, "", method="outbox_refuse"), self._entry(2, "2"))], ["refused", "done"])

    @mute_logger("odoo.addons.web_outbox.models.web_outbox_entry")
    def test_fault_of_the_server_blocks_nothing(self):
        """AFT-3: an error of the program is an answer too, without its inner words; what it had done is undone."""
        answer, after, no_json, last = self._take(
            self._entry(1, "?"), self._entry(2, "2", subject="other"), self._entry(3, "{}", subject="third"),
            self._entry(4, "4", subject="other"))
        self.assertEqual((answer["state"], after["value"]), ("refused", "Paper2"))
        self.assertNotIn("ZeroDivision", answer["message"])
        self.assertEqual((no_json["state"], last["value"]), ("refused", "Paper24"))

    def test_only_what_is_declared(self):
        """ARC-5: no method but a declared one is called, and with the rights of whoever has entered it."""
        for model, method in (("res.partner", "unlink"), ("res.partner", "write"), ("res.users", "outbox_rename"),
                              ("no.model", "outbox_rename"), ("res.partner", "__init__"), (None, None)):
            answer, = self._take(self._entry(1, "1", model=model, method=method))
            self.assertEqual(answer["state"], "refused", (model, method))
        self.user.group_ids -= self.env.ref("base.group_partner_manager")
        answer, = self._take(self._entry(2, "1"))
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(self.partner.name, "Paper")

    def test_bad_calls(self):
        """AFT-3: what is no entry is refused in words, whatever comes."""
        good = self._entry(1, "1")
        for entries, now in ((None, 0), ([None], 0), ([good], "now"), ([{**good, "uuid": "1"}], 0),
                             ([{**good, "number": "x"}], 0), ([{**good, "said": ["x"]}], 0),
                             ([{**good, "model": []}], 0), ([{**good, "subject": {"a": 1}}], 0),
                             ([good], float("nan")), ([good] * 51, 0)):
            with self.assertRaises(UserError):
                self.entries._take(entries, now)

    def test_uuid_of_another(self):
        """ARC-5: whoever sends another's entry learns nothing of its answer, and nobody reads what others have sent."""
        entry = self._entry(1, "1")
        self._take(entry)
        with self.assertRaises(AccessError):
            self.entries.search([])
        answer = self.entries.with_user(self.other)._take([entry], 0)[entry["uuid"]]
        self.assertEqual(answer["state"], "refused")

    def test_clock_of_the_device(self):
        """AFT-3: when it was entered is counted from now on backwards: the device's clock may be years wrong."""
        entry, future = self._entry(1, "1", entered=10 ** 12), self._entry(2, "2", entered=10 ** 15)
        now = self.env.cr.now()
        self._take(entry, future, now=10 ** 12 + 3600 * 1000)
        moments = [self.entries.sudo().search([("uuid", "=", each["uuid"])]).moment for each in (entry, future)]
        self.assertAlmostEqual((now - moments[0]).total_seconds(), 3600, delta=60)
        self.assertAlmostEqual((now - moments[1]).total_seconds(), 0, delta=60)

    def test_older_than_the_memory(self):
        """AFT-3: what was entered before the oldest answer that is remembered may have been done: it is not done again
        before somebody has looked."""
        entry = self._entry(1, "1", entered=0)
        old = 181 * 24 * 3600 * 1000
        for _twice in range(2):
            answer, = self._take(entry, now=old)
            self.assertEqual((answer["state"], answer["holds"], self.partner.name), ("refused", True, "Paper"))
        again = {**entry, "uuid": str(uuid.uuid4()), "again": True}
        self.assertEqual(self._take(again, now=old)[0]["value"], "Paper1")

    def test_session_of_another(self):
        """ARC-5, AFT-3: entries are taken in by nobody's session but that of whoever has entered them."""
        self.authenticate("outbox_other", "outbox_other")
        entry = self._entry(1, "1")

        def send():
            body = {"jsonrpc": "2.0", "params": {"user": self.user.id, "now": 0, "entries": [entry]}}
            return self.url_open("/web_outbox/send", data=json.dumps(body), headers={
                "Content-Type": "application/json"}).json()["result"]

        self.assertEqual(send(), {"user": self.other.id, "answers": {}})
        self.assertEqual(self.partner.name, "Paper")
        self.authenticate("outbox_user", "outbox_user")
        self.assertEqual(send()["answers"], {entry["uuid"]: {"state": "done", "value": "Paper1"}})

    def test_device_knows_who_is_logged_in(self):
        """ARC-5: a device on which somebody's page is kept is told at the next word of the server that somebody else,
        or nobody, is logged in; a device that keeps no page gets no cookie."""
        def told(known=None):
            if known is not None:
                self.opener.cookies.set(COOKIE, str(known), domain=HOST)
            return self.url_open("/web/health").cookies.get(COOKIE)

        self.authenticate("outbox_user", "outbox_user")
        self.assertIsNone(told())
        self.assertIsNone(told(self.user.id))
        self.authenticate("outbox_other", "outbox_other")
        self.assertEqual(told(self.user.id), str(self.other.id))
        self.authenticate(None, None)
        self.assertEqual(told(self.user.id), "0")

    def test_forgotten_after_a_while(self):
        """ARC-6: what no device can bring again is forgotten; what is fresh stays."""
        old, fresh = self._entry(1, "1"), self._entry(2, "2")
        self._take(old, fresh)
        self.env.cr.execute("UPDATE web_outbox_entry SET create_date = create_date - interval '200 days' "
                            "WHERE uuid = %s", [old["uuid"]])
        self.entries.invalidate_model()
        self.entries.sudo()._gc_entries()
        self.assertEqual(self.entries.sudo().search([
            ("uuid", "in", [old["uuid"], fresh["uuid"]])]).mapped("uuid"), [fresh["uuid"]])

    def test_moment_of_half_a_year_ago(self):
        """AFT-3: what waited on the device for months was entered when it was entered."""
        entry, now = self._entry(1, "1", entered=10 ** 12), self.env.cr.now()
        self._take(entry, now=10 ** 12 + 150 * 86400 * 1000)
        moment = self.entries.sudo().search([("uuid", "=", entry["uuid"])]).moment
        self.assertAlmostEqual((now - moment).total_seconds(), 150 * 86400, delta=60)
