from odoo.tests import tagged

from odoo.addons.project_plan.tests.document_common import PlanDocumentCommon
from odoo.addons.quality_incoming.tests.common import IncomingCommon


@tagged("-at_install", "post_install")
class TestProjectPlanQuality(IncomingCommon, PlanDocumentCommon):

    def test_received_is_not_in_store(self):
        """PLN-11: bought goods are in store when quality has accepted them, not when they have arrived."""
        item = self._item("purchase")
        order = self._order((self.product, 40), project_id=self.project.id)
        self._receive(order)
        self.assertEqual(self._told(item), (0, True, False))
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual(self._told(item), (100, True, True))

    def test_inspection_moves_the_item(self):
        """PLN-11: an item of inspection is begun and finished with its inspections."""
        item = self._item("inspection")
        order = self._order((self.product, 40), project_id=self.project.id)
        self._receive(order)
        inspection = order.order_line.quality_inspection_ids
        self.assertEqual(inspection.plan_task_id, item)
        self.assertEqual(self._told(item), (0, False, False))
        inspection.with_user(self.inspector).action_start()
        self.assertEqual(self._told(item), (50, True, False))

    def test_rejected_lot_keeps_it_open(self):
        """PLN-11: a rejected lot does not finish the item."""
        item = self._item("inspection")
        order = self._order((self.product, 40), project_id=self.project.id)
        self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids, defects=13)
        self.assertEqual(order.order_line.quality_inspection_ids.verdict, "reject")
        self.assertEqual(self._told(item), (50, True, False))
