"""ARCHITECTURE: what docker-compose.yml describes is complete, safe by default, and works."""
import re
import subprocess
import uuid

import pytest

import database
import deployment
from deployment import interpolate, load, settings, variables, write_nginx
from place import ROOT

COMPOSE_FILES = (deployment.COMPOSE, deployment.NGINX / "https.yml")
SECRET = re.compile(r"PASSW|SECRET|TOKEN")
#: Compose's own settings, which our files only mention.
OF_COMPOSE = {"COMPOSE_FILE", "COMPOSE_PROFILES"}
ONE_SHOT = {"prepare"}
#: Empty where the profile `replica` is not used.
OPTIONAL_SECRETS = {"REPLICA_PASSWORD"}


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.name)
class TestFiles:
    def test_every_path_is_there(self, path):
        """FOUNDATION: bind mounts, build contexts and Dockerfiles exist in the repository."""
        given = {**settings(), **dict.fromkeys(self.required(path), "x")}
        compose = interpolate(load(path), given)
        for name, service in compose["services"].items():
            for volume in service.get("volumes", ()):
                source = volume.split(":")[0]
                assert not source.startswith(("/", "~")), f"{name} mounts {source} of one machine"
                if source.startswith("."):
                    assert (ROOT / source).exists() or source == settings()["SUITE_CERTIFICATES"], source
                else:
                    assert source in compose["volumes"], f"{name}: volume {source} is not declared"
            build = service.get("build")
            if build:
                assert (ROOT / build["context"] / build["dockerfile"]).is_file()
            for network in service.get("networks", ()):
                assert network in compose["networks"]
            for other in service.get("depends_on", ()):
                assert other in compose["services"]

    def test_every_variable_is_documented(self, path):
        """FOUNDATION: .env.example names each setting, with the default that holds."""
        documented = settings()
        for name, operator, word in variables(load(path)):
            assert name in documented, f"{name} is not in .env.example"
            if operator == ":-":
                assert documented[name] == word, f"{name} has the default {word!r}"

    def test_no_password_by_default(self, path):
        """FOUNDATION: secrets come from the environment, and there is none by default."""
        for name, operator, word in variables(load(path)):
            if SECRET.search(name):
                assert operator == ":?" or (name in OPTIONAL_SECRETS and not word), f"{name} has a default"
                assert not settings()[name]
        for name, service in load(path)["services"].items():
            for key, value in service.get("environment", {}).items():
                if SECRET.search(key) and key != "PGPASSFILE":
                    assert variables(value), f"{name}: {key} stands in the file"

    def required(self, path):
        return {name for name, operator, _word in variables(load(path)) if operator == ":?"}


class TestCompose:
    def test_settings_are_used(self):
        """FOUNDATION: .env.example documents nothing that no file uses."""
        used = {name for path in COMPOSE_FILES for name, _operator, _word in variables(load(path))}
        assert set(settings()) - used <= OF_COMPOSE

    def test_services_are_watched(self):
        """FOUNDATION: every server has a health check, restarts, and waits for what it needs to be healthy."""
        for name, service in load()["services"].items():
            if name in ONE_SHOT:
                continue
            assert service["healthcheck"]["test"], name
            assert service["restart"] == "unless-stopped", name
        for name in ("web", "cron"):
            assert load()["services"][name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"

    def test_only_nginx_is_reachable(self):
        """FOUNDATION: nginx is the only entrance, and the database's network leads nowhere."""
        services = load()["services"]
        assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]
        assert load()["networks"]["back"]["internal"] is True
        assert services["db"]["networks"] == services["db-replica"]["networks"] == ["back"]

    def test_images_name_no_registry(self):
        """FOUNDATION: a site may have its own."""
        given = {**settings(), **dict.fromkeys(("POSTGRES_PASSWORD", "ODOO_DB_PASSWORD", "SUITE_ADMIN_PASSWORD"), "x")}
        for name, service in interpolate(load(), given)["services"].items():
            assert "." not in service["image"].split(":")[0], name

    def test_replica_is_a_profile(self):
        """FOUNDATION: the replica runs only where it is asked for, and serves read-only requests only."""
        services = load()["services"]
        assert services["db-replica"]["profiles"] == ["replica"]
        assert services["web"]["environment"]["PGHOST_REPLICA"] == "${PGHOST_REPLICA:-}"
        assert "PGHOST_REPLICA" not in services["cron"]["environment"]

    def test_dockerfile_finds_its_files(self):
        """FOUNDATION: what the image copies is in the repository and not kept from it by .dockerignore."""
        copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "config/odoo/Dockerfile").read_text(), re.MULTILINE)
        sources = [source for line in copied for source in line.split()]
        assert sources
        kept = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source.split("/")[0] in kept, source

    @pytest.mark.parametrize("script", deployment.scripts(), ids=lambda path: path.name)
    def test_scripts_are_sound(self, script):
        """FOUNDATION: bash accepts each script, and it may be executed."""
        subprocess.run(["bash", "-n", script], check=True)
        assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nginx_accepts_its_configuration(scheme, tmp_path):
    """FOUNDATION: a real nginx accepts what the image will render, without a warning."""
    environment = {}
    for path in COMPOSE_FILES:
        environment |= interpolate(load(path)["services"]["nginx"]["environment"], settings())
    certificates = tmp_path / "certificates"
    certificates.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=suite",
                    "-keyout", certificates / "privkey.pem", "-out", certificates / "fullchain.pem"],
                   check=True, capture_output=True)
    main = write_nginx(tmp_path / "nginx", {
        **environment, "SUITE_NGINX_CERTIFICATES": certificates, "SUITE_ODOO_HTTP": "127.0.0.1:8069",
        "SUITE_ODOO_GEVENT": "127.0.0.1:8072"}, scheme)
    result = subprocess.run([deployment.nginx(), "-t", "-c", main, "-p", tmp_path, "-e", "stderr"],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "[warn]" not in result.stderr, result.stderr


def test_who_has_to_wait_is_not_sent_away():
    """FOUNDATION: with all workers taken a request waits for its connection; 24 people at two workers saw errors."""
    text = (deployment.NGINX / "locations.inc.template").read_text()
    assert int(re.search(r"proxy_connect_timeout (\d+)s;", text)[1]) >= 60


@pytest.fixture
def topology(tmp_path):
    name = f"deploy_{uuid.uuid4().hex[:8]}"
    topology = deployment.Topology(name, tmp_path)
    try:
        yield topology
    finally:
        topology.stop()
        for leftover in (name, f"{name}_draft"):
            database.drop(leftover)


def test_topology_works(topology):
    """FOUNDATION: prepare, nginx, prefork workers with the websocket's process, and a cron-only Odoo work together."""
    # A template that holds Odoo's modules saves the two minutes of installing them.
    prepared = topology.script("prepare.py", service="prepare", PGDATABASE_TEMPLATE=database.base_template())
    assert prepared.returncode == 0, prepared.stdout
    assert "is up to date" in topology.script("prepare.py", service="prepare").stdout
    job = add_job(topology)

    topology.start_odoo("web")
    topology.start_nginx()
    topology.wait("web is healthy", lambda: topology.script("healthy.py", "web", service="web").returncode == 0)

    check_pages(topology)
    check_assets(topology)
    check_gates(topology)
    assert " 101 " in topology.upgrade(topology.ports["nginx"]) + " "
    assert " 101 " not in topology.upgrade(topology.ports["http"]) + " ", "a worker took the websocket"

    assert ran(topology) is False, "the web workers run jobs"
    assert "WorkerCron" not in topology.log("web")
    topology.start_odoo("cron")
    topology.wait("the job ran", lambda: wake(topology) or ran(topology))
    assert "WorkerCron" in topology.log("cron")
    assert "WorkerHTTP" not in topology.log("cron")
    assert topology.script("healthy.py", "cron", service="cron").returncode == 0

    topology.stop("cron")
    query(topology, f"update ir_cron set nextcall = now() at time zone 'utc' - interval '1 hour' where id = {job}")
    late = topology.script("healthy.py", "cron", service="cron")
    assert late.returncode == 1 and "due for more than" in late.stdout


def check_pages(topology):
    page = topology.get("/web/login")
    assert page.status == 200
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"\d", page.headers["Server"]), "nginx tells its version"
    # Behind a proxy that ends TLS, Odoo's own addresses are https.
    redirect = topology.get("/odoo", headers={"X-Forwarded-Proto": "https", "Host": "suite.example"})
    assert redirect.status in (302, 303)
    assert sign_in(topology, "admin") is None, "the administrator still has Odoo's own password"
    assert sign_in(topology, topology.PASSWORD)


def sign_in(topology, password):
    body = (f'{{"jsonrpc": "2.0", "params": {{"db": "{topology.database}", "login": "admin", '
            f'"password": "{password}"}}}}').encode()
    answer = topology.get("/web/session/authenticate", body, {"Content-Type": "application/json"}).read().decode()
    found = re.search(r'"uid": (\d+)', answer)
    return found and int(found[1])


def check_assets(topology):
    page = topology.get("/web/login").read().decode()
    path = re.search(r'"(/web/assets/[^"]+\.js)"', page)[1]
    headers = {"Accept-Encoding": "gzip", "Cookie": "session_id=somebody"}
    first, second = (topology.get(path, headers=headers) for _time in range(2))
    for answer in (first, second):
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])[1]) > 86400
        assert "Set-Cookie" not in answer.headers, "a cached answer would give one visitor's session to all"
    assert (first.headers["X-Cache-Status"], second.headers["X-Cache-Status"]) == ("MISS", "HIT")
    static = "/web/static/img/logo2.png"
    assert [topology.get(static).headers["X-Cache-Status"] for _time in range(2)] == ["MISS", "HIT"]


def check_gates(topology):
    assert topology.get("/web/binary/upload_attachment", b"x" * (2 << 20)).status == 413
    assert topology.get("/web/binary/upload_attachment", b"x" * (1 << 19)).status not in (413, 502)
    assert topology.get("/web/database/manager").status == 404
    guesses = [topology.get("/web/login", b"login=admin&password=x").status for _time in range(40)]
    assert guesses[0] != 429 and guesses[-1] == 429, "passwords can be guessed at any speed"


def query(topology, text):
    """What a query answers in the topology's database."""
    answer = deployment.postgres.psql(topology.database, text)
    assert answer is not None, text
    return answer.strip()


def add_job(topology):
    """A scheduled action that is due, alone; its id."""
    query(topology, "update ir_cron set nextcall = now() at time zone 'utc' + interval '1 day'")
    action = query(topology, """
        insert into ir_act_server (name, type, usage, state, model_id, code, binding_type, sequence)
        select '{"en_US": "Deployment test"}', 'ir.actions.server', 'ir_cron', 'code', id,
               'env["ir.config_parameter"].set_param("deployment.ran", "yes")', 'action', 5
        from ir_model where model = 'ir.config_parameter' returning id""")
    return int(query(topology, f"""
        insert into ir_cron (ir_actions_server_id, cron_name, user_id, active, interval_number, interval_type, nextcall,
                             priority, failure_count)
        values ({action}, 'Deployment test', 1, true, 1, 'days', now() at time zone 'utc' - interval '1 minute', 1, 0)
        returning id"""))


def wake(topology):
    """Wake the cron up as a trigger does; else it looks once a minute."""
    deployment.postgres.psql("postgres", f"notify cron_trigger, '{topology.database}'")


def ran(topology):
    """Whether the job was done."""
    return query(topology, "select value from ir_config_parameter where key = 'deployment.ran'") == "yes"
