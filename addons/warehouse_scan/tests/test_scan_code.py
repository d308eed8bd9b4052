from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ScanCommon


@tagged("-at_install", "post_install")
class TestScanCode(ScanCommon):
    def test_look_up(self):
        """SCN-1: what a code is, where it is and whose; a transfer leads to its job."""
        lot = self.number(self.cable, "1#")
        self.put(self.cable, 7, self.shelf_a, lot)
        self.begin("look_up")
        facts = {fact["label"]: fact["value"] for fact in self.scan("1#")["data"]["facts"]}
        self.assertEqual(facts["Product"], "Cable")
        self.assertIn("7", facts[self.shelf_a.display_name])
        facts = {fact["label"]: fact["value"] for fact in self.scan("SHELF-A")["data"]["facts"]}
        self.assertIn("7", facts["Cable"])
        picking = self.transfer("incoming", (self.bolt, 5), origin="P00077")
        answer = self.scan("P00077")
        self.assertEqual([button["go"] for button in answer["data"]["buttons"]], [
            {"flow": "receive", "start": {"model": "stock.picking", "id": picking.id}}])
        self.assertFalse(self.counted(picking))

    def test_code_with_a_number_sign(self):
        """SCN-2: # belongs to the code under Odoo's GS1 nomenclature, too, plain and in a label."""
        self.company.nomenclature_id = self.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature")
        self.cable.barcode = "AH1-2#"
        self.number(self.cable, "26#11")
        self.begin("look_up")
        self.assertEqual(self.scan("AH1-2#")["data"]["title"], "Cable")
        self.assertIn("26#11", [fact["value"] for fact in self.scan("26#11")["data"]["facts"]])

    def test_whole_number_or_nothing(self):
        """SCN-4: a number inside another one is no match, other zeros before it are."""
        self.env["product.product"].create({"name": "Other", "barcode": "901234567892"})
        self.begin("look_up")
        self.assertEqual(self.scan("06901234567892")["data"]["title"], self.bolt.display_name)
        self.assert_wrong(self.scan("0690123456789"))
        self.assert_wrong(self.scan("%"))

    def test_unknown_archived_elsewhere(self):
        """SCN-4: unknown, archived and another company's codes are told apart, and say nothing of what is there."""
        other = self.env["res.company"].create({"name": "Other Works"})
        self.env["product.product"].create({"name": "Secret", "barcode": "SECRET-1", "company_id": other.id})
        self.env["product.product"].create({"name": "Old", "barcode": "OLD-1", "active": False})
        self.begin("look_up")
        self.assert_wrong(self.scan("NOBODY-1"), "NOBODY-1")
        for code in ("SECRET-1", "OLD-1"):
            answer = self.scan(code)
            self.assert_wrong(answer, code, "another company")
            self.assertNotIn("Secret", str(answer))
        self.assert_wrong(self.scan("]C10106901234567893"), "damaged")

    def test_suppliers_pattern(self):
        """SCN-2: a pattern is a record: what it reads is found by the product's reference; a bad one is refused."""
        values = {"name": "QR", "expression": r"P:(?P<product>[^;]+);L:(?P<lot>[^;]+);Q:(?P<quantity>\d+)",
                  "sample": "P:BM8;L:7;Q:3", "company_id": self.company.id}
        pattern = self.env["scan.code.pattern"].create(values)
        self.assertIn("lot: 7", pattern.sample_read)
        picking = self.transfer("incoming", (self.bolt, 250))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.assertEqual(self.line(self.scan("P:BM8;L:7;Q:200"))["done"], 200)
        for wrong in ("(?P<lot>", ".*", "(?P<colour>.*)"):
            with self.assertRaises(ValidationError):
                pattern.expression = wrong
        with self.assertRaises(AccessError):
            pattern.with_user(self.keeper).name = "Mine"

    def test_prefix_and_suffix(self):
        """SCN-2: what the company's scanners send round each code."""
        self.company.write({"scan_prefix": "~", "scan_suffix": "$"})
        self.begin("look_up")
        self.assertEqual(self.scan("~6901234567892$")["data"]["title"], self.bolt.display_name)

    def test_self_test(self):
        """SCN-2: what the device sends and what is understood, character by character."""
        told = self.env["scan.run"].with_user(self.keeper).explain_code("]C1010690123456789210L#1\x1d17271300")
        self.assertEqual(told["characters"][0]["char"], "]")
        self.assertIn({"label": "(10) Lot", "value": "L#1"}, told["understood"])
        self.assertIn("271300", told["message"])
        self.assertIn(self.bolt.display_name, [row["value"] for row in told["understood"]])

    def test_flows_by_role(self):
        """SCN-1, ARC-5: the first page has the flows of one's role, with what waits, in a constant number of
        queries."""
        self.transfer("incoming", (self.bolt, 5))
        runs = self.env["scan.run"].with_user(self.keeper)
        flows = {flow["flow"]: flow for flow in runs.get_flows()}
        self.assertLessEqual({"receive", "put_away", "pick", "move", "count", "ship", "look_up"}, set(flows))
        self.assertGreaterEqual(flows["receive"]["count"], 1)
        before = self.env.cr.sql_log_count
        runs.get_flows()
        used = self.env.cr.sql_log_count - before
        for _number in range(5):
            self.transfer("incoming", (self.bolt, 5))
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        runs.get_flows()
        self.assertLessEqual(self.env.cr.sql_log_count - before, used)
        office = new_test_user(self.env, "scan_office", groups="base.group_user")
        self.assertFalse({flow["flow"] for flow in runs.with_user(office).get_flows()} & {"receive", "count", "ship"})

    def test_runs_are_ones_own(self):
        """ARC-5: a run is its user's; nobody writes what the server remembers; no right, no flow."""
        self.begin("look_up")
        run = self.env["scan.run"].search([("uuid", "=", self.run)])
        self.assertEqual(run.user_id, self.keeper)
        with self.assertRaises(AccessError):
            run.with_user(self.keeper).state = "x"
        other = new_test_user(self.env, "scan_second", groups="stock.group_stock_user", company_id=self.company.id,
                              company_ids=[Command.set(self.company.ids)])
        self.assertFalse(self.env["scan.run"].with_user(other).search([("uuid", "=", self.run)]))
        self.user = other
        with self.assertRaises(UserError):
            self.scan("6901234567892")
        self.user = new_test_user(self.env, "scan_clerk", groups="base.group_user")
        with self.assertRaises(UserError):
            self.begin("receive")

    def test_bad_events(self):
        """SCN-4: what no page sends is refused in words, and forgets nothing."""
        self.begin("look_up")
        runs = self.env["scan.run"].with_user(self.keeper)
        for said in ({}, {"run": "x", "flow": "look_up", "event": {}}, {"run": self.run, "flow": "none"},
                     {"run": self.run, "flow": "receive", "event": {"kind": "start"}},
                     {"run": self.run, "flow": "look_up", "event": {"kind": "unlink"}},
                     {"run": self.run, "flow": "look_up", "event": ["scan"]}):
            with self.assertRaises(UserError):
                runs.outbox_step(said, None)
        self.assert_wrong(self.do("press", "nothing"))
        self.assert_wrong(self.do("pick", {"id": 1}))
        self.assert_wrong(self.scan(None))
