from odoo.fields import Command
from odoo.tests import tagged

from .common_ncr import NonconformityCommon
from .common_report import ReportCase

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestReports(ReportCase, NonconformityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.part.default_code = "CT-1"
        cls.plan = cls.env["quality.inspection.plan"].create({
            "name": "Contacts", "trigger": "incoming", "product_ids": [Command.set(cls.part.ids)],
            "sampling_ids": [
                Command.create({"defect_class": "major", "method": "aql", "aql": "1.0", "level": "II"}),
                Command.create({"defect_class": "minor", "method": "fixed", "fixed_size": 2})],
            "characteristic_ids": [
                Command.create({"name": "Surface", "kind": "check", "defect_class": "major", "method": "By eye"}),
                Command.create({
                    "name": "Length", "kind": "measure", "defect_class": "minor", "has_lower": True, "lower": 9.5,
                    "has_upper": True, "upper": 10.25, "uom_id": cls.env.ref("uom.product_uom_millimeter").id})]})

    def _inspected(self, defects=0, lengths=(9.75, 10.5), **options):
        """A lot of 500 of which 50 are inspected; two lengths are measured."""
        inspection = self._inspection(self.part, 500)
        inspection.write({"plan_id": self.plan.id, "state": "pending"})
        mine = inspection.with_user(self.inspector)
        mine.action_start()
        counted, measured = mine.line_ids
        mine.save_results({"revision": mine.revision, "lines": [
            {"id": counted.id, "defect_count": defects},
            {"id": measured.id, "measurements": [
                {"unit_no": number, "value": value} for number, value in enumerate(lengths, 1)]}]})
        if options.pop("conclude", True):
            mine.action_conclude(**options)
        return inspection

    def test_inspection_record_shows_plan_and_results(self):
        """REC-3, REC-4: the record names sample size and numbers of the plan, the tolerance, what was measured, and
        the verdict; the inspector prints it without rights in stock."""
        inspection = self._inspected(lengths=(9.75, 10), note="Clean")
        text = self.print_form("quality_inspection.report_inspection", inspection, self.inspector)
        self.assertSays(
            text, inspection.name, "Inspection Record", "[CT-1]", "Contact", "Switch Works", "Contacts",
            "1.0, II", "H", "50", "1", "2", "0", "Surface", "By eye", "Length", "9.5 ~ 10.25 mm", "9.75", "10",
            "☑ Accepted", "Clean", "500", "500", self.inspector.name)
        self.assertNotIn("500.00", text)

    def test_inspection_record_underlines_what_is_out_of_tolerance(self):
        """REC-4: the value out of tolerance stands out, the others do not; findings are ticked."""
        inspection = self._inspected(findings={"finding_appearance": True})
        page = self.print_html("quality_inspection.report_inspection", inspection, self.inspector)
        self.assertEqual([" ".join(node.text_content().split()) for node in page.find_class("o_qp_ng")], ["10.5"])
        text = self.print_form("quality_inspection.report_inspection", inspection, self.inspector)
        self.assertSays(text, "☐ Wrong Model", "☑ Bad Appearance")

    def test_unfinished_record_says_no_result(self):
        """REC-3: before the verdict nothing is ticked and no qualified rate is claimed."""
        inspection = self._inspected(conclude=False)
        text = self.print_form("quality_inspection.report_inspection", inspection, self.inspector)
        self.assertNotIn("☑", text)
        self.assertNotIn("Qualified rate", text)

    def test_several_records_begin_on_pages_of_their_own(self):
        """REC-3: several documents are printed as one article, each on a new page; figures do not mix."""
        first, second = self._inspected(lengths=(9.8, 9.9)), self._inspected(lengths=(10.1, 10.2))
        page = self.print_html("quality_inspection.report_inspection", first | second, self.inspector)
        self.assertEqual(len(page.find_class("article")), 1)
        self.assertEqual(len(page.find_class("o_qp_new_page")), 1)
        text = self.print_form("quality_inspection.report_inspection", first | second, self.inspector)
        self.assertSays(text, first.name, "9.8", "9.9", second.name, "10.1", "10.2")

    def test_forms_are_in_the_reader_s_language(self):
        """REC-3, NCR-1: the forms have the company's Chinese titles."""
        inspection = self._inspected()
        text = self.print_form("quality_inspection.report_inspection", inspection, self.inspector, "zh_CN")
        self.assertSays(text, "检验记录", "抽样", "检验")
        record = self._rejected(self.part, 5)
        text = self.print_form("quality_inspection.report_nonconformity", record, self.inspector, "zh_CN")
        self.assertSays(text, "不合格品报告单", "会审" if record.review_line_ids else "处置")

    def test_tags_tell_the_states_of_a_lot(self):
        """REC-7, REC-8: one tag for each part of the lot: to inspect before, concession and rejected after."""
        inspection = self._inspected(conclude=False)
        text = self.print_form("quality_inspection.report_tag", inspection, self.inspector)
        self.assertSays(text, "To Inspect", "500", inspection.name)
        self.assertNotIn("Rejected", text)
        record = self._rejected(self.part, 60)
        self._decide(record, ("concession", 40), ("sort", 20))
        text = self.print_form("quality_inspection.report_tag", record.inspection_id, self.inspector)
        self.assertSays(text, "Concession", "40", "Rejected", "20")
        self.assertNotIn("To Inspect", text)

    def test_tags_name_their_own_serial_numbers(self):
        """REC-7: the tag of the rejected unit carries its serial number, not those of the good ones."""
        switch = self._product("Switch", "serial")
        lots = self._lots(switch, "S-1", "S-2", "S-3")
        record = self._rejected(switch, 3, lots)
        self._decide(record, ("concession", 2, {"lot_ids": [Command.set(lots[:2].ids)]}),
                     ("sort", 1, {"lot_ids": [Command.set(lots[2].ids)]}))
        text = self.print_form("quality_inspection.report_tag", record.inspection_id, self.inspector)
        self.assertSays(text, "Concession", "S-1, S-2", "2", "Rejected", "S-3", "1")
        self.assertEqual((text.count("S-1"), text.count("S-3")), (1, 1))

    def test_nonconformity_report(self):
        """NCR-1, NCR-4, NCR-6: defects, photo, signed review and each disposition with its follow-up documents."""
        record = self._rejected(self.part, 60, severity="major")
        record.write({"description": "Deep scratches", "attachment_ids": [Command.create(
            {"name": "scratch.png", "datas": PIXEL, "res_model": record._name, "res_id": record.id})]})
        rows = self._propose(record, ("return", 20), ("repair", 40))
        record.with_user(self.inspector).action_request_review()
        lines = record.review_line_ids
        for line in lines:
            line.with_user(line.user_id).action_agree("Send back")
        record.with_user(self.head).action_decide()
        text = self.print_form("quality_inspection.report_nonconformity", record, self.inspector)
        rows = rows.sudo()
        self.assertSays(
            text, record.name, "Nonconformity Report", "☑ Incoming", "Contact", "60", "Switch Works", "☑ Major",
            "Scratched", "Deep scratches", lines[0].department_id.name, "☑ Agrees", "Send back",
            lines[0].user_id.name, "Return to Supplier", "20", rows[0].picking_id.name, rows[0].gate_pass_id.name,
            "Repair at Supplier", "40", "2030-01-10", rows[1].gate_pass_id.name, self.head.name)
        images = self.print_html(
            "quality_inspection.report_nonconformity", record, self.inspector).xpath("//img[@alt='scratch.png']/@src")
        self.assertEqual(images, [f"data:image/png;base64,{PIXEL}"])

    def test_rounds_of_a_review_are_numbered(self):
        """NCR-6: departments that were asked twice stand under the number of their round, those of one round do not."""
        record = self._rejected(self.part, 5, severity="major")
        self._propose(record, ("scrap", 5))
        record.with_user(self.inspector).action_request_review()
        line = record.review_line_ids[0]
        self.assertNotIn("Round", self.print_form("quality_inspection.report_nonconformity", record, self.inspector))
        line.with_user(line.user_id).action_disagree("Send it back")
        record.with_user(self.inspector).action_request_review()
        page = self.print_html("quality_inspection.report_nonconformity", record, self.inspector)
        rounds = page.xpath("//th[contains(@class, 'o_qp_round')]")
        self.assertEqual([head.text_content().strip() for head in rounds], ["Round 1", "Round 2"])

    def test_undecided_nonconformity_leaves_room_for_the_pen(self):
        """NCR-4: before the decision the form offers the dispositions as empty boxes; acceptance is none of them."""
        record = self._rejected(self.part, 5)
        text = self.print_form("quality_inspection.report_nonconformity", record, self.inspector)
        self.assertSays(text, "☐ Concession", "☐ Sorting", "☐ Return to Supplier", "☐ Scrap")
        self.assertNotIn("☐ Accept ", text)

    def test_gate_pass_carries_the_guard_s_code(self):
        """NCR-5: two copies; the code on the paper is the one that the guard's scan finds; a draft is no permission."""
        row = self._decide(self._rejected(self.part, 20), ("repair", 20))
        gate = row.gate_pass_id
        gate.write({"vehicle": "ABC-123"})
        text = self.print_form("stock_gate_pass.report_gate_pass", gate, self.keeper)
        self.assertEqual(text.count("Not approved: nothing may leave on this pass."), 2)
        gate.with_user(self.keeper_head).action_approve()
        text = self.print_form("stock_gate_pass.report_gate_pass", gate, self.keeper)
        self.assertSays(
            text, gate.name, "Gate Pass", "Copy 1: Guard", "☑ Repair at Supplier", "Switch Works",
            row.picking_id.name, "☑ Yes", "2030-01-10", "ABC-123", "Contact", "20", self.head.name,
            self.keeper_head.name, "Copy 2: Warehouse")
        self.assertNotIn("nothing may leave", text)
        page = self.print_html("stock_gate_pass.report_gate_pass", gate, self.keeper)
        codes = page.xpath("//img[contains(@alt, 'Barcode')]/@alt")
        self.assertEqual(codes.count(f"Barcode {gate.token}"), 2)
        answer = self.env["stock.gate.pass"].with_user(self.guard).scan(gate.token)
        self.assertEqual(answer["data"]["id"], gate.id)

    def test_return_slip_names_the_reason(self):
        """REC-6, NCR-4: the slip of a return to the supplier names receipt, defect, settlement and gate pass; the
        print menu offers it for returns only."""
        row = self._decide(self._rejected(self.part, 20), ("return", 20))
        picking = row.picking_id
        text = self.print_form("quality_inspection.report_return_slip", picking, self.keeper)
        self.assertSays(
            text, picking.name, "Return Slip", "Switch Works", row.gate_pass_id.name, "Contact", "20",
            row.nonconformity_id.name, "Scratched", "Credit", self.head.name)
        action = self.env.ref("quality_inspection.action_report_return_slip")
        receipt = row.inspection_id.picking_id
        self.assertEqual(action.get_valid_action_reports("stock.picking", picking.ids), action.ids)
        self.assertFalse(action.get_valid_action_reports("stock.picking", receipt.ids))

    def test_mails_carry_the_papers(self):
        """NCR-4, NCR-7: the notice to the supplier goes to him alone and carries the report."""
        record = self._rejected(self.part, 5)
        template = self.env.ref("quality_inspection.mail_template_nonconformity_supplier")
        mail = template._generate_template(record.ids, ("body_html", "partner_to", "subject"))[record.id]
        self.assertEqual(mail["partner_ids"], self.supplier.ids)
        self.assertIn(record.name, mail["subject"])
        self.assertIn("Scratched", mail["body_html"])
        self.assertEqual(
            template.report_template_ids, self.env.ref("quality_inspection.action_report_nonconformity"))
