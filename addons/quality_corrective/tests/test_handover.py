from odoo.tests import tagged

from odoo.addons.quality_corrective.hooks import TAKEN, pre_init_hook
from odoo.addons.quality_inspection.tests.common_handover import HandoverCase

#: Models of quality_inspection that this addon extends with the fields that it declares anew, and its extended views.
OWN = (r"^((model|field)_quality_(nonconformity|reason)(__(id|display_name|operation))?|quality_reason_view_form|"
       r"quality_nonconformity_view_(form|list|search)|report_nonconformity_document)$")


@tagged("post_install", "-at_install")
class TestHandover(HandoverCase):
    addon = "quality_corrective"
    taken = TAKEN

    def test_everything_is_taken_over(self):
        """NCR-7: what the former version had belongs to this addon: models, fields, views, policies, rights."""
        self.assertIn("sla_policy_corrective_task", self.rows())
        self.assertTakenOver(pre_init_hook, OWN)
        for model in ("ir.model.constraint", "ir.model.relation"):
            self.assertEqual(
                self.env[model].search([("name", "like", "quality_corrective")]).module.name, "quality_corrective")

    def test_settings_of_the_users_stay(self):
        """NCR-7: a limit that was changed is not set back by the installation."""
        policy = self.env.ref("quality_corrective.sla_policy_corrective_task")
        policy.limit_value = 3
        self.give_back()
        pre_init_hook(self.env)
        policy._load_records([{
            "xml_id": "quality_corrective.sla_policy_corrective_task", "noupdate": True, "values": {"limit_value": 0}}])
        self.assertEqual(policy.limit_value, 3)
