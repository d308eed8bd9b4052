from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.quality_inspection.tests.common import QualityCommon


class ProductionCommon(QualityCommon):
    """A cabinet made of a busbar and a breaker in two operations, and the people of the shop floor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["quality.inspection.plan"].search([]).active = False
        cls.company = cls.env.company
        cls.company.process_card_policy = "product"
        cls.center = cls.env["mrp.workcenter"].create({"name": "Assembly line"})
        cls.cabinet = cls.env["product.product"].create({
            "name": "Cabinet", "is_storable": True, "process_card_required": True})
        cls.bom = cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.cabinet.product_tmpl_id.id, "product_qty": 1, "consumption": "flexible",
            "bom_line_ids": [Command.create({"product_id": cls.product.id, "product_qty": 2})],
            "operation_ids": [
                Command.create({"name": "Mounting", "workcenter_id": cls.center.id, "time_cycle_manual": 30,
                                "control_point_ids": [
                                    Command.create({"name": "Screws tight"}),
                                    Command.create({"name": "Torque", "kind": "measure", "lower": 20, "upper": 25,
                                                    "unit": "Nm"})]}),
                Command.create({"name": "Busbar crimping", "workcenter_id": cls.center.id, "time_cycle_manual": 20,
                                "sequence": 200, "is_key_operation": True, "control_method": "Pull test"})]})
        cls.stock_up(cls.product, 100)

    @classmethod
    def _make_people(cls):
        result = super()._make_people()

        def person(login, groups):
            return new_test_user(cls.env, login, groups=groups, context={"no_reset_password": True})

        cls.operator = person("p_operator", "mrp.group_mrp_user")
        cls.leader = person("p_leader", "quality_production.group_process_leader")
        cls.planner = person("p_planner", "mrp.group_mrp_manager")
        # where accounts are installed, Odoo itself asks for this to finish a work order (mrp_account)
        if readers := cls.env.ref("account.group_account_readonly", raise_if_not_found=False):
            cls.operator.group_ids += readers
        cls.double = person("p_double", "mrp.group_mrp_user,quality_inspection.group_quality_user")
        return result

    @classmethod
    def stock_up(cls, product, quantity, lot=None, location=None):
        cls.env["stock.quant"]._update_available_quantity(
            product, location or cls.stock, quantity, lot_id=lot or cls.env["stock.lot"])

    @classmethod
    def make_order(cls, quantity=1, product=None, confirm=True, **vals):
        """A confirmed order with its components reserved."""
        product = product or cls.cabinet
        order = cls.env["mrp.production"].create({
            "product_id": product.id, "product_qty": quantity, "user_id": cls.leader.id, **vals})
        if confirm:
            order.action_confirm()
            order.action_assign()
        return order

    @classmethod
    def check_received(cls, card):
        card.with_user(cls.operator).action_check_received()

    @classmethod
    def sign(cls, line, user=None, torque=22, **kwargs):
        """The operator answers all control points and signs."""
        answers = {point.id: {"result": "ok"} if point.kind == "check" else {"value": torque}
                   for point in line.point_ids}
        line.with_user(user or cls.operator).action_self_check(answers=answers, **kwargs)

    @classmethod
    def complete(cls, card):
        """Everything on the card signed and confirmed."""
        cls.check_received(card)
        for line in card.line_ids:
            cls.sign(line)
            if line.state == "waiting":
                line.with_user(cls.inspector).action_quality_confirm()

    @classmethod
    def produce(cls, order, quantity=None, complete=True, user=None, **context):
        """Sign the card and finish the order as the operator; returns what the button answered."""
        if complete and order.process_card_id:
            cls.complete(order.process_card_id)
        mine = order.with_user(user or cls.operator)
        mine.qty_producing = order.product_qty if quantity is None else quantity
        mine._set_qty_producing()
        return mine.with_context(**{"skip_backorder": True, **context}).button_mark_done()

    @classmethod
    def make_final_plan(cls, product=None, **vals):
        return cls.make_plan(
            trigger="final", product_ids=[Command.set((product or cls.cabinet).ids)],
            sampling=[{"defect_class": "major", "method": "whole"}], **vals)

    @classmethod
    def make_serials(cls, product, *names):
        return cls.env["stock.lot"].create([
            {"name": name, "product_id": product.id, "company_id": cls.company.id} for name in names])
