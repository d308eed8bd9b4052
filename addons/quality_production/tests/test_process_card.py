from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import ProductionCommon


class TestProcessCard(ProductionCommon):

    def test_work_orders_are_switched_on(self):
        """FQC-1: the cards stand on operations: without work orders Odoo's form loses the work centers of a new order,
        so the installation, or the upgrade, switches them on for everybody."""
        self.assertIn(self.env.ref("mrp.group_mrp_routings"), self.env.ref("base.group_user").implied_ids)
        with Form(self.env["mrp.production"].with_user(self.planner)) as form:
            form.product_id = self.cabinet
        form.record.action_confirm()
        self.assertEqual(form.record.workorder_ids.workcenter_id, self.center)
        self.assertEqual(len(form.record.process_card_id.line_ids), 2)

    def test_confirmed_order_gets_its_card(self):
        """FQC-1, FQC-2: the card has the operations with key flag, control method and control points of that day."""
        card = self.make_order().process_card_id
        self.assertRecordValues(card, [{"state": "draft", "product_id": self.cabinet.id, "leader_id": self.leader.id}])
        self.assertRecordValues(card.line_ids, [
            {"name": "Mounting", "is_key": False, "quality_required": False, "control_method": False, "state": "todo"},
            {"name": "Busbar crimping", "is_key": True, "quality_required": True, "control_method": "Pull test",
             "state": "todo"}])
        self.assertEqual(card.line_ids[0].point_ids.mapped("name"), ["Screws tight", "Torque"])
        self.bom.operation_ids[0].control_point_ids[0].name = "Changed later"
        self.assertEqual(card.line_ids[0].point_ids[0].name, "Screws tight")

    def test_company_without_cards_is_untouched(self):
        """FQC-1: without a policy, or for a product that asks for none, there is no card and no gate."""
        self.company.process_card_policy = "none"
        order = self.make_order()
        self.assertFalse(order.process_card_id)
        self.produce(order)
        self.assertEqual(order.state, "done")

    def test_plain_product_has_no_card_but_a_special_process_has(self):
        """FQC-1, FQC-2: a special process asks for a card also where the product does not."""
        self.cabinet.process_card_required = False
        self.bom.operation_ids[1].is_key_operation = False
        self.assertFalse(self.make_order().process_card_id)
        self.center.write({"is_special_process": True, "control_method": "Witnessed"})
        card = self.make_order().process_card_id
        self.assertEqual(card.line_ids.mapped("is_special"), [True, True])
        self.assertEqual(card.line_ids.mapped("control_method"), ["Witnessed", "Pull test"])

    def test_order_without_operations_is_one_operation(self):
        """FQC-1: an order without work orders is signed as one operation."""
        self.bom.operation_ids.unlink()
        card = self.make_order().process_card_id
        self.assertEqual(len(card.line_ids), 1)

    def test_self_check_is_signed_by_the_user(self):
        """FQC-1: the signature is the logged-in user's, with time, result and the values that were signed."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[0]
        self.sign(line, minutes=17)
        self.assertRecordValues(line, [{
            "state": "done", "self_checked_by": self.operator.id, "actual_minutes": 17}])
        self.assertTrue(line.self_checked_on)
        self.assertEqual(card.state, "in_progress")
        values = line.signature_ids.points
        self.assertEqual([(one["name"], one["result"], one["value"]) for one in values],
                         [("Screws tight", "ok", None), ("Torque", "ok", 22.0)])

    def test_unanswered_point_is_named(self):
        """FQC-1: nobody signs a control point that he did not look at; text is no measured value."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[0].with_user(self.operator)
        check, torque = line.point_ids
        for answers in ({}, {check.id: {"result": "ok"}}, {check.id: {"result": "ok"}, torque.id: {"value": "much"}},
                        {check.id: {"result": "ok"}, torque.id: {"value": "nan"}}):
            with self.subTest(answers=answers), self.assertRaisesRegex(UserError, "Torque"):
                line.action_self_check(answers=answers)

    def test_value_out_of_limits_goes_to_rework(self):
        """FQC-1, NCR-1, NCR-3: a bad value needs a word, is reported, the leader is told, and is signed anew."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[0]
        with self.assertRaisesRegex(UserError, "write what is wrong"):
            self.sign(line, torque=30)
        self.sign(line, torque=30, note="Screw turned through")
        self.assertEqual(line.state, "failed")
        report = card.nonconformity_ids
        self.assertRecordValues(report, [{
            "source": "process", "state": "open", "leader_id": self.leader.id, "process_line_id": line.id,
            "description": "Screw turned through", "reported_by": self.operator.id}])
        self.assertIn(self.leader, report.activity_ids.user_id)
        self.sign(line)
        self.assertEqual(line.state, "done")
        self.assertEqual(line.signature_ids.mapped("result"), ["ng", "ok"])

    def test_signature_cannot_be_changed(self):
        """FQC-1: neither signer nor administrator changes or deletes what was signed."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[0]
        self.sign(line)
        for record, vals in ((line.signature_ids, {"user_id": self.leader.id}), (line, {"name": "Other"}),
                             (line.point_ids[1], {"value": 24})):
            with self.subTest(record=record), self.assertRaises(UserError):
                record.sudo().write(vals)
        with self.assertRaises(UserError):
            line.signature_ids.sudo().unlink()
        with self.assertRaises(UserError):
            card.sudo().unlink()
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            self.sign(line)

    def test_components_are_checked_before_assembly(self):
        """FQC-3: no self-check before the team signed what it received; an objection is reported to quality."""
        card = self.make_order().process_card_id
        with self.assertRaisesRegex(UserError, "before assembly"):
            self.sign(card.line_ids[0])
        team = card.with_user(self.operator)
        with self.assertRaisesRegex(UserError, "Write what is wrong"):
            team.action_check_received("ng")
        team.action_check_received("ng", note="Scratched", product_id=self.product.id)
        self.assertRecordValues(card.nonconformity_ids, [{
            "product_id": self.product.id, "description": "Scratched", "source": "process"}])
        team.action_check_received()
        self.assertRecordValues(card, [{"received_result": "ok", "received_checked_by": self.operator.id}])
        self.sign(card.line_ids[0])

    def test_key_operation_is_confirmed_by_another_person(self):
        """FQC-2: quality confirms a key operation; never who signed the self-check himself."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[1]
        self.sign(line, user=self.double)
        self.assertEqual(line.state, "waiting")
        with self.assertRaisesRegex(UserError, "another person"):
            line.with_user(self.double).action_quality_confirm()
        with self.assertRaises(AccessError):
            line.with_user(self.operator).action_quality_confirm()
        line.with_user(self.inspector).action_quality_confirm()
        self.assertRecordValues(line, [{"state": "done", "quality_confirmed_by": self.inspector.id}])

    def test_confirmation_names_the_control_method(self):
        """FQC-2: where no control method is laid down quality writes how it controlled."""
        self.bom.operation_ids[1].control_method = False
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[1]
        self.sign(line)
        with self.assertRaisesRegex(UserError, "control method"):
            line.with_user(self.inspector).action_quality_confirm()
        line.with_user(self.inspector).action_quality_confirm("Witnessed three crimps")
        self.assertEqual(line.quality_note, "Witnessed three crimps")

    def test_next_step_is_a_button_of_who_is_asked(self):
        """FQC-1, FQC-2: "to be confirmed by quality" opens a form whose button confirms; others have their own."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[1]
        users = {"operator": self.operator, "inspector": self.inspector, "double": self.double}

        def steps():
            line.invalidate_recordset()
            return {name: line.with_user(user).next_step for name, user in users.items()
                    if line.with_user(user).next_step}

        self.assertEqual(steps(), {"operator": "sign", "double": "sign"})
        self.assertEqual(line.with_user(self.operator).action_open_page()["params"], {"card_id": card.id})
        self.sign(line, user=self.double)
        self.assertEqual(steps(), {"inspector": "confirm"})
        reject = line.with_user(self.inspector).action_ask_reject()
        self._remark(reject, "Crimp too short")
        self.assertEqual(line.state, "failed")
        self.sign(line)
        line.with_user(self.inspector).action_ask_confirm()
        self.assertEqual((line.state, steps()), ("done", {}))

    def test_confirmation_asks_how_it_was_controlled(self):
        """FQC-2: without a control method the button asks for it, and confirms with the answer."""
        self.bom.operation_ids[1].control_method = False
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[1]
        self.sign(line)
        self._remark(line.with_user(self.inspector).action_ask_confirm(), "Witnessed three crimps")
        self.assertRecordValues(line, [{"state": "done", "quality_note": "Witnessed three crimps"}])

    def _remark(self, action, text):
        remark = self.env[action["res_model"]].with_user(self.inspector).with_context(**action["context"])
        remark.create({"text": text}).action_done()

    def test_quality_sends_to_rework(self):
        """FQC-2, NCR-3: what quality refuses is reworked, signed and confirmed again."""
        card = self.make_order().process_card_id
        self.check_received(card)
        line = card.line_ids[1]
        self.sign(line)
        line.with_user(self.inspector).action_quality_reject("Crimp too short")
        self.assertRecordValues(line, [{"state": "failed", "quality_confirmed_by": False}])
        self.assertEqual(card.nonconformity_ids.leader_id, self.leader)
        self.sign(line)
        self.assertEqual(line.state, "waiting")

    def test_operation_is_left_out_with_a_reason(self):
        """FQC-2: the leader leaves an operation out, a key operation only the head of quality."""
        card = self.make_order().process_card_id
        plain, key = card.line_ids
        with self.assertRaises(AccessError):
            plain.with_user(self.operator).action_skip("Not needed")
        with self.assertRaises(AccessError):
            key.with_user(self.leader).action_skip("Not needed")
        with self.assertRaisesRegex(UserError, "Write why"):
            plain.with_user(self.leader).action_skip(" ")
        plain.with_user(self.leader).action_skip("Done at the supplier")
        key.with_user(self.head).action_skip("Variant without busbar")
        self.assertEqual(card.line_ids.mapped("state"), ["skipped", "skipped"])

    def test_leader_checks_once_a_day(self):
        """FQC-1: the leader's daily check is signed once a day; a problem needs the measure taken."""
        card = self.make_order().process_card_id
        self.check_received(card)
        self.assertTrue(card.is_check_due)
        self.assertIn(card, self.env["process.card"].search([("is_check_due", "=", True)]))
        with self.assertRaises(AccessError):
            card.with_user(self.operator).action_daily_check()
        with self.assertRaisesRegex(UserError, "measure"):
            card.with_user(self.leader).action_daily_check("ng", note="Dirt")
        card.with_user(self.leader).action_daily_check("ng", note="Dirt", measure="Cleaned at once")
        self.assertRecordValues(card.check_ids, [{"user_id": self.leader.id, "result": "ng"}])
        self.assertFalse(card.is_check_due)
        self.assertNotIn(card, self.env["process.card"].search([("is_check_due", "=", True)]))
        with self.assertRaisesRegex(UserError, "signed already"):
            card.with_user(self.leader).action_daily_check()
        with self.assertRaises(UserError):
            card.check_ids.sudo().note = "Clean"

    def test_leader_is_reminded_once(self):
        """FQC-1: the leader of a running card without today's check is asked for it, once; his check answers."""
        card, idle = self.make_order().process_card_id, self.make_order().process_card_id
        self.check_received(card)
        for _again in range(2):
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
                self.env["process.card"]._cron_remind_daily_check()
            self.assertEqual(card.activity_ids.user_id, self.leader)
            self.assertEqual(len(card.activity_ids), 1)
        self.assertFalse(idle.activity_ids)
        card.with_user(self.leader).action_daily_check()
        self.assertFalse(card.activity_ids)

    def test_defect_is_reported_from_the_card(self):
        """NCR-1, NCR-3, FQC-1: a defect found on the shop floor reaches quality and the leader."""
        card = self.make_order().process_card_id
        report = card.with_user(self.operator).action_report_defect(
            "Busbar bent", quantity=2, product_id=self.product.id, line_id=card.line_ids[0].id, severity="major")
        self.assertRecordValues(report.sudo(), [{
            "product_id": self.product.id, "quantity": 2, "severity": "major", "source": "process",
            "process_card_id": card.id, "process_line_id": card.line_ids[0].id, "state": "open"}])
        with self.assertRaisesRegex(UserError, "Write what is wrong"):
            card.with_user(self.operator).action_report_defect("  ")

    def test_photos_of_a_defect_are_on_the_report(self):
        """NCR-1: pictures taken on the shop floor are attached to the report; other files are refused."""
        mine = self.make_order().process_card_id.with_user(self.operator)
        pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        report = mine.action_report_defect("Bent", photos=[{"name": "door.png", "data": pixel}])
        self.assertRecordValues(report.sudo().attachment_ids, [{
            "name": "door.png", "mimetype": "image/png", "res_model": "quality.nonconformity", "res_id": report.id}])
        for data in ("PHNjcmlwdD4=", "no base64", None):
            with self.subTest(data=data), self.assertRaisesRegex(UserError, "no picture"):
                mine.action_report_defect("Bent", photos=[{"name": "x.html", "data": data}])

    def test_added_work_order_joins_the_card(self):
        """FQC-1: a work order added after the confirmation is on the card too; one that is deleted stays on it."""
        order = self.make_order()
        self.env["mrp.workorder"].create({
            "name": "Painting", "production_id": order.id, "workcenter_id": self.center.id})
        card = order.process_card_id
        self.assertIn("Painting", card.line_ids.mapped("name"))
        order.workorder_ids.filtered(lambda one: one.name == "Busbar crimping").unlink()
        self.assertIn("Busbar crimping", card.line_ids.mapped("name"))

    def test_page_shows_the_card(self):
        """FQC-1: the phone's page finds the card by its QR address or number, and shows what to sign."""
        card = self.make_order().process_card_id
        mine = card.with_user(self.operator)
        for code in (card.card_url, card.name, card.production_id.name, str(card.id)):
            with self.subTest(code=code):
                self.assertEqual(mine.find_card(code), card.id)
        self.assertFalse(mine.find_card("nothing like it"))
        self.assertFalse(mine.find_card(f"{card.id:07}"), "a number with zeros is no id")
        other = self.make_order()
        other.lot_producing_ids = self.make_lots(self.cabinet, str(card.id))
        self.assertEqual(mine.find_card(str(card.id)), other.process_card_id.id, "a serial number of digits")
        self.assertEqual(mine.find_card(card.card_url), card.id)
        data = mine.get_page_data()
        self.assertEqual([line["state"] for line in data["lines"]], ["todo", "todo"])
        self.assertEqual(data["lines"][0]["points"][1]["limits"], "20 – 25 Nm")
        self.assertTrue(data["rights"]["operator"])
        self.assertFalse(data["rights"]["quality"])
