"""What only actions write, nobody gives: every guarded field of every model of the suite, through every door."""
from datetime import date, datetime, timedelta
from functools import partial

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from database import shipped
from guarded_records import CHANGERS, MAKERS, GuardedWorld

#: Addons whose fields are looked at: read once, not for each of ten thousand fields.
OURS = frozenset(shipped())
#: Models of Odoo's where only administrators write.
ADMINISTRATION = {"ir.model", "res.company"}
#: Readonly on the form, given once when the record is made: the document that it belongs to, its company.
GIVEN_ONCE = {
    "order.review.line": {"review_id"},
    "quality.corrective.action": {"company_id"},
    "stock.gate.pass": {"company_id"},
    "quality.nonconformity": {"company_id"},
    "contact.sheet": {"company_id"},
    "service.request": {"company_id"},
    "service.visit": {"company_id"},
    "document.release": {"company_id"},
    "project.plan.resequencing": {"company_id"},
    "purchase.plan": {"company_id"},
}
TECHNICAL = ("message_", "activity_", "rating_", "website_message_")
LOGGED = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}
PICTURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class UndoError(Exception):
    """Takes an attempt back."""


@tagged("post_install", "-at_install")
class TestGuardedFields(GuardedWorld, HttpCase):

    # Which fields

    def _models(self):
        return {name: self.env[name] for name, model in self.registry.items()
                if model._auto and not model._abstract and not model._transient
                and any(self._is_ours(field) for field in model._fields.values())}

    @staticmethod
    def _is_ours(field):
        return field._module in OURS

    def _declared(self, model):
        """Stored fields of ours that nobody types: their declaration says so, whatever the fences say."""
        return {name for name, field in model._fields.items()
                if self._is_ours(field) and field.store and field.readonly and not field.compute
                and name not in LOGGED | GIVEN_ONCE.get(model._name, set()) and not name.startswith(TECHNICAL)}

    def _guarded(self, model):
        """Stored fields that the model's fence names, and what its fields declare."""
        fence = model._get_guarded_fields() if hasattr(model, "_get_guarded_fields") else set()
        stored = {name for name in fence if name in model._fields and (
            model._fields[name].store or model._fields[name].inverse)}
        return sorted((stored | self._declared(model)) - LOGGED - {
            name for name in stored if name.startswith(TECHNICAL)})

    def _has_right(self, name, operation):
        return bool(self.env["ir.model.access"].search_count([
            ("model_id.model", "=", name), (f"perm_{operation}", "=", True), ("active", "=", True)]))

    def _forge(self, model, name, record=None):
        """A value that the field would not have by itself; None where there is none to give."""
        field = model._fields[name]
        present = record and record.sudo()[name]
        if field.type == "boolean":
            return not present
        if field.type == "selection":
            values = [value for value in field.get_values(self.env) if value != present]
            return values[-1] if values else None
        if field.type in ("many2one", "many2many", "one2many"):
            found = self.env[field.comodel_name].sudo().with_context(active_test=False).search(
                [("id", "not in", present.ids if present else [])], limit=1, order="id")
            if not found:
                return None
            return found.id if field.type == "many2one" else [Command.link(found.id)]
        return {
            "integer": 77, "float": 77.0, "monetary": 77.0, "date": date(2001, 1, 1),
            "datetime": datetime(2001, 1, 1), "json": {"forged": True}, "binary": PICTURE, "image": PICTURE,
        }.get(field.type, "forged")

    def _has_forged(self, record, name, forged):
        """Whether the record, read anew, has the forged value."""
        record.env.flush_all()
        record.env.invalidate_all()
        value, field = record.sudo()[name], record._fields[name]
        if field.type == "many2one":
            return value.id == forged
        if field.type in ("many2many", "one2many"):
            return forged[0][1] in value.ids
        if field.type in ("float", "monetary"):
            return bool(forged) and abs(value - forged) < 0.01
        if field.type in ("binary", "image"):
            return bool(value)
        return value == forged

    def _try(self, door, name, forged, action):
        """One attempt: refused for want of access, or without effect."""
        with self.subTest(model=self.model._name, field=name, door=door):
            try:
                with self.env.cr.savepoint():
                    record = action()
                    failed = bool(record) and self._has_forged(record, name, forged)
                    raise UndoError
            except UndoError:
                self.assertFalse(failed, f"{self.model._name}.{name} was taken from a user by {door}")
            except AccessError:
                pass
            finally:
                self.env.invalidate_all()
            self.count += 1

    # The doors

    def _cases(self):
        for name, (role, values) in MAKERS.items():
            if name in self.env:
                self.model = self.env[name].with_user(self.roles[role])
                yield self.model, values(self)

    def _sample(self, model, values):
        """A record as its maker makes it: what a forged value has to differ from."""
        return model.create(dict(values))

    def test_every_model_is_tried(self):
        """REV-11, NCR-4: each model that people may create or write, with fields that nobody types, is tried here."""
        missing, unguarded = [], []
        for name, model in self._models().items():
            if not self._guarded(model) or name in ADMINISTRATION:
                continue
            if self._has_right(name, "create") and name not in MAKERS:
                missing.append(name)
            elif self._has_right(name, "write") and name not in {**MAKERS, **CHANGERS}:
                missing.append(name)
            if self._has_right(name, "create") or self._has_right(name, "write"):
                fence = model._get_guarded_fields() if hasattr(model, "_get_guarded_fields") else set()
                unguarded += [f"{name}.{field}" for field in sorted(self._declared(model) - fence)]
        self.assertFalse(missing, "name who makes or changes them in guarded_records.py")
        self.assertFalse(unguarded, "readonly, but a user may give them: see document.fence.mixin")

    def test_no_guarded_field_is_translated(self):
        """REV-11: translations have a public method of their own, which does not come by write."""
        translated = [f"{name}.{field}" for name, model in self._models().items() if name not in ADMINISTRATION
                      for field in self._guarded(model) if getattr(model._fields[field], "translate", False)]
        self.assertFalse(translated)

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_values_are_refused(self):
        """REV-11, REV-3, NCR-4: no guarded field is taken from the values of a new record, by create, web_save, load,
        copy or a command of its parent."""
        self.count, self.added = 0, set()
        for model, values in self._cases():
            with self.env.cr.savepoint(flush=True) as savepoint:
                record = self._sample(model, values)
                forged = {name: self._forge(model, name, record) for name in self._guarded(model)}
                savepoint.rollback()
            self.env.invalidate_all()
            parents = self._parents(model, values)
            self._create(model, values, {name: value for name, value in forged.items() if value is not None}, parents)
        self.assertGreater(self.count, 500, "hardly anything was tried")

        self.assertGreaterEqual(self.added, {
            ("sale.order", "order_line"), ("sale.order", "order_document_ids"), ("order.review", "line_ids"),
            ("order.review.line", "condition_ids"), ("production.instruction", "acknowledgement_ids"),
            ("quality.nonconformity", "disposition_ids"), ("quality.nonconformity", "review_line_ids"),
            ("stock.gate.pass", "line_ids"), ("material.return", "line_ids"), ("purchase.order", "order_line"),
        }, "a document takes no lines any more: what its refusal says is nothing")

    def _create(self, model, values, forged, parents):
        for name, value in forged.items():
            vals = {**values, name: value}
            self._try("create", name, value, partial(model.create, vals))
            self._try("web_save", name, value, partial(self._web_save, model, vals))
            self._try("load", name, value, partial(self._load, model, vals))
            for parent, line_field in parents:
                self._try(f"{parent._name}.{line_field}", name, value,
                          partial(self._create_below, parent, line_field, vals))

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_existing_records_are_closed(self):
        """REV-11, REV-3, NCR-4: no guarded field of a record is written by write, web_save, load or copy."""
        self.count = 0
        for name, (role, find) in CHANGERS.items():
            self.model = self.env[name].with_user(self.roles[role])
            self._change(find(self).with_user(self.roles[role]))
        for model, values in self._cases():
            self._change(self._sample(model, values))
        self.assertGreater(self.count, 500, "hardly anything was tried")

    def _change(self, record):
        self.assertTrue(record, self.model._name)
        model = record.browse()
        open_fields = record._get_open_fields() if hasattr(record, "_get_open_fields") else set()
        for name in sorted(set(self._guarded(model)) - open_fields):
            value = self._forge(model, name, record)
            if value is None:
                continue
            self._try("write", name, value, partial(self._write, record, {name: value}))
            self._try("web_save", name, value, partial(self._web_save, record, {name: value}))
            self._try("load", name, value, partial(self._load, model, {".id": record.id, name: value}))
            if self._has_right(model._name, "create"):
                self._try("copy", name, value, partial(self._copy, record, {name: value}))

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_defaults_are_not_taken(self):
        """REV-11, REV-3, NCR-4: a guarded field takes neither a default of the context nor one that a user stored."""
        for model, values in self._cases():
            with self.env.cr.savepoint() as savepoint:
                record = self._sample(model, values)
                forged = {name: value for name in self._guarded(model)
                          if (value := self._forge(model, name, record)) is not None
                          and not (model._fields[name].groups)}
                savepoint.rollback()
            self.env.invalidate_all()
            context = {f"default_{name}": value for name, value in forged.items()}
            with self.subTest(model=model._name), self.env.cr.savepoint() as savepoint:
                record = self._sample(model.with_context(**context), values)
                taken = [name for name, value in forged.items() if self._has_forged(record, name, value)]
                savepoint.rollback()
                self.assertFalse(taken, f"{model._name} takes them from the context")
            self._store_defaults(model, values, forged)
            shown = model.with_context(**context).default_get(list(forged))
            plain = model.default_get(list(forged))
            self.assertEqual(shown.keys(), plain.keys(), f"{model._name} shows them in a new form")

    def _store_defaults(self, model, values, forged):
        """Users may store defaults of their own; they hold also for what an action creates in their name."""
        with self.subTest(model=model._name, door="ir.default"), self.env.cr.savepoint() as savepoint:
            stored = {}
            for name, value in forged.items():
                if model._fields[name].type in ("boolean", "selection", "many2one", "char", "text", "integer", "float"):
                    self.env["ir.default"].with_user(model.env.user).set(model._name, name, value, user_id=True)
                    stored[name] = value
            for env in (model.env, model.sudo().env):
                record = self._sample(model.with_env(env), values)
                taken = [name for name, value in stored.items() if self._has_forged(record, name, value)]
                self.assertFalse(taken, f"{model._name} takes them from stored defaults")
                break
            savepoint.rollback()
        self.env.registry.clear_cache()

    # Ways in

    def _parents(self, model, values):
        """Documents whose lines the role adds such records to, with the field of their lines."""
        return [(parent, name) for parent, name in self._get_parents(model, values)
                if self._is_addable(parent, name, values)]

    def _is_addable(self, parent, line_field, values):
        """Whether the same command is taken without a guarded field: else its refusal would prove nothing."""
        try:
            with self.env.cr.savepoint():
                added = bool(self._create_below(parent, line_field, values))
                raise UndoError
        except UndoError:
            self.added.update({(parent._name, line_field)} if added else ())
            return added
        except UserError:
            return False
        finally:
            self.env.invalidate_all()

    def _get_parents(self, model, values):
        return [(self.env[other._name].with_user(model.env.user).browse(values[field.inverse_name]), name)
                for other in self.env.values() if not other._abstract and not other._transient
                for name, field in other._fields.items()
                if field.type == "one2many" and field.comodel_name == model._name and field.store
                and isinstance(values.get(field.inverse_name), int)
                and model._fields[field.inverse_name].comodel_name == other._name]

    def _create_below(self, parent, line_field, values):
        inverse = parent._fields[line_field].inverse_name
        before = parent[line_field]
        parent.write({line_field: [Command.create({k: v for k, v in values.items() if k != inverse})]})
        return (parent[line_field] - before)[:1]

    def _load(self, model, values):
        """Import a row; a refusal comes as a message. The imported record, or nothing."""
        columns, row = [], []
        for name, value in values.items():
            field = model._fields.get(name)
            if field is None:  # .id
                columns.append(name)
            elif field.type == "many2one":
                columns.append(f"{name}/.id")
            elif field.type in ("many2many", "one2many"):
                columns.append(f"{name}/.id")
                value = value[0][1]
            else:
                columns.append(name)
            row.append(fields.Datetime.to_string(value) if isinstance(value, datetime)
                       else "1" if value is True else "0" if value is False
                       else value.decode() if isinstance(value, bytes) else str(value))
        ids = model.with_context(import_file=False).load(columns, [row])["ids"]
        return model.browse(ids or [])

    @staticmethod
    def _write(record, values):
        record.write(values)
        return record

    @staticmethod
    def _web_save(record, values):
        return record.browse(record.web_save(values, {})[0]["id"])

    def _copy(self, record, default):
        try:
            with self.env.cr.savepoint():
                return record.copy(default)
        except AccessError:
            raise
        except UserError:  # not to be copied at all
            return record.browse()

    # The same over the JSON-2 interface, with an API key, as a program of the customer's would

    def _call(self, user, model, method, **body):
        if user not in self.keys:
            self.keys[user] = self.env["res.users.apikeys"].with_user(user)._generate(
                scope="rpc", name="guarded", expiration_date=fields.Datetime.now() + timedelta(days=1))
        return self.url_open(
            f"/json/2/{model}/{method}", headers={"Authorization": f"bearer {self.keys[user]}"}, json=body)

    @mute_logger("odoo.http")
    def test_json2_meets_the_fences(self):
        """REV-11, REV-3, NCR-4: values, defaults of the context, and writes by JSON-2."""
        self.keys = {}
        forged = {
            "sale.order": {"review_id": self.other_review.id, "contract_effective": True, "signed_by": "Me"},
            "order.document": {"state": "in_force", "released_by": self.sales.id},
            "order.review.line": {"state": "agree", "signed_by": self.desk.id, "signed_on": "2001-01-01 00:00:00"},
            "order.review.condition": {"state": "fulfilled", "fulfilled_by": self.desk.id},
            "production.instruction.acknowledgement": {"acknowledged_by": self.desk.id},
            "quality.nonconformity": {"state": "closed", "reported_by": self.desk.id},
            "quality.inspection": {"verdict": "accept", "state": "done"},
            "ir.attachment": {"document_sealed": True},
        }
        for name, fields_given in forged.items():
            role, values = MAKERS[name]
            user, vals = self.roles[role], values(self)
            for field, value in fields_given.items():
                with self.subTest(model=name, field=field, door="values"):
                    answer = self._call(user, name, "create", vals_list=[{**vals, field: value}])
                    self.assertEqual(answer.status_code, 403, answer.text[:300])
            context = {f"default_{field}": value for field, value in fields_given.items()}
            with self.subTest(model=name, door="context"):
                answer = self._call(user, name, "create", vals_list=[vals], context=context)
                self.assertEqual(answer.status_code, 200, answer.text[:300])
                record = self.env[name].browse(answer.json())
                for field, value in fields_given.items():
                    self.assertNotEqual(record._fields[field].convert_to_write(record[field], record), value)
                with self.env.cr.savepoint() as savepoint:
                    answer = self._call(user, name, "write", ids=record.ids, vals=fields_given)
                    self.assertEqual(answer.status_code, 403, answer.text[:300])
                    savepoint.rollback()

    def test_unlogged_program_is_refused(self):
        """REV-11: without a key nothing is answered."""
        self.assertEqual(self.url_open("/json/2/sale.order/create", json={"vals_list": [{}]}).status_code, 401)
