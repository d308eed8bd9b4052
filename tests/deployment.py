"""Reading docker-compose.yml, and running what it describes without an engine."""
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

import postgres
from place import ADDONS, DATA, ROOT

COMPOSE = ROOT / "docker-compose.yml"
NGINX = ROOT / "config" / "nginx"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<operator>:?[-?])(?P<word>[^}]*))?\}")
PATIENCE = 90


def load(path=COMPOSE):
    return yaml.safe_load(path.read_text())


def variables(value):
    """Every variable in a piece of a compose file: (name, operator, word)."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return [found for item in value for found in variables(item)]
    return [match.group("name", "operator", "word") for match in VARIABLE.finditer(value)] if isinstance(
        value, str) else []


def interpolate(value, settings):
    """A piece of a compose file as Compose would read it with these settings."""
    if isinstance(value, dict):
        return {key: interpolate(item, settings) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, settings) for item in value]
    if not isinstance(value, str):
        return value

    def replace(match):
        name, operator, word = match.group("name", "operator", "word")
        if settings.get(name):
            return settings[name]
        if operator == ":?":
            raise KeyError(f"{name}: {word}")
        return word or ""

    return VARIABLE.sub(replace, value)


def settings(path=ROOT / ".env.example"):
    """Settings that .env.example documents: those to fill in, and those with a default."""
    return dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", path.read_text(), re.MULTILINE))


def render(name, environment, folder):
    """A template of nginx as the image's entry point renders it."""
    text = (NGINX / f"{name}.template").read_text()
    missing = set(re.findall(r"\$\{(SUITE_\w+)\}", text)) - set(environment)
    if missing:
        raise KeyError(f"{name} uses {sorted(missing)}, which docker-compose.yml does not give to nginx")
    for key, value in environment.items():
        text = text.replace(f"${{{key}}}", str(value))
    (folder / name).write_text(text)


def write_nginx(folder, environment, scheme="http"):
    """A configuration around the rendered templates, like the image's own nginx.conf; its path."""
    conf = folder / "conf.d"
    conf.mkdir(parents=True)
    environment = {**environment, "SUITE_NGINX_CONF": conf, "SUITE_NGINX_CACHE": folder / "cache"}
    for name in ("suite.conf", "locations.inc", f"server.{scheme}.conf"):
        render(name, environment, conf)
    main = folder / "nginx.conf"
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in (
        "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\nworker_processes 2;\npid {folder / 'nginx.pid'};\n"
        f"error_log {folder / 'error.log'} warn;\nevents {{ worker_connections 256; }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n{temporary}"
        f"access_log off;\nsendfile on;\ninclude {conf}/*.conf;\n}}\n")
    return main


def nginx():
    return shutil.which("nginx") or "/usr/sbin/nginx"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Topology:
    """nginx, Odoo's web workers and its cron, run natively from the same files as in docker-compose.yml."""

    PASSWORD = "only-for-this-test"

    def __init__(self, database, folder):
        self.database, self.folder = database, folder
        self.ports = {name: free_port() for name in ("http", "gevent", "nginx")}
        self.processes = {}
        # `python -m odoo` cannot start the websocket's process; the `odoo` of an image can, and so can this.
        self.launcher = folder / "odoo"
        self.launcher.write_text("import odoo.cli\n\nodoo.cli.main()\n")
        self.given = {**settings(), "SUITE_DATABASE": database,
                      **dict.fromkeys(("POSTGRES_PASSWORD", "ODOO_DB_PASSWORD", "SUITE_ADMIN_PASSWORD"), self.PASSWORD)}

    def environment(self, service, **changes):
        """What Compose gives to a service, with the addresses of this machine in the place of the containers'."""
        inside = interpolate(load()["services"][service]["environment"], self.given)
        here = {
            **postgres.connection(),
            "ODOO_RC": str(ROOT / "config" / "odoo" / "odoo.conf"),
            "ODOO_ADDONS_PATH": str(ADDONS),
            "ODOO_DATA_DIR": str(DATA),
            "ODOO_HTTP_INTERFACE": "127.0.0.1",
            "ODOO_HTTP_PORT": str(self.ports["http"]),
            "ODOO_GEVENT_PORT": str(self.ports["gevent"]),
            "SUITE_ADDONS_PATH": str(ADDONS),
            "SUITE_ODOO": f"{sys.executable} {self.launcher}",
        }
        if "PGPASSWORD" not in here:  # the socket of the private cluster trusts us
            inside.pop("PGPASSWORD", None)
        return {**os.environ, **inside, **here, **changes}

    def script(self, name, *arguments, service, **changes):
        """Run a script of config/odoo as its container would."""
        return subprocess.run([sys.executable, ROOT / "config" / "odoo" / name, *arguments], text=True,
                              env=self.environment(service, **changes), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=600)

    def start(self, service, *command, **options):
        log = (self.folder / f"{service}.log").open("ab")
        self.processes[service] = subprocess.Popen(
            [str(word) for word in command], stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            start_new_session=True, **options)
        log.close()

    def start_odoo(self, service):
        self.start(service, sys.executable, self.launcher, env=self.environment(service))

    def start_nginx(self):
        inside = interpolate(load()["services"]["nginx"]["environment"], self.given)
        main = write_nginx(self.folder / "nginx", {
            **inside, "SUITE_NGINX_PORT": f"127.0.0.1:{self.ports['nginx']}", "SUITE_UPLOAD_LIMIT": "1m",
            "SUITE_ODOO_HTTP": f"127.0.0.1:{self.ports['http']}",
            "SUITE_ODOO_GEVENT": f"127.0.0.1:{self.ports['gevent']}"})
        self.start("nginx", nginx(), "-c", main, "-p", self.folder / "nginx", "-e", self.folder / "nginx" / "error.log",
                   "-g", "daemon off;")
        self.wait("nginx answers", lambda: self.get("/web/health").status == 200)

    def log(self, service):
        return (self.folder / f"{service}.log").read_text(errors="replace")

    def wait(self, what, condition):
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError):
                if condition():
                    return
            for service, process in self.processes.items():
                if process.poll() is not None:
                    raise AssertionError(f"{service} ended with {process.returncode}:\n{self.log(service)[-5000:]}")
            if time.monotonic() > deadline:
                logs = "\n".join(f"--- {service}\n{self.log(service)[-3000:]}" for service in self.processes)
                raise AssertionError(f"waited {PATIENCE} s in vain for: {what}\n{logs}")
            time.sleep(0.3)

    def get(self, path, data=None, headers=None):
        """Ask nginx; the answer, whatever its status."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports['nginx']}{path}", data, headers or {})
        try:
            return urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect).open(request, timeout=60)
        except urllib.error.HTTPError as answer:
            return answer

    def upgrade(self, port):
        """Status line of the answer to a websocket's handshake."""
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall((
                f"GET /websocket?version=19.0-2 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
            return connection.recv(4096).split(b"\r\n")[0].decode()

    def stop(self, *services):
        """End services and all their children; with a signal first, as an engine does."""
        chosen = {name: self.processes.pop(name) for name in services or list(self.processes)}
        for process in chosen.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        codes = {}
        for name, process in chosen.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                codes[name] = process.wait(30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return codes


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def scripts():
    """Shell scripts of the deployment."""
    return sorted(Path(ROOT / "config").rglob("*.sh"))
