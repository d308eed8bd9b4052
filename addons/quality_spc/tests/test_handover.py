from odoo.tests import tagged

from odoo.addons.quality_inspection.tests.common_handover import HandoverCase
from odoo.addons.quality_spc.hooks import TAKEN, pre_init_hook

#: Extended views of quality_inspection.
OWN = r"^quality_inspection_(characteristic_view_(form|list)|line_view_form)$"


@tagged("post_install", "-at_install")
class TestHandover(HandoverCase):
    addon = "quality_spc"
    taken = TAKEN

    def test_everything_is_taken_over(self):
        """REC-4: what the former version had belongs to this addon: the model, the action, the menu."""
        self.assertLessEqual({"quality_control_chart_action", "quality_inspection_menu_charts",
                              "model_quality_control_chart"}, set(self.rows()))
        self.assertTakenOver(pre_init_hook, OWN)
