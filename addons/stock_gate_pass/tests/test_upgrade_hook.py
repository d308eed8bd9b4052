from odoo.tests import tagged
from odoo.tools import SQL, sql

from ..hooks import MOVED, REFLECTED, pre_init_hook
from .common import GateCommon

NEW, OLD = "stock.gate.", "quality.gate."


@tagged("post_install", "-at_install")
class TestUpgradeHook(GateCommon):
    """A database of quality_inspection up to 19.0.1.1.0: this one, with its gate passes where they stood then."""

    def _as_it_was(self):
        self.env.flush_all()
        for table in ("stock_gate_pass", "stock_gate_pass_line", "stock_gate_count", "stock_gate_count_line"):
            before = table.replace("stock_", "quality_")
            self.env.cr.execute(SQL("ALTER TABLE %s RENAME TO %s", SQL.identifier(table), SQL.identifier(before)))
            for kind, part in (("INDEX", "_pkey"), ("SEQUENCE", "_id_seq")):
                self.env.cr.execute(SQL("ALTER %s %s RENAME TO %s", SQL(kind), SQL.identifier(table + part),
                                        SQL.identifier(before + part)))
        self.env.cr.execute(
            "ALTER TABLE quality_gate_pass_line RENAME CONSTRAINT stock_gate_pass_line_pass_id_fkey "
            "TO quality_gate_pass_line_pass_id_fkey")
        for table, column in (
                ("ir_model", "model"), ("ir_model_fields", "model"), ("ir_model_fields", "relation"),
                ("ir_model_data", "model"), ("ir_act_window", "res_model"), ("ir_act_report_xml", "model"),
                ("ir_ui_view", "model"), ("ir_filters", "model_id"), ("ir_attachment", "res_model"),
                ("mail_message", "model"), ("mail_followers", "res_model"), ("mail_activity", "res_model"),
                ("mail_activity_type", "res_model"), ("mail_template", "model"), ("ir_sequence", "code")):
            self.env.cr.execute(SQL("UPDATE %s SET %s = replace(%s, %s, %s) WHERE starts_with(%s, %s)", *(
                SQL.identifier(table), SQL.identifier(column), SQL.identifier(column), NEW, OLD,
                SQL.identifier(column), NEW)))
        self.env.cr.execute("""
            DELETE FROM ir_model_data own USING ir_model_data d
            WHERE own.module = 'quality_inspection' AND d.module = 'stock_gate_pass' AND d.name = own.name;
            UPDATE ir_model_data SET name = replace(name, 'stock_gate_', 'quality_gate_'),
                   module = CASE WHEN module = 'stock_gate_pass' THEN 'quality_inspection' ELSE module END
            WHERE name ~ '^(model|model_inherit_|field|selection_|constraint)_stock_gate_(pass|count)'""")
        for before, after in MOVED.items():
            self.env.cr.execute("UPDATE ir_model_data SET module = 'quality_inspection', name = %s "
                                "WHERE module = 'stock_gate_pass' AND name = %s", [before, after])
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_everything_keeps_its_id(self):
        """NCR-5: an upgrade keeps passes, goods, chatter, files, filters, to-dos, numbers, guards, rules."""
        gate = self._lent()
        gate.message_post(body="Left in the rain")
        gate.message_subscribe(self.customer.ids)
        waiting = self._tools()
        self.env["ir.attachment"].create({"name": "Photo", "res_model": gate._name, "res_id": gate.id})
        favourite = self.env["ir.filters"].create({"name": "Mine", "model_id": gate._name, "domain": "[]"})
        sequence = self.env.ref("stock_gate_pass.seq_gate_pass")
        group = self.env.ref("stock_gate_pass.group_gate_guard")
        model, number = self.env["ir.model"]._get_id(gate._name), sequence.number_next_actual

        def state():
            self.env.invalidate_all()
            return {
                "passes": gate.search([]).ids, "goods": gate.line_ids.read(["name", "quantity_out", "balance"]),
                "messages": gate.message_ids.ids, "followers": gate.message_follower_ids.ids,
                "files": self.env["ir.attachment"].search([
                    ("res_model", "=", gate._name), ("res_id", "=", gate.id)]).ids,
                "to-dos": waiting.activity_ids.ids,
                "ids": {after: self.env.ref(f"stock_gate_pass.{after}", raise_if_not_found=False).ids
                        for after in MOVED.values()},
                "fields": self.env["ir.model.data"].search_count([
                    ("module", "=", "stock_gate_pass"), ("name", "=like", "field_stock_gate_pass__%")]),
            }

        before = state()
        self.assertTrue(all(before.values()), "nothing to lose")
        self._as_it_was()
        self.assertFalse(self.env.ref("stock_gate_pass.group_gate_guard", raise_if_not_found=False))
        pre_init_hook(self.env)
        after = state()
        stays = len({"disposition_id", "nonconformity_id", *(
            name for name in gate._fields if name.startswith("sla_"))} & gate._fields.keys())
        self.assertEqual(after.pop("fields"), before.pop("fields"), stays)
        self.assertEqual(after, before)
        self.assertEqual(self.env["ir.model"]._get_id(gate._name), model)
        self.assertEqual(favourite.model_id, gate._name)
        self.assertRecordValues(sequence, [{"code": gate._name, "number_next_actual": number}])
        self.assertIn(self.guard, group.user_ids)
        self.assertTrue(self._tools().name.startswith("GP"))

    def test_no_old_name_is_left(self):
        """STYLE: no relation, constraint or field keeps the old name: Odoo would make each a second time."""
        self._as_it_was()
        pre_init_hook(self.env)
        self.env.cr.execute("""
            SELECT relname FROM pg_class WHERE starts_with(relname, 'quality_gate_') UNION ALL
            SELECT conname FROM pg_constraint WHERE starts_with(conname, 'quality_gate_') UNION ALL
            SELECT name FROM ir_model_data WHERE name ~ %s""", [REFLECTED])
        self.assertEqual(self.env.cr.fetchall(), [])

    def test_fresh_database(self):
        """STYLE: where there were no gate passes the hook does nothing."""
        self.assertFalse(sql.table_exists(self.env.cr, "quality_gate_pass"))
        before = self.env.cr.sql_log_count
        pre_init_hook(self.env)
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
