"""What a browser, a phone or a scanner sends to the server; each of them has an address of its own on the loopback."""
import http.client
import json
import re
import time
from urllib.parse import urlencode

PATIENCE = 120
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class Broken(Exception):
    """No answer, or one that says that the server has a fault: the person sees an error, and tries again."""


class Refused(Exception):
    """The server says no, in words for the person."""


class Client:
    """One device: its address, its cookies, and a connection that it keeps.

    :param watch: is told of each request: ``watch(step, began, seconds, fault or None)``
    """

    def __init__(self, port, number, watch):
        self.port, self.address, self.watch = port, f"127.0.1.{number}", watch
        self.connection, self.cookies, self.uid = None, {}, None

    def log_in(self, database, login, password):
        answer = self.rpc("log in", "/web/session/authenticate", {"db": database, "login": login, "password": password})
        self.uid = answer["uid"]

    def call(self, step, model, method, *arguments, button=False, **named):
        """A method of a model, as the web client calls it."""
        path = f"/web/dataset/call_{'button' if button else 'kw'}/{model}/{method}"
        return self.rpc(step, path, {"model": model, "method": method, "args": arguments, "kwargs": named})

    def rpc(self, step, path, params):
        """A JSON-RPC request.

        :raise Refused: the server says no
        :raise Broken: there is no answer, or a fault
        """
        with _Watched(self, step) as watched:
            status, _headers, body = self._send(
                "POST", path, json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                {"Content-Type": "application/json"})
            if status != 200:
                raise Broken(f"{path}: {status}")
            answer = json.loads(body)
            if error := answer.get("error"):
                name, text = error.get("data", {}).get("name", ""), error.get("data", {}).get("message", "")
                if name.startswith("odoo.exceptions.") or name.endswith("SessionExpiredException"):
                    watched.refused = True
                    raise Refused(f"{name}: {text}")
                raise Broken(f"{path}: {name}: {text}")
        return answer.get("result")

    def open(self, step, path, form=None):
        """A page, or a form of it that is sent; redirections are followed.

        :return: status and text
        """
        with _Watched(self, step):
            status, headers, body = self._send(*(("GET", path, None, {}) if form is None else (
                "POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})))
            if status >= 500:
                raise Broken(f"{path}: {status}")
        if status in (302, 303):
            return self.open(f"{step}, then", re.sub(r"^https?://[^/]+", "", headers["location"]))
        return status, body.decode(errors="replace")

    def _send(self, verb, path, body, headers):
        """
        :raise Broken: nobody answers
        """
        headers = {**headers, "Host": f"127.0.0.1:{self.port}",
                   "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        is_kept = self.connection is not None
        if not is_kept:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.address, 0))
        try:
            self.connection.request(verb, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Broken(f"{path}: {type(error).__name__} {error}") from error
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, text = value.split(";")[0].partition("=")
                self.cookies[key] = text
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class _Watched:
    """A request that is timed and told of, however it ends."""

    def __init__(self, client, step):
        self.client, self.step, self.refused = client, step, False

    def __enter__(self):
        self.began = time.monotonic()
        return self

    def __exit__(self, kind, error, _trace):
        fault = None if error is None or self.refused else str(error)
        self.client.watch(self.step, self.began, time.monotonic() - self.began, fault)


def read_token(page):
    """The token that a form of the page carries."""
    found = CSRF.search(page)
    return found and found[1]
