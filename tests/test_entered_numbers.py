"""A number that is none, typed or sent to any document, line or window of the suite, is named and never a traceback."""
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from database import shipped

NONE = (float("nan"), float("inf"), 1e308, "nan", "1e308", "many", True, 10 ** 400)
KINDS = ("integer", "float", "monetary", "many2one_reference")


@tagged("post_install", "-at_install")
class TestEnteredNumbers(TransactionCase):

    def _cases(self):
        """Model and number field, of those that a person or a program can give."""
        addons = shipped()
        for name, model in sorted(self.registry.items()):
            if model._abstract or not (model._auto or model._transient) or not self._is_opened(name):
                continue
            names = [field.name for field in model._fields.values() if self._is_entered(field, addons)]
            if names:
                yield self.env[name], names

    def _is_opened(self, name):
        return bool(self.env["ir.model.access"].search_count([
            ("model_id.model", "=", name), ("active", "=", True),
            "|", ("perm_create", "=", True), ("perm_write", "=", True)], limit=1))

    @staticmethod
    def _is_entered(field, addons):
        return field._module in addons and field.type in KINDS and not field.readonly

    def _try(self, model, name, door, action):
        """A number that is none is refused by the field's name."""
        label = model._fields[name]._description_string(model.env)
        try:
            with self.env.cr.savepoint(flush=False):
                action()
        except UserError as error:
            said = str(error)
        except Exception as error:  # noqa: BLE001 - whatever else comes is the fault
            said = repr(error)
        else:
            said = "taken"
        self.count += 1
        if label not in said:
            self.faults.append(f"{model._name}.{name} by {door}: {said}")

    def _try_doors(self, model, name):
        for value in NONE:
            self._try(model, name, f"value {value!r:.9}", lambda value=value: model._check_numbers({name: value}))
        for value in NONE[:1] + NONE[2:3]:
            self._try(model, name, f"create {value}", lambda value=value: model.create({name: value}))
            self._try(model, name, f"write {value}", lambda value=value: model.write({name: value}))
        self._try(model, name, "onchange", lambda: model.onchange({name: NONE[0]}, [name], {name: {}}))

    def test_no_number_is_taken(self):
        """REV-3, CHG-1: NaN, infinity, 1e308, 10^400 and True are refused by create, write and the form of every
        model of the suite, with the name of the field."""
        self.count, self.faults, tried = 0, [], set()
        for model, names in self._cases():
            tried.add(model._name)
            for name in names:
                self._try_doors(model, name)
        self.assertFalse(self.faults, "\n".join(self.faults))
        self.assertGreater(self.count, 1500)
        self.assertGreaterEqual(tried, {
            "order.change.line", "purchase.request.remark", "supplier.promise.entry", "material.shortage.act",
            "material.shortage.report", "sla.policy", "purchase.approval.tier", "purchase.request.level",
            "res.config.settings"})

    def test_no_number_is_imported(self):
        """REV-3: an import says which field has no number."""
        for model, column in (("order.change.line", "quantity"), ("sla.policy", "limit_value")):
            result = self.env[model].load([column], [["1e308"]])
            self.assertFalse(result["ids"])
            self.assertIn(self.env[model]._fields[column]._description_string(self.env),
                          " ".join(message["message"] for message in result["messages"]))

    def test_large_numbers_are_kept(self):
        """REV-3: what a field keeps to its last digit is taken, also as the text of an import; a little more is not."""
        model = self.env["sla.policy"]
        for value in (0, False, None, "", 12, "12.5", 10 ** 9, -10 ** 9):
            model._check_numbers({"limit_value": value})
        with self.assertRaisesRegex(UserError, "Time limit|Limit"):
            model._check_numbers({"limit_value": 10 ** 14})
        self.env["purchase.approval.tier"]._check_numbers({"amount_from": 10 ** 13})
        self.assertRaises(UserError, model._check_numbers, {"sequence": 2 ** 31})
