"""Gate passes of a database in which they still stood in quality_inspection, up to 19.0.1.1.0.

The hook runs before the models of this addon are set up, and so before Odoo makes empty tables beside the old ones.
Everything keeps its id: passes with their chatter, files and clocks, the sequence with its next number, the guards'
group with its people, rules, views and actions with what users made of them.
"""
from odoo.tools import SQL, sql

from odoo.addons.document_control.tools.handover import keep

TABLES, MODELS = "quality_gate_", "quality.gate."
#: External ids of quality_inspection that are this addon's now.
MOVED = {
    "group_quality_guard": "group_gate_guard",
    "seq_quality_gate_pass": "seq_gate_pass",
    "mail_activity_type_gate_approval": "mail_activity_type_gate_approval",
    "mail_template_gate_pass_overdue": "mail_template_gate_pass_overdue",
    "quality_gate_pass_rule_company": "gate_pass_rule_company",
    "quality_gate_pass_line_rule_company": "gate_pass_line_rule_company",
    "quality_gate_pass_rule_guard": "gate_pass_rule_guard",
    "quality_gate_pass_line_rule_guard": "gate_pass_line_rule_guard",
    "quality_gate_pass_view_form": "stock_gate_pass_view_form",
    "quality_gate_pass_view_list": "stock_gate_pass_view_list",
    "quality_gate_pass_view_kanban": "stock_gate_pass_view_kanban",
    "quality_gate_pass_view_calendar": "stock_gate_pass_view_calendar",
    "quality_gate_pass_view_search": "stock_gate_pass_view_search",
    "quality_gate_pass_action": "stock_gate_pass_action",
    "quality_gate_count_view_form": "stock_gate_count_view_form",
    "quality_gate_count_action": "stock_gate_count_action",
    "quality_gate_scan_action": "gate_scan_action",
    "gate_pass_lines": "gate_pass_lines",
    "report_gate_pass_document": "report_gate_pass_document",
    "report_gate_pass": "report_gate_pass",
    "action_report_gate_pass": "action_report_gate_pass",
}
#: What Odoo itself writes down of the models, partly in mail's name; fields that only quality adds stay its own.
REFLECTED = "^(model|model_inherit_|field|selection_|constraint)_quality_gate_"
STAYS = "__(disposition_id|nonconformity_id|sla_)"


def pre_init_hook(env):
    """Take over tables, references and external ids, where gate passes stood in quality_inspection."""
    if not sql.table_exists(env.cr, "quality_gate_pass"):
        return
    env.flush_all()
    _rename_relations(env.cr)
    _rename_references(env.cr)
    keep(env, _move_external_ids(env.cr))
    env.invalidate_all()
    env.registry.clear_all_caches()


def _rename_relations(cr):
    """Tables, their sequences, indexes and constraints."""
    cr.execute("""
        SELECT relname, CASE relkind WHEN 'r' THEN 'TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'INDEX' END FROM pg_class
        WHERE starts_with(relname, %s) AND relkind IN ('r', 'S', 'i') AND relnamespace = current_schema::regnamespace
        ORDER BY relkind""", [TABLES])
    for name, kind in cr.fetchall():
        cr.execute(SQL(
            "ALTER %s %s RENAME TO %s", SQL(kind), SQL.identifier(name), SQL.identifier(_renamed(name))))
    cr.execute("""
        SELECT conname, conrelid::regclass::text FROM pg_constraint
        WHERE starts_with(conname, %s) AND conrelid != 0 AND connamespace = current_schema::regnamespace""", [TABLES])
    for name, table in cr.fetchall():
        cr.execute(SQL("ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
                       SQL.identifier(table), SQL.identifier(name), SQL.identifier(_renamed(name))))
    cr.execute("""
        UPDATE ir_model_constraint SET name = overlay(name PLACING 'stock' FROM 1 FOR 7)
        WHERE starts_with(name, %s)""", [TABLES])


def _rename_references(cr):
    """Every column that names a model: of the models themselves, and of what users attached to the passes."""
    cr.execute("""
        SELECT c.table_name, c.column_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE t.table_type = 'BASE TABLE' AND c.table_schema = current_schema AND c.data_type = 'character varying'
        AND (c.column_name LIKE '%%model%%' OR c.column_name IN ('relation', 'resource')
             OR (c.table_name, c.column_name) = ('ir_sequence', 'code'))""")
    for table, column in cr.fetchall():
        column = SQL.identifier(column)
        cr.execute(SQL("UPDATE %s SET %s = overlay(%s PLACING 'stock' FROM 1 FOR 7) WHERE starts_with(%s, %s)",
                       SQL.identifier(table), column, column, column, MODELS))


def _move_external_ids(cr):
    """:return: tuples (model, id, noupdate) of what is this addon's now"""
    moved = []
    cr.execute("""
        UPDATE ir_model_data SET name = replace(name, 'quality_gate_', 'stock_gate_'),
               module = CASE WHEN module != 'quality_inspection' OR name ~ %s THEN module ELSE 'stock_gate_pass' END
        WHERE name ~ %s""", [STAYS, REFLECTED])
    for before, after in MOVED.items():
        cr.execute("""
            UPDATE ir_model_data SET module = 'stock_gate_pass', name = %s
            WHERE module = 'quality_inspection' AND name = %s
            RETURNING model, res_id, noupdate""", [after, before])
        moved += cr.fetchall()
    return moved


def _renamed(name):
    return f"stock_gate_{name.removeprefix(TABLES)}"
