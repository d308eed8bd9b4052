"""Databases: a template of Odoo's own modules, made once, and clones of it with the suite.

A clone takes its filestore along, else the web client's assets answer 500.
"""
import ast
import shutil
import subprocess
from pathlib import Path

import postgres
import server
from place import ADDONS, DATA, ROOT, STATE, Stamp, alone, fingerprint
from talk import Stop, step

LANGUAGE = "zh_CN"
#: Folders of an addon that leave no trace in a database.
NOT_INSTALLED = ("tests", "readme", "static/src", "static/tests")
#: Where this and the other tools are, for scripts in Odoo's shell.
DEV = str(Path(__file__).parent)
#: Templates kept of one selection of addons: another run may still clone an older one.
KEPT_TEMPLATES = 3
#: The addon that brings the demo company: of all addons, the only one with demo data.
DEMO = "switchgear_demo"


def manifests():
    """Manifest of every addon of the suite, by name."""
    return {path.parent.name: ast.literal_eval(path.read_text())
            for path in sorted(ADDONS.glob("*/__manifest__.py"))}


def is_test(name):
    """Whether an addon is there for the tests only: test_<addon> holds models and heavy tests of <addon>."""
    return name.startswith("test_")


def shipped():
    """Manifests of the addons that are for users."""
    return {name: manifest for name, manifest in manifests().items() if not is_test(name)}


def selected(addons=None, tests=False):
    """Names of the addons asked for (comma-separated), all of them by default; with their test addons, if wanted."""
    known = manifests()
    names = [name.strip() for name in addons.split(",") if name.strip()] if addons else list(shipped())
    strangers = sorted(set(names) - set(known))
    if strangers:
        raise Stop(f"no such addon: {', '.join(strangers)}. There are: {', '.join(known)}.")
    if tests:
        names += [f"test_{name}" for name in names if f"test_{name}" in known and f"test_{name}" not in names]
    return names


def suite_closure(names):
    """The named addons and those of the suite that they stand on."""
    known, closure, queue = manifests(), set(), list(names)
    while queue:
        name = queue.pop()
        if name in known and name not in closure:
            closure.add(name)
            queue.extend(known[name].get("depends", ()))
    return sorted(closure)


def _installed_files(name):
    """The files of an addon that decide what it puts into a database."""
    root = ADDONS / name
    skipped = [root / folder for folder in NOT_INSTALLED]
    return [file for file in sorted(root.rglob("*"))
            if file.is_file() and file.name != "README.md" and file.parent.name != "__pycache__"
            and not any(file.is_relative_to(folder) for folder in skipped)]


def _fingerprint(names):
    return fingerprint(*(part for name in names for file in _installed_files(name)
                         for part in (str(file.relative_to(ADDONS)), file)))


def _core_modules():
    """Odoo's modules that the suite stands on."""
    known = manifests()
    return sorted({dep for manifest in known.values() for dep in manifest.get("depends", ())} - set(known)) or ["base"]


def _filestore(database):
    return DATA / "filestore" / database


def drop(database):
    server.stop_serving(database)
    postgres.drop(database)
    shutil.rmtree(_filestore(database), ignore_errors=True)
    Stamp(f"db-{database}").drop()


def clone(template, database):
    """Replace a database by a copy of another."""
    drop(database)
    _copy(template, database)


def _copy(template, database):
    """Copy a database with its filestore (hard links: Odoo never changes a file that is in the store)."""
    with alone("database"):  # PostgreSQL copies a template for one caller at a time
        postgres.create(database, template)
    if _filestore(template).exists():
        _filestore(database).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-al", _filestore(template), _filestore(database)], check=True)


def _built(database, build):
    """Make a template under a name of its own first, so that an interruption leaves no half one."""
    with alone(f"build-{database.rpartition('_')[0]}"):
        if postgres.exists(database):
            return database
        draft = f"{database}_draft"
        drop(draft)
        try:
            build(draft)
        except BaseException:
            drop(draft)
            raise
        postgres.psql("postgres", f'alter database "{draft}" rename to "{database}"')
        if _filestore(draft).exists():
            shutil.rmtree(_filestore(database), ignore_errors=True)
            _filestore(draft).rename(_filestore(database))
    return database


def base_template(language=LANGUAGE):
    """Template with Odoo's modules, without demo data."""
    modules = _core_modules()

    def build(draft):
        _forget_older("suite_base_")
        postgres.create(draft)
        # English first: the first language becomes the default of new partners.
        options = ["--load-language", f"en_US,{language}"] if language else []
        server.once("template database with Odoo's own modules (made once)",
                    "-d", draft, "-i", ",".join(modules), *options)

    return _built(f"suite_base_{fingerprint(*modules, f'en_US,{language}')}", build)


def addons_template(language=LANGUAGE):
    """Template with Odoo's modules and the suite, without the demo company: tests and demo databases go on from it."""
    names, base = _company_less(), base_template(language)

    def build(draft):
        _forget_older("suite_addons_")
        _copy(base, draft)
        server.once("template database with the suite", "-d", draft, "-i", ",".join(names))

    return _built(_addons_template_name(base), build)


def _company_less():
    return [name for name in shipped() if name != DEMO]


def _addons_template_name(base):
    names = _company_less()
    return f"suite_addons_{fingerprint(base, *names, _fingerprint(names))}"


def suite_template(names, pages=False):
    """Template for tests: Odoo's modules and the named addons, without demo data.

    With ``pages``: one made now gets the bundles that browsers load, so that not each of its clones makes them.
    """
    closure = suite_closure(names)
    base = base_template()
    key = fingerprint(base, *closure, _fingerprint(closure))
    prefix = f"suite_test_{fingerprint(*closure)[:6]}_"

    def build(draft):
        _forget_older(prefix)
        whole = set(closure) >= set(_company_less())
        _copy(addons_template() if whole else base, draft)
        more = sorted(set(closure) - set(_company_less() if whole else ()))
        server.once(f"template database with {', '.join(more)}", "-d", draft, "-i", ",".join(more))
        if pages:
            _generate_bundles(draft)

    return _built(prefix + key, build)


def _generate_bundles(database):
    """Let no failure stop the run: the tests make what is missing, and say what is wrong."""
    script = f"import sys\nsys.path.insert(0, {DEV!r})\nimport bundles\nbundles.generate(env)\nenv.cr.commit()\n"
    with step("scripts and styles of the web client"):
        subprocess.run(server.shell_command(database), input=script, text=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd=ROOT, env=server.environment())


def revision_template(commit, title, *options):
    """Template with another revision's addons and their demo data, which the options for Odoo name."""
    base = base_template()

    def build(draft):
        _copy(base, draft)
        _wish_demo(draft)
        _forget_addons(draft)
        server.once(title, "-d", draft, *options)

    return _built(f"suite_from_{fingerprint(base, commit)}", build)


def _wish_demo(database):
    """Have what is installed next bring its demo data."""
    postgres.psql(database, "update ir_module_module set demo = true where state = 'installed'")


def _wish_own_demo(database):
    """Have no module of Odoo's that comes later bring its demo data: it refers to other demo data that is not there."""
    names = ", ".join(f"'{name}'" for name in shipped())
    postgres.psql(database, f"update ir_module_module set demo = false where name not in ({names})")


def _forget_addons(database):
    """Have Odoo look up anew which addons of the suite there are: glue of this tree would wish itself there."""
    names = ", ".join(f"'{path.parent.name}'" for path in ADDONS.glob("*/__manifest__.py"))
    postgres.psql(database, f"""
        delete from ir_model_data where model = 'ir.module.module' and res_id in (
            select id from ir_module_module where state = 'uninstalled' and name in ({names}));
        delete from ir_module_module where state = 'uninstalled' and name in ({names})""")


def _forget_older(prefix):
    names = (postgres.psql("postgres", "select datname from pg_database order by oid desc") or "").split()
    older = [name for name in names if name.startswith(prefix) and not name.endswith("_draft")]
    for name in older[KEPT_TEMPLATES - 1:]:
        drop(name)


def create(database, addons=None, demo=True, language=LANGUAGE):
    """A fresh database with the suite, replacing one of that name.

    Demo data is the suite's own: Odoo's would fill a manufacturer's company with office chairs.
    """
    names, template = selected(addons), base_template(language)
    if not addons and postgres.exists(_addons_template_name(template)):
        # A test run has made it: what is left is the company.
        names, template = [DEMO], _addons_template_name(template)
    clone(template, database)
    if demo:
        _wish_demo(database)
    server.once(f"database {database} with {', '.join(names)}{' and demo data' if demo else ''}",
                "-d", database, "-i", ",".join(names))
    _stamp(database).set()


def _stamp(database):
    return Stamp(f"db-{database}", _fingerprint(shipped()))


def ensure(database):
    """The demo database, made if it is not there and brought up to date when addons have changed."""
    if not postgres.exists(database) or not (STATE / f"db-{database}").exists():
        create(database)
    elif not _stamp(database).fresh:
        server.stop_serving(database)
        names = ",".join(selected())
        _wish_own_demo(database)
        server.once(f"bringing {database} up to date", "-d", database, "-i", names, "-u", names)
        _stamp(database).set()


def has_module(database, module):
    """Whether a module of Odoo's is installed in a database."""
    return bool(postgres.psql(
        database, f"select 1 from ir_module_module where name = '{module}' and state = 'installed'"))


def demo_logins(database):
    """Login and name of the demo users."""
    rows = postgres.psql(database, """
        select u.login, p.name from res_users u join res_partner p on p.id = u.partner_id
        join ir_model_data d on d.model = 'res.users' and d.res_id = u.id
        where u.active and d.module = 'switchgear_demo' order by u.id""") or ""
    return [line.split("|") for line in rows.splitlines()]
