import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from odoo.addons.base.tests.common import BaseCommon

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123abcd-4567-89ef"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd-4567-89ef"
SECRET = "SEC0123456789"


class Chat(BaseHTTPRequestHandler):
    """The makers' side, as their public documentation says: path, format, size and signature are looked at."""

    def do_POST(self):
        chat = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        parts = urlsplit(self.path)
        chat.heard.append((parts.path, parse_qs(parts.query), json.loads(body)))
        if chat.answers:
            status, reply = chat.answers.pop(0)
            if status is None:
                self.close_connection = True
                return
        else:
            status, reply = 200, {
                "/cgi-bin/webhook/send": self._wecom, "/robot/send": self._dingtalk,
            }.get(parts.path, self._feishu)(parse_qs(parts.query), json.loads(body))
        payload = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def _wecom(self, query, body):
        if not query.get("key"):
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if body["msgtype"] != "text" or len(body["text"]["content"].encode()) > 2048:
            return {"errcode": 40058, "errmsg": "content exceed max length"}
        return {"errcode": 0, "errmsg": "ok"}

    def _dingtalk(self, query, body):
        moment = query["timestamp"][0]
        sign = hmac.new(SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256).digest()
        if query["sign"][0] != base64.b64encode(sign).decode() or len(moment) != 13:
            return {"errcode": 310000, "errmsg": "sign not match"}
        called = all(f"@{phone}" in body["markdown"]["text"] for phone in body["at"]["atMobiles"])
        return {"errcode": 0 if called and body["markdown"]["title"] else 40035, "errmsg": "ok"}

    def _feishu(self, query, body):
        sign = hmac.new(f"{body['timestamp']}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
        if body["sign"] != base64.b64encode(sign).decode() or len(body["timestamp"]) != 10:
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        return {"code": 0 if body["content"]["post"]["zh_cn"]["content"] else 9499, "msg": "success"}

    def log_message(self, *args):
        pass


class RobotCommon(BaseCommon):
    """A chat on this machine, and a robot of each kind that speaks there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chat = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
        cls.chat.heard, cls.chat.answers = [], []
        thread = threading.Thread(target=cls.chat.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        cls.addClassCleanup(cls.chat.server_close)
        cls.addClassCleanup(cls.chat.shutdown)
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)
        for kind in ("wecom", "dingtalk", "feishu"):
            cls.env["ir.config_parameter"].set_param(
                f"order_sla_robot.base.{kind}", f"http://127.0.0.1:{cls.chat.server_port}")
        cls.wecom, cls.dingtalk, cls.feishu = cls.env["sla.robot"].create([
            {"name": "Production", "address": WECOM, "lang": "en_US"},
            {"name": "Purchasing", "address": DINGTALK, "secret": SECRET, "lang": "en_US"},
            {"name": "Managers", "address": FEISHU, "secret": SECRET, "lang": "en_US"}])
        cls.Message = cls.env["sla.robot.message"]

    def setUp(self):
        super().setUp()
        self.chat.heard.clear()
        self.chat.answers.clear()

    def run_cron(self):
        self.Message._cron_send()
        return list(self.chat.heard)
