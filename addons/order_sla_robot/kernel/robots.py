"""What the group robots of 企业微信, 钉钉 and 飞书 are sent, and what their answers mean. Plain Python, no database.

Formats, signatures and limits by the makers' public documentation (read in November 2026): 企业微信 "群机器人配置说明",
钉钉 "自定义机器人接入", 飞书 "自定义机器人使用指南".
"""
import base64
import hashlib
import hmac
import json
import re
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

#: What the addresses look like that the makers give out, by kind.
ADDRESSES = {
    "wecom": re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[\w-]{8,}"),
    "dingtalk": re.compile(r"https://(?:oapi|api)\.dingtalk\.com/robot/send\?access_token=\w{8,}"),
    "feishu": re.compile(r"https://open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/[\w-]{8,}"),
}
#: Kinds that can sign; the signature of 企业微信 is its address.
SIGNED = ("dingtalk", "feishu")
#: Messages that a robot takes in a minute. 钉钉 is silent for ten minutes after more than 20.
PER_MINUTE = {"wecom": 18, "dingtalk": 18, "feishu": 90}
#: Bytes of text that a message holds (飞书: of the whole body, 20 kB).
MOST_BYTES = {"wecom": 2048, "dingtalk": 18_000, "feishu": 12_000}
#: Codes that mean "later": too many at once, or the maker's system is busy.
LATER = {"wecom": {-1, 45009}, "dingtalk": {-1, 130101, 410100, 660026}, "feishu": {9499, 11232, 11233, 11247}}
#: HTTP answers after which nothing was taken. Any other 5xx may come after the message was taken.
LATER_STATUS = {429, 503}

SENT, RETRY, REFUSED, UNCERTAIN = "sent", "retry", "refused", "uncertain"


class Message(NamedTuple):
    title: str
    #: (text, address or None)
    lines: tuple
    #: telephone numbers of who is called by name
    phones: tuple = ()


class Request(NamedTuple):
    url: str
    body: bytes


def kind_of(address):
    """Kind of the robot that an address belongs to; None for none that we know."""
    return next((kind for kind, pattern in ADDRESSES.items() if pattern.fullmatch(address or "")), None)


def request_of(kind, address, message, secret=None, now=0, base=None):
    """The request that has a robot say a message.

    :param address: as its maker gave it out
    :param now: seconds since 1970, for the signature (valid for an hour with 钉钉 and 飞书)
    :param base: scheme and host in place of the address's own (an own gateway, a test)
    """
    if base:
        parts = urlsplit(address)
        address = f"{base.rstrip('/')}{parts.path}{f'?{parts.query}' if parts.query else ''}"
    content = globals()[f"_{kind}"](message)
    if secret and kind == "dingtalk":
        moment = str(int(now * 1000))
        sign = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
        address += f"&timestamp={moment}&sign={quote_plus(base64.b64encode(sign))}"
    if secret and kind == "feishu":
        moment = str(int(now))
        sign = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()
        content = {"timestamp": moment, "sign": base64.b64encode(sign).decode()} | content
    return Request(address, json.dumps(content, ensure_ascii=False).encode())


def answer_of(kind, status, body):
    """What an answer means: ``(outcome, code)``.

    A message whose answer leaves open whether it was taken is never sent again by itself.

    :param status: of HTTP
    :param body: bytes
    """
    if status in LATER_STATUS:
        return RETRY, status
    if status >= 500:
        return UNCERTAIN, status
    try:
        reply = json.loads(body)
        code = int(reply.get("errcode", reply.get("code", reply.get("StatusCode"))))
    except (ValueError, TypeError, AttributeError):
        return (REFUSED if status >= 400 else UNCERTAIN), status
    if code == 0 and status < 400:
        return SENT, 0
    return (RETRY if code in LATER[kind] else REFUSED), code


def _cut(text, most):
    """The text in at most so many bytes, whole characters."""
    raw = text.encode()
    return text if len(raw) <= most else raw[:most - 3].decode(errors="ignore") + "…"


def _wecom(message):
    lines = [message.title, *(f"{text} {link}" if link else text for text, link in message.lines)]
    text = {"content": _cut("\n".join(lines), MOST_BYTES["wecom"])}
    if message.phones:
        text["mentioned_mobile_list"] = list(message.phones)
    return {"msgtype": "text", "text": text}


def _dingtalk(message):
    def plain(text):
        return re.sub(r"([\\`*_{}\[\]()#>|])", r"\\\1", text).replace("\n", " ")

    lines = [f"#### {plain(message.title)}"]
    lines += [f"- [{plain(text)}]({link})" if link else f"- {plain(text)}" for text, link in message.lines]
    called = " ".join(f"@{phone}" for phone in message.phones)
    tail = f"\n\n{called}" if called else ""
    text = _cut("\n".join(lines), MOST_BYTES["dingtalk"] - len(tail.encode())) + tail
    return {"msgtype": "markdown", "markdown": {"title": _cut(message.title, 180), "text": text},
            "at": {"atMobiles": list(message.phones), "isAtAll": False}}


def _feishu(message):
    left, content = MOST_BYTES["feishu"], []
    for text, link in message.lines:
        part = {"tag": "a", "text": text, "href": link} if link else {"tag": "text", "text": text}
        left -= len(json.dumps(part, ensure_ascii=False).encode())
        if left < 0:
            content.append([{"tag": "text", "text": "…"}])
            break
        content.append([part])
    return {"msg_type": "post", "content": {"post": {"zh_cn": {"title": _cut(message.title, 180), "content": content}}}}
