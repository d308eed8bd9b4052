"""Plugin of the test run.

Each of several workers has a database of its own. The web client's assets are made once, in the template of a whole
run or in the worker's database, not again in every browser test: a test's transaction is rolled back, and with it the
bundles that its pages have built (6 to 10 s). Nor does every person that a test makes get Odoo's invitation and
welcome, nor is anew found out in every test what follows from the code only: compiled templates, merged triggers,
charts of accounts.
Files whose few tests take minutes begin, so that all workers end together.
"""
import functools
import os
import shutil
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

import pytest

import bundles

#: Ways to merge the triggers of some fields that are kept, by the fields that are of interest.
MOST_MERGED = 100
TESTS = Path(__file__).resolve().parents[2] / "tests"


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    # Before pytest-odoo looks: it would make the worker's database itself, in a way that Odoo 19 does not take.
    worker = os.environ.pop("PYTEST_XDIST_WORKER", None)
    if worker:
        config.option.odoo_database += f"_{worker}"
    yield


def pytest_configure(config):
    import freezegun
    # A set-up that freezes time would be said to have taken from then to now.
    freezegun.configure(extend_ignore_list=["_pytest.timing"])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Workers take the longest files first, as `--no-loadscope-reorder` keeps them: who begins last is waited for.

    The first file that needs the demo company builds it, on which the others would wait: they follow the long ones.
    """
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(item.path for item in items)
    demo = {item.path for item in items if "demo_database" in item.fixturenames}
    first = max(sorted(demo), key=tests.get, default=None)
    long = {item.path for item in items if _takes_long(item)} - demo
    items.sort(key=lambda item: (
        item.path != first, item.path not in long, item.path not in demo, -tests[item.path], item.path))


def _takes_long(item):
    """Whether a test starts a browser, servers, databases or linters: those of ``tests/`` do."""
    return "_kernel_" not in item.path.name and TESTS in item.path.parents or hasattr(item.cls, "start_tour")


@pytest.fixture(scope="session", autouse=True)
def assets(request, load_registry):
    import odoo.api
    from odoo.modules.registry import Registry
    from odoo.tests.common import HttpCase, get_db_name

    classes = {getattr(item, "cls", None) or object for item in request.session.items}
    pages, hoot = any(issubclass(cls, HttpCase) for cls in classes), any(hasattr(cls, "_run_hoot") for cls in classes)
    if pages or hoot:
        with Registry(get_db_name()).cursor() as cr:
            bundles.generate(odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {}), pages, hoot)


@pytest.fixture(scope="session", autouse=True)
def light_browser():
    """Pages are opened in Chromium's headless shell where the machine has it: the same engine without a window, for two
    thirds of the processor. A test of what the shell lacks (a camera) says ``whole_browser = True``."""
    from odoo.tests.common import ChromeBrowser

    shell, whole = shutil.which("chromium-headless-shell"), ChromeBrowser.executable.fget

    def executable(self):
        return whole(self) if not shell or getattr(self.test_case, "whole_browser", False) else shell

    with patch.object(ChromeBrowser, "executable", property(executable)):
        yield


@pytest.fixture(scope="session", autouse=True)
def closed_websockets(load_registry):
    """A page's connection that ends while Odoo 19 closes all after a test has ended: it found its socket gone, and the
    test was said to have failed (``bus.websocket._kick_all``; once in some thousand tests on a busy machine)."""
    try:
        from odoo.addons.bus.websocket import Websocket
    except ImportError:  # of Odoo's addons, which not every run installs
        yield
        return
    close = Websocket.close

    def close_if_open(self, *args, **kwargs):
        with suppress(OSError):
            close(self, *args, **kwargs)

    with patch.object(Websocket, "close", close_if_open):
        yield


@pytest.fixture(scope="session", autouse=True)
def unwelcomed_users(load_registry):
    """New users get neither an invitation by e-mail nor a "Welcome" to-do, are made members of no chat, and lose no
    right to an inbox that they never had: most of what one of the thousands that tests make would cost."""
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name

    registry = Registry(get_db_name())
    users, channels = registry["res.users"], registry.get("discuss.channel")
    reset_password = getattr(users, "_action_reset_password", None)  # of Odoo's addons, which not every run installs

    def invite_nobody(self, *args, **kwargs):
        return None if self.env.context.get("create_user") else reset_password(self, *args, **kwargs)

    give_inbox = getattr(users, "_inverse_notification_type", None)

    def give_inbox_to_some(self):
        inbox = self.env.ref("mail.group_mail_notification_type_inbox")
        some = self.filtered(lambda user: user.notification_type == "inbox" or inbox in user.group_ids)
        return give_inbox(some) if some else None

    silenced = {
        (users, "_action_reset_password"): invite_nobody, (users, "_generate_onboarding_todo"): lambda self: None,
        (users, "_inverse_notification_type"): give_inbox_to_some,
        (channels, "_subscribe_users_automatically"): lambda self: None}
    with ExitStack() as stack:
        for (model, name), function in silenced.items():
            if hasattr(model, name):
                stack.enter_context(patch.object(model, name, function))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(load_registry):
    """A template is compiled once for what it says: Odoo forgets with every test what it has compiled, and keeps
    nothing of the texts of mails (an eighth of the time of a test that notifies people)."""
    from odoo.addons.base.models.ir_qweb import IrQweb

    compiled, compile_anew = {}, IrQweb._generate_code_uncached

    def compile_once(self, template):
        # A profiled template is changed, and one that is not found is no template.
        if self.env.context.get("profile"):
            return compile_anew(self, template)
        try:
            _element, document, ref = self._get_template(template)
        except Exception:  # noqa: BLE001  (it says so itself)
            return compile_anew(self, template)
        context = tuple(self.env.context.get(key) or False for key in self._get_template_cache_keys())
        name = self._get_template_info(ref)["key"] if isinstance(ref, int) else None
        key = document, str(ref), name, context
        if key not in compiled:
            compiled[key] = compile_anew(self, template)
        return compiled[key]

    with patch.object(IrQweb, "_generate_code_uncached", compile_once):
        yield


@pytest.fixture(scope="session", autouse=True)
def merged_triggers(load_registry):
    """What a change of some fields sets off is put together once for the fields that are of interest then: Odoo does it
    with every write, a twentieth of a test's time, as the suite and Odoo hang hundreds of fields on some."""
    from odoo.orm.registry import Registry, TriggerTree

    def get_trigger_tree(self, fields, select=bool):
        # Odoo forgets what is kept there when fields change.
        kept, key = self._field_trigger_trees, tuple(fields)
        if key not in kept:
            trees = [self.get_field_trigger_tree(field) for field in fields if field in self._field_triggers]
            whole = TriggerTree.merge(trees, lambda field: True)
            kept[key] = trees, list(dict.fromkeys(field for tree in whole.depth_first() for field in tree.root)), {}
        trees, triggered, merged = kept[key]
        wanted = tuple(map(bool, map(select, triggered)))
        if wanted not in merged:
            if len(merged) > MOST_MERGED:
                merged.clear()
            merged[wanted] = TriggerTree.merge(trees, dict(zip(triggered, wanted, strict=True)).__getitem__)
        return merged[wanted]

    with patch.object(Registry, "get_trigger_tree", get_trigger_tree):
        yield


@pytest.fixture(scope="session", autouse=True)
def known_charts(load_registry):
    """Which charts of accounts a module brings is looked up once: every setting saved, and so every second warehouse,
    asks it of all modules."""
    try:
        from odoo.addons.account.models.ir_module import IrModuleModule
    except ImportError:
        yield
        return
    known, look_up = {}, IrModuleModule._compute_account_templates

    @functools.wraps(look_up)
    def look_up_once(self):
        for module in self:
            key = self.env.cr.dbname, self.env.lang, module.name, module.state, module.category_id.id
            if key not in known:
                look_up(module)
                known[key] = module.account_templates
            module.account_templates = {code: dict(values) for code, values in known[key].items()}

    with patch.object(IrModuleModule, "_compute_account_templates", look_up_once):
        yield
