"""Every method that RPC reaches on the documents of after-sales, called by who has no business there."""
from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.aftersales_visit.tests.common import VisitCommon

from doors import Doors


@tagged("post_install", "-at_install")
class TestServiceDoors(Doors, VisitCommon):
    ours = ("aftersales", "aftersales_quality", "aftersales_visit", "aftersales_release", "aftersales_change")
    tables = ("service_request", "service_contact", "service_satisfaction", "service_cause", "service_cost",
              "contact_sheet", "stock_lot", "stock_picking", "stock_move", "repair_order", "sale_order",
              "quality_nonconformity", "rating_rating", "mail_mail", "service_visit", "service_visit_check",
              "service_visit_part", "service_visit_hours", "stock_quant")
    #: Filled in forms of new requests, and lists.
    windows = ("action_view_", "action_open", "web_read", "action_new_service_request")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sister = cls.env["res.company"].create({"name": "Sister Works"})
        strong = ("aftersales.group_service_manager,stock.group_stock_manager,"
                  "sales_team.group_sale_manager,quality_inspection.group_quality_manager")
        cls.outsiders = {
            "portal": new_test_user(cls.env, "as_door_portal", groups="base.group_portal"),
            "clerk": cls._person("clerk", cls.plant),
            "sister": new_test_user(cls.env, "as_door_sister", groups=strong, company_id=sister.id,
                                    company_ids=[Command.set(sister.ids)]),
        }
        cls.documents = cls._make_documents()

    @classmethod
    def _make_documents(cls):
        """One of each, waiting for somebody's word."""
        requests = cls.env["service.request"].create([
            {"subject": "Breaker", "source": "sales", "partner_id": cls.customer.id, "lot_id": cls.lot.id,
             "kind": "complaint", "user_id": cls.engineer.id} for _number in range(2)])
        requests.action_hand_over()
        contact = cls.env["service.contact"]._note(
            requests[0], kind="call", moment=requests[0].received_on, note="The spring is weak.")
        cause = cls.env["service.cause"].create({
            "request_id": requests[0].id, "finding": "The spring is weak.",
            "category_id": cls.env.ref("aftersales.service_cause_category_wear").id})
        cost = cls.env["service.cost"].create({"request_id": requests[0].id, "name": "Lorry", "amount": 300})
        asked = cls.env["service.satisfaction"]._ask(
            "office@power.example", cls.desk, "service", name="Breaker", request_id=requests[0].id)
        asked.write({"state": "low", "follow_up": "We have called him.", "follower_id": cls.head.id})
        return [requests, contact, cause, cost, asked.with_env(cls.env), cls.lot, *cls._make_visits(requests[0])]

    @classmethod
    def _make_visits(cls, request):
        """One to arrange, one that is arranged, one on site with all that a report has."""
        one, two, three = visits = cls.env["service.visit"].create([{
            "kind_id": cls.kind.id, "request_id": request.id, "technician_id": cls.engineer.id,
            "planned_start": cls.start, "planned_end": fields.Datetime.add(cls.start, hours=2)}
            for _number in range(3)])
        (two | three).with_user(cls.head).action_plan()
        theirs = three.with_user(cls.engineer)
        theirs.action_arrive()
        cls._fill(cls, theirs, unsigned_note="-", part_ids=[Command.create({
            "user_id": cls.engineer.id, "product_id": cls.coil.id, "quantity": 1})])
        return [visits, three.check_ids[0], three.part_ids, three.hours_ids]

    def test_nobody_outside_does_anything(self):
        """ARC-5, AFT-1, AFT-3 to AFT-6: a portal user, a clerk without any role, and whoever is everything in
        another company: each method is refused in a clear word, or does nothing; no traceback."""
        self.assertGreater(self.check_nobody_acts(), 110)

    def test_sister_reads_nothing(self):
        """ARC-5: whoever is everything in another company finds and reads none of them; nor does the portal."""
        self.check_nobody_reads("portal", "sister")
