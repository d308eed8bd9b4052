import json
from urllib.parse import parse_qs, urlsplit

from odoo.tests import BaseCase, tagged

from ..kernel import robots
from .common import DINGTALK, FEISHU, SECRET, WECOM

MESSAGE = robots.Message(
    "Late: Answer", (("MO/1, deadline", "https://example.com/mail/view?id=1"), ("and 2 more", None)), ("13800001111",))


@tagged("-at_install", "post_install")
class TestRobotsKernel(BaseCase):
    def _body(self, kind, address, message=MESSAGE, **options):
        request = robots.request_of(kind, address, message, **options)
        return request.url, json.loads(request.body)

    def test_kind_by_the_address(self):
        """SLA-1: the kind of a robot is seen from its address; anything else is none."""
        kinds = [robots.kind_of(address) for address in (WECOM, DINGTALK, FEISHU)]
        self.assertEqual(kinds, ["wecom", "dingtalk", "feishu"])
        for address in (None, "", "https://example.com/robot/send?access_token=0123456789", WECOM + "/x", WECOM[:-30]):
            self.assertIsNone(robots.kind_of(address))

    def test_known_signatures(self):
        """SLA-1: signatures equal those that OpenSSL computes of the same moment and secret."""
        url, _body = self._body("dingtalk", DINGTALK, secret=SECRET, now=1_790_000_000)
        query = parse_qs(urlsplit(url).query)
        self.assertEqual(query["timestamp"], ["1790000000000"])
        self.assertEqual(query["sign"], ["Av2THtv7gIiEICwut7aZOtAknEUVauN6D4ifC0RwI+g="])
        url, body = self._body("feishu", FEISHU, secret=SECRET, now=1_790_000_000)
        self.assertEqual((url, body["timestamp"], body["sign"]), (
            FEISHU, "1790000000", "BkgmNNFjjJc8eh6kHYyJOrJjHfcUGL2s5+Q6IeXwd8Y="))

    def test_unsigned_without_secret(self):
        """SLA-1: a robot without signing secret is sent no signature."""
        self.assertEqual(self._body("dingtalk", DINGTALK)[0], DINGTALK)
        self.assertNotIn("sign", self._body("feishu", FEISHU)[1])

    def test_who_is_called(self):
        """SLA-1: people are called in the way of each chat; Feishu's robots know no telephone numbers."""
        self.assertEqual(self._body("wecom", WECOM)[1]["text"]["mentioned_mobile_list"], ["13800001111"])
        body = self._body("dingtalk", DINGTALK)[1]
        self.assertEqual(body["at"]["atMobiles"], ["13800001111"])
        self.assertTrue(body["markdown"]["text"].endswith("@13800001111"))
        self.assertNotIn("13800001111", json.dumps(self._body("feishu", FEISHU)[1]))

    def test_long_text_is_cut_at_a_character(self):
        """SLA-1: what is longer than the chat takes is cut, by bytes, at a whole character; the call stays."""
        long = robots.Message("超期" * 500, tuple(("负责人" * 200, None) for _line in range(50)), ("13800001111",))
        text = self._body("wecom", WECOM, long)[1]["text"]["content"]
        self.assertLessEqual(len(text.encode()), 2048)
        self.assertTrue(text.endswith("…"))
        text = self._body("dingtalk", DINGTALK, long)[1]["markdown"]["text"]
        self.assertLessEqual(len(text.encode()), robots.MOST_BYTES["dingtalk"])
        self.assertTrue(text.endswith("@13800001111"))
        self.assertLess(len(robots.request_of("feishu", FEISHU, long).body), 20_000)

    def test_words_of_a_document_are_no_markup(self):
        """SLA-1: brackets and stars in the name of a document do not become markup."""
        message = robots.Message("*A*", (("1# [x](y)", "https://example.com"),))
        text = self._body("dingtalk", DINGTALK, message)[1]["markdown"]["text"]
        self.assertEqual(text, "#### \\*A\\*\n- [1\\# \\[x\\]\\(y\\)](https://example.com)")

    def test_what_answers_mean(self):
        """SLA-1: only an answer that says so is "sent"; one that leaves it open is never "try again"."""
        expected = {
            ("wecom", 200, b'{"errcode":0,"errmsg":"ok"}'): robots.SENT,
            ("feishu", 200, b'{"code":0,"msg":"success"}'): robots.SENT,
            ("feishu", 200, b'{"StatusCode":0}'): robots.SENT,
            ("wecom", 200, b'{"errcode":45009}'): robots.RETRY,
            ("dingtalk", 200, b'{"errcode":130101}'): robots.RETRY,
            ("feishu", 200, b'{"code":11232}'): robots.RETRY,
            ("wecom", 200, b'{"errcode":93000}'): robots.REFUSED,
            ("dingtalk", 200, b'{"errcode":310000}'): robots.REFUSED,
            ("feishu", 400, b'{"code":19021}'): robots.REFUSED,
            ("wecom", 404, b"<html>"): robots.REFUSED,
            ("wecom", 429, b""): robots.RETRY,
            ("wecom", 503, b""): robots.RETRY,
            ("wecom", 502, b"<html>"): robots.UNCERTAIN,
            ("wecom", 200, b"<html>"): robots.UNCERTAIN,
            ("wecom", 200, b"[]"): robots.UNCERTAIN,
        }
        self.assertEqual({case: robots.answer_of(*case)[0] for case in expected}, expected)
