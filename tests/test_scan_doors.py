"""Doors of scanning that are no page: calls by whoever has no business with it."""
import uuid

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from odoo.addons.warehouse_scan.tests.common import ScanCommon

#: What may be called from outside: the outbox's own method is no door by itself (it is called by the outbox only).
DOORS = {"scan.run": {"outbox_step", "get_flows", "explain_code"}, "scan.label": {"action_print_sheet"}}


@tagged("post_install", "-at_install")
class TestScanDoors(ScanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "scan_portal", groups="base.group_portal")
        cls.clerk = new_test_user(cls.env, "scan_clerk", groups="base.group_user")
        cls.other_company = cls.env["res.company"].create({"name": "Other Works"})
        cls.stranger = new_test_user(
            cls.env, "scan_stranger", groups="stock.group_stock_manager,mrp.group_mrp_manager,"
            "quality_inspection.group_quality_manager", company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)])

    def _step(self, user, flow, kind, value, **more):
        run = more.pop("run", None) or str(uuid.uuid4())
        company = more.pop("company", None)
        return self.env["scan.run"].with_user(user).outbox_step(
            {"run": run, "flow": flow, "event": {"kind": kind, "value": value, **more}, "company": company}, None)

    def test_no_flow_without_its_role(self):
        """ARC-5, SCN-1: portal users and clerks start no flow that is not theirs, and nothing is kept of it."""
        flows = self.env["scan.flow"]._get_flow_names()
        self.assertGreaterEqual(len(flows), 14)
        for user in (self.portal, self.clerk):
            allowed = {flow["flow"] for flow in self.env["scan.run"].with_user(user).get_flows()}
            self.assertFalse(allowed)
            for flow in flows:
                with self.subTest(flow, user=user.login), self.assertRaises(UserError), self.env.cr.savepoint():
                    self._step(user, flow, "start", None)
        self.assertFalse(self.env["scan.run"].search([("user_id", "in", (self.portal | self.clerk).ids)]))
        self.assertEqual(self.env["scan.label"].with_user(self.clerk)._get_sheet(), [])

    def test_portal_reads_no_codes(self):
        """ARC-5: the self-test and the labels are of those who work here."""
        for call in (lambda: self.env["scan.run"].with_user(self.portal).explain_code("6901234567892"),
                     lambda: self.env["scan.label"].with_user(self.portal).action_print_sheet()):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()
        for model in ("scan.run", "scan.tally", "scan.code.pattern", "scan.code.ai"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])

    def test_documents_of_another_company(self):
        """ARC-5: each flow that takes a document by its id says no to one of another company, whatever is said."""
        transfer = self.transfer("incoming", (self.bolt, 5))
        order = self.env["mrp.production"].create({"product_id": self.bolt.id, "product_qty": 1})
        inspection = self.env["quality.inspection"].create({"product_id": self.bolt.id, "quantity": 1})
        documents = (transfer, order, inspection)
        for flow in self.env["scan.flow"]._get_flow_names():
            for kind in ("start", "pick"):
                for document in documents:
                    value = {"model": document._name, "id": document.id} if kind == "start" else document.id
                    with self.subTest(flow, kind=kind, document=document._name):
                        answer = self._step(self.stranger, flow, kind, value, company=self.company.id)
                        self.assertNotIn(document.name, str(answer))
                        if (flow, kind) != ("count", "pick"):  # there the id is a place's, which may be his
                            self.assertNotIn(answer["state"], ("count", "results", "part", "goods"))
        self.assertEqual((transfer.state, inspection.state), ("assigned", "draft"))
        runs = self.env["scan.run"].search([("user_id", "=", self.stranger.id)])
        self.assertEqual(runs.company_id, self.other_company)

    def test_scanned_goods_of_another_company(self):
        """ARC-5: what others have scanned is seen and changed by nobody of another company."""
        transfer = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive", {"model": "stock.picking", "id": transfer.id})
        self.scan(self.bolt.barcode)
        rows = self.env["scan.tally"].search([("picking_id", "=", transfer.id)])
        self.assertTrue(rows)
        theirs = self.env["scan.tally"].with_user(self.stranger).with_context(
            allowed_company_ids=self.other_company.ids)
        self.assertFalse(theirs.search([("id", "in", rows.ids)]))
        with self.assertRaises(AccessError):
            rows.with_user(self.stranger).with_context(allowed_company_ids=self.other_company.ids).quantity = 99
        with self.assertRaises(UserError):
            self._step(self.stranger, "receive", "scan", self.bolt.barcode, run=self.run)
        with self.assertRaises(AccessError):
            self.env["scan.tally"].with_user(self.clerk).search([])

    def test_few_doors(self):
        """ARC-5: nothing of the flows can be called from outside but what the page calls."""
        names = [name for name in self.env.registry if name.startswith("scan.")]
        base = set(dir(self.env.registry["base"]))
        for name in names:
            if name in ("scan.message",):  # texts only
                continue
            model = self.env[name]
            public = {method for method in set(dir(type(model))) - base
                      if not method.startswith("_") and callable(getattr(type(model), method, None))}
            public = {method for method in public if self._is_door(model, method)}
            with self.subTest(name):
                self.assertLessEqual(public, DOORS.get(name, set()))

    def _is_door(self, model, method):
        try:
            get_public_method(model, method)
        except (AccessError, AttributeError):
            return False
        return True
