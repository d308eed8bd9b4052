"""For each model of the suite with guarded fields: who may make its records with the least rights, and of which values.

``MAKERS`` names, by model, the role and the values of a valid new record; ``CHANGERS`` the role and an existing record
where people may write but not create. A new model that people may create or write has to be named here: the test of
guarded fields says so.
"""
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_review.tests.common import ReviewCommon

import quality_company as qc

MAKERS = {
    "sale.order": ("sales", lambda world: {"partner_id": world.partner.id}),
    "sale.order.line": ("sales", lambda world: {
        "order_id": world.my_order.id, "product_id": world.product.id, "product_uom_qty": 1}),
    "order.payment.line": ("sales", lambda world: {
        "order_id": world.my_order.id, "kind_id": world.env.ref("order_payment.order_payment_kind_delivery").id,
        "percent": 100}),
    "order.document": ("sales", lambda world: {
        "order_id": world.my_order.id, "kind": "drawing", "name": "Front"}),
    "order.review.line": ("desk", lambda world: {
        "review_id": world.review.id, "department_id": world.head.id}),
    "order.review.condition": ("desk", lambda world: {"line_id": world.desk_line.id, "name": "Drawing agreed"}),
    "production.instruction.line": ("desk", lambda world: {
        "instruction_id": world.instruction.id, "product_id": world.product.id}),
    "production.instruction.acknowledgement": ("desk", lambda world: {
        "instruction_id": world.instruction.id, "department_id": world.head.id}),
    "ir.attachment": ("clerk", lambda world: {"name": "Photo"}),
    "mail.activity": ("sales", lambda world: {
        "res_model_id": world.env["ir.model"]._get_id("sale.order"), "res_id": world.my_order.id,
        "activity_type_id": world.env.ref("mail.mail_activity_data_todo").id, "user_id": world.sales.id}),
    "quality.inspection": ("inspector", lambda world: {"product_id": world.goods.id, "quantity": 5}),
    "quality.inspection.document": ("head_of_quality", lambda world: {"name": "Drawing", "revision": "X"}),
    "quality.nonconformity": ("clerk", lambda world: {"product_id": world.goods.id, "quantity": 3}),
    "quality.nonconformity.defect": ("clerk", lambda world: {
        "nonconformity_id": world.clerks_report.id, "note": "Dent"}),
    "quality.review.line": ("inspector", lambda world: {
        "nonconformity_id": world.report.id, "department_id": world.head.id}),
    "quality.disposition": ("inspector", lambda world: {
        "nonconformity_id": world.report.id, "kind": "scrap", "quantity": 1}),
    "quality.corrective.action": ("inspector", lambda world: {"subject": "Dents"}),
    "quality.corrective.task": ("inspector", lambda world: {
        "action_id": world.corrective.id, "name": "Pad the shelf", "date_due": fields.Date.today()}),
    "stock.gate.pass": ("storekeeper", lambda world: {"reason": "other", "partner_id": world.partner.id}),
    "stock.gate.pass.line": ("storekeeper", lambda world: {
        "pass_id": world.gate.id, "name": "Pallet", "quantity": 1}),
    "quality.defect.record": ("inspector", lambda world: {
        "inspection_id": world.final.id, "description": "Scratch"}),
    "material.return": ("fitter", lambda world: {"production_id": world.production.id}),
    "material.return.line": ("fitter", lambda world: {
        "return_id": world.slip.id, "product_id": world.goods.id, "quantity": 1}),
    "account.move": ("accountant", lambda world: {"move_type": "in_invoice", "partner_id": world.partner.id}),
    "purchase.order": ("buyer", lambda world: {"partner_id": world.partner.id}),
    "purchase.order.line": ("buyer", lambda world: {
        "order_id": world.purchase.id, "product_id": world.goods.id, "product_qty": 1}),
    "purchase.request": ("requester", lambda world: {"description": "For the sets of May"}),
    "purchase.request.line": ("requester", lambda world: {
        "request_id": world.request.id, "product_id": world.goods.id, "product_qty": 1}),
    "purchase.request.allocation": ("buyer", lambda world: {
        "purchase_request_line_id": world.approved_request.line_ids.id, "requested_product_uom_qty": 1}),
    "purchase.plan": ("buyer", lambda world: {"note": "May"}),
    "purchase.plan.line": ("buyer", lambda world: {
        "plan_id": world.purchase_plan.id, "request_line_id": world.approved_request.line_ids.id, "quantity": 1}),
    "stock.move": ("storekeeper", lambda world: {
        "product_id": world.goods.id, "product_uom_qty": 1, "location_id": world.stock.id,
        "location_dest_id": world.customers.id}),
    "resource.calendar.extra.day": ("timekeeper", lambda world: {"name": "Make-up day", "date": "2031-02-01"}),
    "resource.calendar.leaves": ("timekeeper", lambda world: {
        "name": "Closed", "date_from": "2031-02-03 00:00:00", "date_to": "2031-02-03 15:59:59"}),
    "contact.sheet": ("clerk", lambda world: {
        "subject": "Duct missing", "question": "Where is it?", "to_department_id": world.head.id,
        "date_due": fields.Datetime.now() + timedelta(days=1)}),
    "document.release": ("engineer", lambda world: {
        "kind_id": world.env.ref("document_release.kind_drawing").id, "subject": "Doors"}),
    "document.release.receiver": ("engineer", lambda world: {
        "release_id": world.drawings.id, "department_id": world.head.id}),
    "order.change": ("sales", lambda world: {"order_id": world.instruction.order_id.id, "reason": "Two more cabinets"}),
    "order.change.line": ("sales", lambda world: {
        "change_id": world.change.id, "kind": "design", "text": "Holes at 42 mm"}),
    "order.change.acknowledgement": ("sales", lambda world: {
        "change_id": world.change.id, "department_id": world.head.id}),
    "order.exception": ("sales", lambda world: {
        "order_id": world.instruction.order_id.id, "description": "The lorry has not come"}),
    "order.evaluation.measure": ("desk", lambda world: {
        "evaluation_id": world.evaluation.id, "name": "Ask earlier", "owner_id": world.desk.id,
        "date_due": fields.Date.today()}),
    "project.project": ("planner", lambda world: {"name": "Cabinet", "is_plan": True}),
    "project.task": ("planner", lambda world: {"name": "Wiring", "project_id": world.plan.id}),
    "project.plan.meeting": ("planner", lambda world: {"project_id": world.plan.id}),
    "project.plan.objection": ("planner", lambda world: {
        "task_id": world.plan_item.id, "reason": "Too short", "wanted_finish": fields.Datetime.now()}),
    "project.plan.wait": ("planner", lambda world: {"task_id": world.plan_item.id, "subject": "Drawings"}),
    "project.plan.risk": ("planner", lambda world: {"project_id": world.plan.id, "name": "Copper is short"}),
    "project.plan.preparation": ("planner", lambda world: {"task_id": world.other_works.id}),
    "project.plan.preparation.line": ("planner", lambda world: {
        "preparation_id": world.preparation.id, "subject_id": world.spare_subject.id}),
    "project.plan.resequencing": ("planner", lambda world: {"reason": "The press stands still"}),
    "project.plan.resequencing.line": ("planner", lambda world: {
        "resequencing_id": world.resequencing.id, "project_id": world.plan.id, "new_begin": fields.Datetime.now()}),
    "stock.scrap": ("storekeeper", lambda world: {"product_id": world.goods.id, "scrap_qty": 1}),
    "project.plan.option": ("planner", lambda world: {"project_id": world.plan.id, "kind": "date"}),
    "service.request": ("sales", lambda world: {"subject": "Breaker does not close"}),
    "service.cause": ("service", lambda world: {
        "request_id": world.service_request.id, "finding": "The spring is weak",
        "category_id": world.env.ref("aftersales.service_cause_category_wear").id}),
    "service.cost": ("service", lambda world: {"request_id": world.service_request.id, "name": "Lorry", "amount": 9}),
    "service.visit": ("technician", lambda world: {"partner_id": world.partner.id}),
    "service.visit.part": ("technician", lambda world: {"visit_id": world.visit.id, "product_id": world.goods.id}),
    "service.visit.hours": ("technician", lambda world: {
        "visit_id": world.visit.id, "user_id": world.roles["technician"].id, "work_hours": 1}),
    "stock.lot": ("storekeeper", lambda world: {"name": "KYN-0001", "product_id": world.goods.id}),
    "stock.picking": ("storekeeper", lambda world: {
        "picking_type_id": world.env.ref("stock.picking_type_out").id}),
    "repair.order": ("storekeeper", lambda world: {"product_id": world.goods.id}),
}
CHANGERS = {
    "order.review": ("desk", lambda world: world.review),
    "delivery.notice": ("dispatcher", lambda world: world.notice),
    "delivery.claim": ("dispatcher", lambda world: world.claim),
    "delivery.claim.line": ("dispatcher", lambda world: world.claim.line_ids),
    "order.review.check": ("desk", lambda world: world.desk_line.check_ids[:1]),
    "production.instruction": ("desk", lambda world: world.instruction),
    "order.evaluation": ("desk", lambda world: world.evaluation),
    "order.evaluation.answer": ("desk", lambda world: world.evaluation.answer_ids.filtered(
        lambda answer: answer.department_id == world.departments["desk"])),
    "process.card": ("fitter", lambda world: world.card),
    "project.plan.week.line": ("planner", lambda world: world.week.line_ids),
    "project.plan.warning": ("planner", lambda world: world.warning),
    "project.plan.unshipped": ("planner", lambda world: world.unshipped),
    "project.plan.round": ("planner", lambda world: world.tour),
    "project.plan.round.line": ("planner", lambda world: world.tour.line_ids),
    "material.shortage": ("buyer", lambda world: world.shortage),
    "material.check": ("fitter", lambda world: world.material_check),
    "order.leftover": ("planner", lambda world: world.leftover),
    "supplier.promise": ("buyer", lambda world: world.promise),
    "service.satisfaction": ("service", lambda world: world.satisfaction),
    "service.visit.check": ("technician", lambda world: world.visit.check_ids[:1]),
}


class GuardedWorld(ReviewCommon):
    """One of everything, open, and the people who may work on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.order_review_policy = "all"
        cls._hire()
        cls._sell()
        cls._inspect()
        cls._produce()
        cls.drawings = cls.env["document.release"].create({
            "kind_id": cls.env.ref("document_release.kind_drawing").id, "subject": "Doors"})
        cls._plan()
        cls._miss()
        cls._serve()
        cls.visit = cls.env["service.visit"].create({
            "partner_id": cls.partner.id, "technician_id": cls.roles["technician"].id})
        cls.env.flush_all()

    @classmethod
    def _hire(cls):
        people = qc.hire(cls.env, "storekeeper", "inspector", "head", "buyer", "accountant", "fitter", "clerk")
        timekeeper = cls._user("timekeeper", "base.group_system,order_sla.group_order_sla_manager")
        people["planner"] = cls._user("planner", "project_plan.group_planner")
        people["requester"] = cls._user("requester", "base.group_user,purchase_request.group_purchase_request_user")
        engineer = cls._user("engineer", "base.group_user,document_release.group_document_release_user")
        people["dispatcher"] = cls._user("dispatcher", "order_delivery.group_delivery_desk,stock.group_stock_user")
        service = cls._user("service", "aftersales.group_service_manager")
        people["technician"] = cls._user("technician", "aftersales.group_service_manager")
        cls.roles = {**people, "service": service, "timekeeper": timekeeper, "engineer": engineer,
                     "sales": cls.sales, "desk": cls.desk, "head_of_quality": people["head"]}

    @classmethod
    def _sell(cls):
        cls.my_order = cls._order(cls.special)
        cls.review = cls.env["order.review"].browse(
            cls.my_order.with_user(cls.desk).action_prepare_review()["res_id"])
        cls.desk_line = cls.review.line_ids.filtered(lambda line: line.department_id == cls.departments["desk"])
        other = cls._order()
        other.with_user(cls.desk).action_request_review()
        cls.other_review = other.review_id
        cls.company.order_review_policy = "none"
        sold = cls._order()
        sold.action_confirm()
        sold.with_user(cls.desk)._register_contract(
            cls._document(sold, "contract", "Contract"), "Mr. Wang", fields.Date.today() - timedelta(days=1))
        cls.instruction = cls.env["production.instruction"].browse(
            sold.with_user(cls.desk).action_issue_instruction()["res_id"])
        cls.change = cls.env["order.change"].with_user(cls.sales).create({
            "order_id": sold.id, "reason": "Doors to the left"}).sudo()
        cls.notice = cls.env["delivery.notice"].with_user(cls.roles["dispatcher"])._make(
            sold.picking_ids.with_user(cls.roles["dispatcher"])).with_env(cls.env)
        cls.claim = cls.env["delivery.claim"].create({
            "notice_id": cls.notice.id, "company_id": cls.company.id, "user_id": cls.desk.id})
        cls.env["delivery.claim.line"].create({
            "claim_id": cls.claim.id, "product_id": sold.order_line.product_id[:1].id, "quantity": 1,
            "quantity_shipped": 1, "uom_id": sold.order_line.product_id[:1].uom_id.id})
        cls.evaluation = cls.env["order.evaluation"]._open_for(sold).with_env(cls.env)
        cls.company.order_review_policy = "all"

    @classmethod
    def _inspect(cls):
        cls.goods = qc.component(cls.env)
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        report = {"product_id": cls.goods.id, "quantity": 10, "location_id": cls.stock.id}
        cls.report = cls.env["quality.nonconformity"].create(report)
        cls.clerks_report = cls.env["quality.nonconformity"].with_user(cls.roles["clerk"]).create({
            "product_id": cls.goods.id, "quantity": 2}).sudo()
        cls.corrective = cls.env["quality.corrective.action"].create({
            "subject": "Bent", "owner_id": cls.roles["inspector"].id})
        cls.gate = cls.env["stock.gate.pass"].create({"reason": "other", "partner_id": cls.partner.id})
        cls._request()

    @classmethod
    def _request(cls):
        cls.purchase = cls.env["purchase.order"].create({"partner_id": cls.partner.id})
        cls.promise = qc.buy(cls.env, cls.goods, 5).order_line._promise(
            fields.Date.today() + timedelta(days=90), "Copper is short")
        cls.request, cls.approved_request = cls.env["purchase.request"].create([{
            "description": "For the sets of May", "requested_by": cls.roles["requester"].id, "line_ids": [
                Command.create({"product_id": cls.goods.id, "product_qty": 5, "product_uom_id": cls.goods.uom_id.id})],
        } for _each in range(2)])
        cls.approved_request.button_to_approve()
        cls.approved_request.button_approved()
        cls.purchase_plan = cls.env["purchase.plan"].with_user(cls.roles["buyer"]).create({}).sudo()

    @classmethod
    def _produce(cls):
        cls.company.process_card_policy = "product"
        cabinet = qc.component(cls.env, "Cabinet", process_card_required=True)
        cls.production = cls.env["mrp.production"].create({
            "product_id": cabinet.id, "product_qty": 1, "move_raw_ids": [
                Command.create({"product_id": cls.goods.id, "product_uom_qty": 1})]})
        cls.production.action_confirm()
        cls.card = cls.production.process_card_id
        cls.slip = cls.env["material.return"].create({"production_id": cls.production.id})
        cls.final = cls.env["quality.inspection"]._create_batch([{
            "product_id": cabinet.id, "quantity": 1, "trigger": "final", "state": "pending",
            "production_id": cls.production.id, "process_card_id": cls.card.id}])

    @classmethod
    def _plan(cls):
        cls.plan, begun = cls.env["project.project"].with_user(cls.roles["planner"]).create([
            {"name": name, "is_plan": True, "company_id": cls.company.id} for name in ("Plan", "Begun")
        ]).with_env(cls.env)
        cls.plan_item = cls.env["project.task"].create({"name": "Design", "project_id": cls.plan.id})
        cls.resequencing = cls.env["project.plan.resequencing"].create({"reason": "The press stands still"})
        cls.warning = cls.env["project.plan.warning"].create({"project_id": cls.plan.id})
        begun.plan_state = "released"
        cls.works, cls.other_works = cls.env["project.task"].create([
            {"name": name, "project_id": begun.id, "plan_department_id": cls.company.expedite_department_id.id}
            for name in ("Works", "Other works")])
        cls.preparation = cls.env["project.plan.preparation"].create({"task_id": cls.works.id})
        cls.spare_subject = cls.env["project.plan.preparation.subject"].create({"name": "Packing"})
        cls.unshipped = cls.env["project.plan.unshipped"].create({"project_id": cls.plan.id})
        today = fields.Date.today()
        cls.tour = cls.env["project.plan.round"].create({
            "company_id": cls.company.id, "user_id": cls.roles["planner"].id, "day": today,
            "line_ids": [Command.create({"task_id": cls.works.id})]})
        cls.week = cls.env["project.plan.week"].create({
            "company_id": cls.company.id, "date_from": today, "date_to": today, "line_ids": [Command.create({
                "name": "Design", "project_id": cls.plan.id, "task_id": cls.plan_item.id, "result": "missed",
                "date_planned": today})]})

    @classmethod
    def _miss(cls):
        cls.shortage = cls.env["material.shortage"]._report(cls.goods, 1, cls.production)
        cls.leftover = cls.env["order.leftover"].create({
            "order_id": cls.instruction.order_id.id, "company_id": cls.company.id, "production_id": cls.production.id,
            "user_id": cls.roles["planner"].id})
        cls.material_check = cls.env["material.check"].create({
            "kind": "issue", "production_id": cls.production.id, "company_id": cls.company.id,
            "date_start": cls.production.date_start})

    @classmethod
    def _serve(cls):
        cls.service_request = cls.env["service.request"].create({"subject": "Spring", "partner_id": cls.partner.id})
        cls.satisfaction = cls.env["service.satisfaction"]._ask(
            "office@grid.example", cls.service_request.desk_id, "service", name="SR", request_id=cls.service_request.id)
        cls.satisfaction.state = "low"
