from odoo.exceptions import AccessDenied
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):

    def test_an_addon_takes_its_todos_along(self):
        """Open and done to-dos of an addon's types end with it, others stay, and so does what was said."""
        ours, odoos = self.env["mail.activity.type"].create([{"name": "Sign"}, {"name": "Call"}])
        self.env["ir.model.data"].create({
            "module": "document_control", "name": "type_of_the_test", "model": ours._name, "res_id": ours.id})
        partner = self.env["res.partner"].create({"name": "Customer"})
        todo, done, other = (partner.activity_schedule(activity_type_id=kind.id) for kind in (ours, ours, odoos))
        done.action_feedback("Signed.")
        self.assertTrue(done.exists(), "Odoo keeps what is done")
        self.env.ref("base.module_document_control")._end_todos()
        self.assertEqual((todo | done | other).exists(), other)
        self.assertIn("Signed.", "".join(partner.message_ids.mapped("body")))

    def test_nobody_but_the_administrator(self):
        """ARC-1: over RPC as from the list of apps: to-dos of others go with nobody but the administrator."""
        user = new_test_user(self.env, "clerk")
        with self.assertRaises(AccessDenied), self.env.cr.savepoint():
            self.env.ref("base.module_document_control").with_user(user).module_uninstall()
