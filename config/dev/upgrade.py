"""Whether an upgrade loses anything: a database of an earlier revision with its demo company, brought to this tree.

The earlier revision's addons are laid out in a folder of their own; its demo database is made once and kept as a
template. A clone of it is upgraded as a user would, and both are read with plain SQL, so that nothing is computed anew
by looking. What may differ is new: rows, digests, stock, clocks and signatures that were there must be there still.
"""
import ast
import io
import json
import shutil
import tarfile
import uuid

import database
import postgres
import server
from place import HOME, ROOT
from talk import Stop, output, run, say

PLACE = HOME / "upgrade"
#: Models that a later revision calls by another name: ``{before: after}``.
RENAMED = {"quality.gate.pass": "stock.gate.pass", "quality.gate.pass.line": "stock.gate.pass.line"}
#: Values that a migration makes anew on purpose, with the reason; shown, not counted. Of a value that is no longer
#: stored all are gone, of the others none may be.
REMADE = {"order.review.digest": "19.0.1.1.0 digests scope, amount and terms in one description",
          "sale.order.review_override_digest": "as order.review.digest"}
UNSTORED = {"sale.order.review_digest": "19.0.1.1.0 computes it when it is asked for",
            "delivery.notice.line.quantity_shipped": "19.0.1.4.1 reads it from the stock move"}
#: What describes the addons themselves, or is written by each start, is not data of the users.
TECHNICAL = ("ir.", "bus.", "res.groups", "res.users.log", "base.", "report.", "web_tour.", "mail.presence")
KEPT_TECHNICAL = ("ir.attachment", "ir.default", "ir.sequence", "ir.filters")
#: Files that Odoo makes itself, again and again: bundles of the web client and what stands in views.
MADE_FILES = "url like '/web/assets/%' or res_model in ('ir.ui.view', 'ir.module.module') or res_model is null"

#: What hangs on documents, with the column that says on which model's.
LINKS = {"mail.message": "model", "mail.activity": "res_model", "mail.followers": "res_model",
         "ir.attachment": "res_model"}

#: Columns that prove something, by the aspect of the comparison.
PROOFS = {"digests": "column_name in ('digest', 'checksum', 'seal') or column_name like '%\\_digest'",
          "signatures": "column_name like 'signed\\_%'"}


def upgrade(revision):
    """Compare the demo company of a revision before and after the upgrade to this tree; 1 if something is lost."""
    commit = (output("git", "-C", ROOT, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") or "").strip()
    if not commit:
        raise Stop(f"there is no revision {revision!r} here. Give FROM=<commit, tag or branch>.")
    addons = _lay_out(commit)
    template = _template(commit, addons)
    scratch = f"upgrade_{uuid.uuid4().hex[:8]}"
    try:
        database.clone(template, scratch)
        before = read(scratch)
        names = ",".join(database.selected())
        server.once(f"upgrading the demo company of {commit[:12]}", "-d", scratch, "-i", names, "-u", names)
        after = read(scratch)
    finally:
        database.drop(scratch)
    return report(before, after)


def _lay_out(commit):
    """The addons of a revision in a folder; an older lay-out is replaced."""
    folder = PLACE / commit[:12]
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        packed = run("git", "-C", ROOT, "archive", "--format=tar", commit, "addons", capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        (folder / "complete").touch()
    return folder / "addons"


def _template(commit, addons):
    """A database of the revision with its demo company."""
    known = {path.parent.name: ast.literal_eval(path.read_text()) for path in addons.glob("*/__manifest__.py")}
    names = sorted(name for name in known if not database.is_test(name))
    return database.revision_template(
        commit, f"demo company of {commit[:12]} (made once)", "-i", ",".join(names), "--addons-path", addons)


def read(name):
    """Everything that is compared, by aspect: ``{aspect: {key: value}}``."""
    models = {line for line in _lines(name, """
        select m.model from ir_model m join pg_class c on c.relname = replace(m.model, '.', '_') and c.relkind = 'r'
        where not m.transient""") if not line.startswith(TECHNICAL) or line in KEPT_TECHNICAL}
    found = {"rows": {}, "digests": {}, "signatures": {}}
    proofs = {aspect: [line.split("|") for line in _lines(name, f"""
        select table_name, column_name from information_schema.columns
        where table_schema = 'public' and ({columns}) order by 1, 2""")] for aspect, columns in PROOFS.items()}
    for model in sorted(models):
        model_name, table = RENAMED.get(model, model), model.replace(".", "_")
        where = f"where not coalesce({MADE_FILES}, false)" if model == "ir.attachment" else ""
        found["rows"] |= {(model_name, key): "" for key in _lines(name, f'select id from "{table}" {where}')}
        for aspect, columns in proofs.items():
            for column in [column for owner, column in columns if owner == table]:
                rows = _pairs(name, f'select id, "{column}" from "{table}" {where}')
                found[aspect] |= {(f"{model_name}.{column}", key): value for key, value in rows if value}
    found["clocks"] = {("sla.clock", key): _renamed(value) for key, value in _pairs(
        name, "select id, concat_ws(' ', state, deadline_at, policy_id, res_model, res_id) from sla_clock")}
    found["links"] = {(model, key): _renamed(value) for model, column in LINKS.items() for key, value in _pairs(
        name, f"""select id, concat_ws(' ', {column}, res_id) from "{model.replace('.', '_')}" where res_id is not null
        {f'and not coalesce({MADE_FILES}, false)' if model == 'ir.attachment' else ''}""")}
    found["roles"] = {("res.users", key): "" for key in _lines(
        name, "select concat_ws(' ', uid, gid) from res_groups_users_rel")}
    found["stock"] = {("stock.quant", key): value for key, value in _pairs(name, """
        select concat_ws(' ', product_id, location_id, lot_id, package_id, owner_id),
               sum(quantity) || ' of which reserved ' || sum(reserved_quantity)
        from stock_quant group by 1""")} | _totals(name)
    return found


def _renamed(words):
    """A value that names a model, by the model's present name."""
    return " ".join(RENAMED.get(word, word) for word in words.split())


def _totals(name):
    """Stock in the company's own places: all of it, and what quality holds."""
    rows = _lines(name, """
        select concat_ws('|', case when coalesce(l.is_quality_hold, false) then 'held' else 'free' end, sum(q.quantity))
        from stock_quant q join stock_location l on l.id = q.location_id
        where l.usage = 'internal' group by coalesce(l.is_quality_hold, false)""")
    return {("total", kind): amount for kind, amount in (row.split("|") for row in rows)}


def _lines(name, query):
    found = postgres.psql(name, query)
    if found is None:
        raise Stop(f"{name} could not be read: {' '.join(query.split())}")
    return found.splitlines()


def _pairs(name, query):
    """Rows of two columns; line breaks inside a value do not end it."""
    text = postgres.psql(name, f"select json_agg(json_build_array(a::text, b::text)) from ({query}) as t(a, b)")
    if text is None:
        raise Stop(f"{name} could not be read: {' '.join(query.split())}")
    return json.loads(text) if text.strip() else []  # no row aggregates to nothing


def compared(before, after):
    """By aspect and group: ``(before, after, lost, changed)``, the last two as lists of keys."""
    result = {}
    for aspect, rows in before.items():
        groups = {}
        for (group, key), value in rows.items():
            line = groups.setdefault(group, [0, 0, [], []])
            line[0] += 1
            if (group, key) not in after[aspect]:
                line[2].append(key)
            elif after[aspect][group, key] != value:
                line[3].append(key)
        for group, _key in after[aspect]:
            if group in groups:
                groups[group][1] += 1
        result[aspect] = {group: tuple(line) for group, line in sorted(groups.items())}
    return result


def report(before, after):
    """Print the comparison; 1 if something is lost or changed."""
    bad = 0
    say(f"\n{'':<10} {'':<44} {'before':>8} {'after':>8} {'lost':>6} {'changed':>8}")
    for aspect, groups in compared(before, after).items():
        for group, (old, new, lost, changed) in groups.items():
            reason = UNSTORED.get(group) or (REMADE.get(group) if not lost else None)
            bad += 0 if reason else len(lost) + len(changed)
            names = f"  {reason or ', '.join((lost + changed)[:8])}" if lost or changed else ""
            say(f"{aspect:<10} {group:<44} {old:>8} {new:>8} {len(lost):>6} {len(changed):>8}{names}")
    say("\nNothing is lost." if not bad else f"\n{bad} rows or values are lost or changed, see above.")
    return 1 if bad else 0
