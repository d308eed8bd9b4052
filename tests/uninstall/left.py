"""What may not be there any more after addons were taken off, and what must work still."""
import re

from lxml import etree

from odoo.tools import SQL

#: Menus of Odoo's own that are opened after each step, where they are there.
CORE = ("sale.action_quotations_with_onboarding", "purchase.purchase_rfq", "stock.action_picking_tree_all",
        "mrp.mrp_production_action", "project.open_view_project_all", "account.action_move_out_invoice_type",
        "stock.product_template_action_product", "contacts.action_contacts", "hr.open_view_employee_list_my",
        "repair.action_repair_order_tree", "sale.action_order_report_all", "base.action_res_users")
#: What hangs on documents by the name of their model.
HANGING = {"ir_attachment": "res_model", "mail_message": "model", "mail_activity": "res_model",
           "mail_followers": "res_model", "ir_filters": "model_id", "ir_exports": "resource",
           "rating_rating": "res_model", "ir_act_window": "res_model", "mail_template": "model", "ir_ui_view": "model"}
CALLED = re.compile(r"\bmodel\.(\w+)\(")


class Left:
    """Looks at a database after each step; what was odd before the first one is Odoo's own.

    :param ours: names of the suite's addons
    """

    def __init__(self, env, ours):
        self.env, self.ours = env, ours
        self.before = self._get_strangers()

    def touched_by(self, addons):
        """Names of the models to which addons add fields or views: what may break when they go."""
        return {name for [name] in self._query("""
            SELECT f.model FROM ir_model_fields f JOIN ir_model_data d ON d.model = 'ir.model.fields'
                AND d.res_id = f.id AND d.module IN %s
            UNION SELECT v.model FROM ir_ui_view v JOIN ir_model_data d ON d.model = 'ir.ui.view'
                AND d.res_id = v.id AND d.module IN %s""", tuple(addons), tuple(addons)) if name}

    def complaints(self, gone, touched):
        """What is wrong, in words.

        :param gone: addons that were taken off until now
        :param touched: models of which the views are checked; None: all
        """
        self.env.invalidate_all()
        found = [f"left over: {kind} {name}" for kind, name in sorted(self._get_strangers() - self.before)]
        found += [f"left over: {module}.{name}, {model} {number}" for module, name, model, number in self._query(
            "SELECT module, name, model, res_id FROM ir_model_data WHERE module IN %s ORDER BY 1, 2", tuple(gone))]
        return [*found, *self._get_broken_views(touched), *self._get_broken_jobs(), *self._get_broken_menus(touched)]

    def _query(self, query, *values):
        return self.env.execute_query(SQL(query, *values))

    def _get_strangers(self):
        """Tables, columns, models, fields and links of which no model in force knows: ``{(kind, name)}``."""
        pool = self.env.registry
        known, tables = set(), set()
        for model in pool.values():
            if model._abstract:
                continue
            tables.add(model._table)
            for name, field in model._fields.items():
                if field.store and field.column_type:
                    known.add((model._table, name))
                if field.type == "many2many" and field.store and field.relation:
                    tables.add(field.relation)
                    known |= {(field.relation, field.column1), (field.relation, field.column2)}
        there = self._query(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        strangers = {("table", table) for table, _column in there if table not in tables}
        strangers |= {("column", f"{table}.{column}") for table, column in there
                      if table in tables and (table, column) not in known}
        strangers |= {("model", name) for [name] in self._query("SELECT model FROM ir_model") if name not in pool}
        strangers |= {("field", f"{model}.{name}") for model, name in self._query(
            "SELECT model, name FROM ir_model_fields") if model not in pool or name not in pool[model]._fields}
        strangers |= {("hanging", f"{table} on {name}") for table, column in HANGING.items() if table in tables
                      for [name] in self._query(
                          "SELECT DISTINCT %s FROM %s", SQL.identifier(column), SQL.identifier(table))
                      if name and name not in pool}
        strangers |= {("function", name) for [name] in self._query("""
            SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public'
            WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""")}
        strangers |= {("trigger", name) for [name] in self._query(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
        return strangers | {("setting", key) for [key] in self._query("SELECT key FROM ir_config_parameter")
                            if key.split(".")[0] in self.ours}

    def _get_broken_views(self, touched):
        """Each view of the models in force is read as the client reads it, and checked as when it was installed."""
        views = self.env["ir.ui.view"].search([("inherit_id", "=", False), ("model", "!=", False)])
        for view in views.filtered(lambda view: touched is None or view.model in touched):
            try:
                with self.env.cr.savepoint(flush=False):
                    tree = etree.fromstring(view.get_combined_arch())
                    view._validate_view(tree, view.model)
            except Exception as error:  # noqa: BLE001 named and counted, the others are looked at all the same
                yield f"view {view.xml_id or view.name} of {view.model}: {_first(error)}"

    def _get_broken_jobs(self):
        """Scheduled actions call methods that are there."""
        for cron in self.env["ir.cron"].with_context(active_test=False).search([]):
            model = self.env.get(cron.model_id.model)
            lost = [name for name in CALLED.findall(cron.code or "") if model is None or not hasattr(model, name)]
            if model is None or lost:
                yield f"cron {cron.name}: {cron.model_id.model} has no {', '.join(lost)}"
        for default in self.env["ir.default"].search([]):
            if default.field_id.name not in self.env[default.field_id.model]._fields:
                yield f"ir.default of {default.field_id.display_name}"

    def _get_broken_menus(self, touched):
        """Menus of the addons that are left, and of Odoo's own, show their first page."""
        for action in self._get_actions(touched):
            model = self.env[action.res_model]
            try:
                with self.env.cr.savepoint(flush=False):
                    model.get_views([(False, kind) for kind in action.view_mode.split(",") if kind != "form"][:1] + [
                        (False, "form")] + ([(False, "search")] if not model._transient else []))
                    records = model.search([], limit=20)
                    records.read([name for name, field in model._fields.items() if _is_shown(field)])
            except Exception as error:  # noqa: BLE001 as above
                yield f"{action.xml_id} ({action.res_model}): {_first(error)}"

    def _get_actions(self, touched):
        """What is opened, an action a model: Odoo's own, and of the addons that are left what may have broken."""
        actions = self.env["ir.actions.act_window"]
        data = self.env["ir.model.data"].search([
            ("model", "=", actions._name), ("module", "in", list(self.ours))])
        actions = actions.browse(data.mapped("res_id")).filtered(
            lambda action: touched is None or action.res_model in touched)
        for name in CORE:
            actions |= self.env.ref(name, raise_if_not_found=False) or actions.browse()
        by_model = {action.res_model: action for action in actions}
        return by_model.values()


def _is_shown(field):
    return field.type not in ("one2many", "many2many", "binary", "image", "html", "properties", "json")


def _first(error):
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
