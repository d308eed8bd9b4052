import uuid

from odoo.tests import tagged

from odoo.addons.stock_gate_pass.tests.common import GateCommon


@tagged("-at_install", "post_install")
class TestScanGate(GateCommon):
    def do(self, flow, kind, value=None, **more):
        self.runs = getattr(self, "runs", {})
        run = self.runs.setdefault(flow, str(uuid.uuid4()))
        answer = self.env["scan.run"].with_user(self.guard).outbox_step(
            {"run": run, "flow": flow, "event": {"kind": kind, "value": value, **more}}, None)
        self.env.invalidate_all()
        return answer

    def test_out_and_back(self):
        """NCR-5, SCN-1: the guard scans a pass out and in, whole or counted, and sees what he waits for; nothing
        else."""
        gate = self._tools()
        answer = self.do("gate_out", "scan", gate.name)
        self.assertEqual(answer["message"]["kind"], "error")
        gate.with_user(self.keeper_head).action_approve()
        self.assertIn(gate.name, [line["title"] for line in self.do("gate_out", "press", "other")["data"]["lines"]])
        answer = self.do("gate_out", "scan", gate.token)
        self.assertEqual((answer["state"], answer["data"]["lines"][0]["done"]), ("goods", 2))
        self.assertEqual(self.do("gate_out", "press", "pass")["state"], "done")
        self.assertEqual((gate.state, gate.out_by), ("out", self.guard))
        self.assertEqual(self.do("gate_out", "scan", gate.name)["message"]["kind"], "error")
        answer = self.do("gate_in", "scan", gate.name)
        line = answer["data"]["lines"][0]["id"]
        self.assertEqual(self.do("gate_in", "quantity", 3, target=line)["message"]["kind"], "error")
        self.do("gate_in", "quantity", 1, target=line)
        self.do("gate_in", "press", "pass")
        self.assertEqual((gate.state, gate.line_ids.balance), ("out", 1))
        self.do("gate_in", "scan", gate.name)
        self.do("gate_in", "press", "pass")
        self.assertEqual(gate.state, "returned")
        flows = {flow["flow"] for flow in self.env["scan.run"].with_user(self.guard).get_flows()}
        self.assertEqual(flows, {"gate_out", "gate_in"})

    def test_unknown_pass(self):
        """NCR-5, SCN-4: nothing leaves on a code that nobody knows."""
        for code in ("GP-0", "%", "", None):
            self.assertEqual(self.do("gate_out", "scan", code)["message"]["kind"], "error")
