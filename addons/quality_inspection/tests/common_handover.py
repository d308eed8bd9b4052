from odoo.tests import TransactionCase
from odoo.tools import SQL


class HandoverCase(TransactionCase):
    """An addon that was cut out of quality_inspection, and a database in which its part still belongs to that one."""

    #: The addon, and the patterns of what it takes over.
    addon = None
    taken = ()

    def rows(self):
        """External ids of the addon with what they name."""
        return {row[0]: row[1:] for row in self.env.execute_query(SQL(
            "SELECT name, model, res_id FROM ir_model_data WHERE module = %s", self.addon))}

    def give_back(self):
        """Make it a part of quality_inspection again."""
        self.env.flush_all()
        self.env.execute_query(SQL(
            "UPDATE ir_model_data SET module = 'quality_inspection' WHERE module = %s AND name ~ ANY(%s) RETURNING 1",
            self.addon, list(self.taken)))
        for table in map(SQL.identifier, ("ir_model_constraint", "ir_model_relation")):
            self.env.execute_query(SQL(
                "UPDATE %s SET module = old.id FROM ir_module_module new, ir_module_module old WHERE new.name = %s "
                "AND old.name = 'quality_inspection' AND %s.module = new.id RETURNING 1", table, self.addon, table))
        self.env.registry.clear_cache()

    def assertTakenOver(self, hook, new):
        """All external ids come back by the hook; those of the addon that it had not taken are the new ones.

        :param new: pattern of the external ids that are the addon's own
        """
        before = self.rows()
        self.give_back()
        for name in self.rows():
            self.assertRegex(name, new)
        hook(self.env)
        self.assertEqual(self.rows(), before)
        self.assertFalse(self.env.execute_query(SQL(
            "SELECT name FROM ir_model_data WHERE module = 'quality_inspection' AND name ~ ANY(%s)", list(self.taken))))
