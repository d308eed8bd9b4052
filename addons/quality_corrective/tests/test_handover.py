import re

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.quality_corrective.hooks import TAKEN, pre_init_hook

#: Models of quality_inspection that this addon extends, and their fields that it declares anew.
EXTENDED = re.compile(r"(model|field)_quality_(nonconformity|reason)(__(id|display_name|operation))?$")


@tagged("post_install", "-at_install")
class TestHandover(TransactionCase):
    """A database in which all of this still belongs to quality_inspection."""

    def _rows(self):
        return set(self.env.execute_query(SQL(
            "SELECT module, name, model, res_id FROM ir_model_data WHERE module = 'quality_corrective'")))

    def _give_back(self):
        self.env.flush_all()
        self.env.execute_query(SQL(
            "UPDATE ir_model_data SET module = 'quality_inspection' WHERE module = 'quality_corrective' "
            "AND name ~ ANY(%s) RETURNING 1", list(TAKEN)))
        for table in ("ir_model_constraint", "ir_model_relation"):
            self.env.execute_query(SQL(
                "UPDATE %s SET module = old.id FROM ir_module_module new, ir_module_module old WHERE new.name = "
                "'quality_corrective' AND old.name = 'quality_inspection' AND %s.module = new.id RETURNING 1",
                SQL.identifier(table), SQL.identifier(table)))
        self.env.registry.clear_cache()

    def test_everything_is_taken_over(self):
        """NCR-7: what the former version had belongs to this addon: models, fields, views, policies, rights."""
        before = self._rows()
        self._give_back()
        self.assertFalse(self.env.ref("quality_corrective.sla_policy_corrective_task", raise_if_not_found=False))
        new = {name for _module, name, _model, _record in self._rows()}
        self.assertEqual({name for name in new if not EXTENDED.match(name)}, {
            "quality_reason_view_form", "quality_nonconformity_view_form", "quality_nonconformity_view_list",
            "quality_nonconformity_view_search", "report_nonconformity_document"})
        pre_init_hook(self.env)
        self.assertEqual(self._rows(), before)
        self.assertFalse(self.env["ir.model.data"].search(
            [("module", "=", "quality_inspection"), ("name", "like", "corrective")]))
        for model in ("ir.model.constraint", "ir.model.relation"):
            self.assertEqual(
                self.env[model].search([("name", "like", "quality_corrective")]).module.name, "quality_corrective")

    def test_settings_of_the_users_stay(self):
        """NCR-7: a limit and a number format that were changed are not set back by the installation."""
        policy = self.env.ref("quality_corrective.sla_policy_corrective_task")
        policy.limit_value = 3
        self._give_back()
        pre_init_hook(self.env)
        policy._load_records([{
            "xml_id": "quality_corrective.sla_policy_corrective_task", "noupdate": True, "values": {"limit_value": 0}}])
        self.assertEqual(policy.limit_value, 3)
