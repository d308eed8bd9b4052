"""A change of the order goes through the company: what it touches, signed, applied; then an error that the workshop
reports from the phone. Each day begins at the login, in Chinese."""
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_change_mrp.tests.common import OrderChangeMrpCommon

import role_day


@tagged("-at_install", "post_install")
class TestChangeDays(OrderChangeMrpCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.fitter = cls._user("fitter", "mrp.group_mrp_user,stock.group_stock_user")
        people = cls.fitter | cls.sales | cls.general_manager | cls.env["res.users"].union(*cls.reviewers.values())
        people.write({"lang": "zh_CN", "tz": role_day.ZONE})
        people.odoobot_state = "disabled"
        cls.bought = cls._purchases(cls.vacuum)
        cls.bought.order_id.button_confirm()
        cls.drawing = cls.env["document.release"].create({
            "kind_id": cls.env.ref("document_release.kind_drawing").id, "subject": "正视图", "discipline": "both",
            "attachment_ids": [Command.create({"name": "a.dwg", "raw": b"drawing"})],
            "receiver_ids": [Command.create({"department_id": cls.departments["quality"].id})]})
        cls.drawing.sudo().write({"res_model": "sale.order", "res_id": cls.order.id})
        cls.drawing.action_release()

    def test_two_more_cabinets_and_another_breaker(self):
        """CHG-1, CHG-4, CHG-7, CHG-8, CHG-9, REV-3, REV-5: the customer asks for two more cabinets and another breaker:
        proposed as structural, its impact is shown, reviewed and concluded, signed by the customer on his page,
        approved, and everything is applied; the old drawing warns whoever issues material by it."""
        change = self._draw_up()
        self._review(change)
        self._sign_on_the_page(change)
        self._approve_it(change)
        self.assertRecordValues(change, [{
            "state": "applied", "customer_state": "accepted", "customer_signed_by": "刘工", "level": "structural"}])
        self.assertEqual((self.row.product_uom_qty, self.drawing.is_superseded), (12, True))
        made = self._productions(self.cabinet)
        self.assertEqual(sum(made.mapped("product_qty")), 12)
        self.assertEqual(sum(self._productions(self.door).mapped("product_qty")), 12)
        parts = made.move_raw_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(parts.filtered(lambda move: move.product_id == self.gas).mapped("product_uom_qty")), 36)
        self.assertFalse(parts.filtered(lambda move: move.product_id == self.vacuum))
        self.assertEqual(sum(self._purchases(self.gas).mapped("product_qty")), 36)
        self.assertEqual(self.bought.product_qty, 30, "a confirmed purchase is a contract")
        proposals = self.env["purchase.reduction"].search([("line_id", "=", self.bought.id)])
        self.assertEqual(proposals.mapped("quantity_after"), [0])
        self._issue_by_the_old_drawing(parts.filtered(lambda move: move.product_id == self.gas))

    def _draw_up(self):
        """The order desk, who may look up every drawing in force, from the order to *Send to Review*."""
        order, row, drawing = self.order.id, self.row.display_name, self.drawing.name
        with self.day(self.desk.login, page=f"/odoo/sales/{order}") as desk:
            desk.click("button[name=action_change_order]")
            desk.fill("[name=reason] textarea", "用户来函：增加两台，断路器改用 SF6")
            desk.upload("[name=attachment_ids] input[type=file]", self.paper)
            desk.see("[name=attachment_ids]", "需求确认书")
            self._add(desk)
            desk.choose(".modal [name=order_line_id]", "Cabinet", row)
            desk.fill(".modal [name=quantity] input", "12")
            self._keep(desk, 1)
            self._add(desk, "component")
            desk.choose(".modal [name=made_product_id]", "Cabinet KYN28")
            desk.choose(".modal [name=component_id]", "Vacuum VS1")
            desk.choose(".modal [name=replacement_id]", "Gas SF6")
            desk.fill(".modal [name=component_quantity] input", "3")
            self._keep(desk, 2)
            self._add(desk, "document")
            desk.choose(".modal [name=release_id]", drawing)
            self._keep(desk, 3)
            desk.click(".o_form_button_save")
            desk.click("button[name=action_compute_impact]")
            desk.click(".nav-link[name=impact]")
            desk.see("[name=impact_ids] .o_data_row", "WH/MO")
            desk.see("[name=impact_ids] .o_data_row", "Vacuum VS1")
            desk.click("button[name=action_assess]")
            desk.see(".o_arrow_button_current[data-value=assessed]")
            desk.click("button[name=action_request_review]")
            desk.see("[name=line_ids] .o_data_row", "engineering")
        change = self.env["order.change"].search([("order_id", "=", order)])
        self.assertRecordValues(change, [{
            "level_proposed": "structural", "level": "structural", "next_step": "in_review",
            "create_uid": self.desk.id}])
        self.assertIn(self.production.name, change.acknowledgement_ids.filtered(
            lambda ack: ack.department_id == self.departments["production"]).part)
        self.assertFalse(self.drawing.is_superseded)
        return change

    def _add(self, person, kind=None):
        person.click("[name=line_ids] .o_field_x2many_list_row_add a")
        if kind:
            person.click(f".modal [name=kind] input[data-value={kind}]")

    def _keep(self, person, count):
        person.click(".modal .o_form_button_save")
        person.see(f"[name=line_ids] .o_data_row:nth-child({count})")

    def _review(self, change):
        """Engineering's opinion and the conclusion are given at the screen, the others' are like the first one."""
        with self.day(self.reviewers["engineering"].login) as engineer:
            engineer.start("order_review.order_review_menu_root")
            engineer.click(".o_review_chip[data-state=pending]", "engineering")
            engineer.click(".modal button[name=action_meet_all]")
            engineer.click(".modal button[name=action_agree]")
            engineer.see(".o_review_chip[data-state=agree]", "engineering")
        review = change.review_id
        self.assertEqual((review.order_class, review.round_no), ("non_regular", 2))
        signed = review.line_ids.filtered("signed_by")
        self.assertEqual(signed.signed_by, self.reviewers["engineering"])
        for line in review.line_ids - signed:
            line.check_ids.sudo().result = "ok"
            line.with_user(line.user_id).action_agree()
        with self.day(self.general_manager.login) as manager:
            manager.start("order_review.order_review_menu_root")
            manager.click("button[name=action_conclude]")
            manager.click(".modal button[name=action_conclude]")
            manager.see("body:not(:has(.modal))")
        self.assertRecordValues(change, [{"state": "customer", "next_step": "customer"}])

    def _sign_on_the_page(self, change):
        """By the link of the mail, without login."""
        link = change._portal_ensure_token()
        with self.day(None) as customer:
            customer.open(f"/my/changes/{change.id}?access_token={link}")
            customer.see("#wrap", "Gas SF6")
            customer.fill("#order_change_sign input[name=signer]", "刘工")
            customer.click("#order_change_sign .o_portal_sign_submit")
            customer.see("#wrap .border-success", "刘工")

    def _approve_it(self, change):
        address = f"/odoo/order-changes/{change.id}"
        with self.day(self.general_manager.login, page=address) as manager:
            manager.click("button[name=action_approve]")
            manager.click(".modal button.btn-primary")
            manager.see(".o_arrow_button_current[data-value=applied]")

    def _issue_by_the_old_drawing(self, needed):
        """Breakers are taken to the line, on the phone. The window comes by the bus, which stands still in tests: that
        it was sent to him is read there."""
        stock = self.warehouse.lot_stock_id
        shelf = self.env["stock.location"].create({"name": "Line", "location_id": stock.id})
        self.env["stock.quant"]._update_available_quantity(self.gas, stock, 36)
        issue = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.int_type_id.id, "location_id": stock.id, "location_dest_id": shelf.id,
            "move_ids": [Command.create({
                "product_id": self.gas.id, "product_uom_qty": 36, "location_id": stock.id,
                "location_dest_id": shelf.id, "move_dest_ids": [Command.set(needed.ids)]})]})
        issue.action_confirm()
        issue.action_assign()
        address = f"/odoo/action-stock.action_picking_tree_all/{issue.id}"
        with self.day(self.fitter.login, phone=True, page=address) as fitter:
            self._tap_header(fitter, "button_validate")
            fitter.see(".o_arrow_button_current[data-value=done], .o_statusbar_status button", "")
            fitter.see("body:not(:has(button[name=button_validate]))")
        self.assertEqual(issue.state, "done")
        self.assertTrue(self.drawing.message_ids.filtered(
            lambda message: self.fitter.name in (message.body or "") and issue.name in message.body))
        self.assertEqual(self.drawing.warned_user_ids, self.fitter)
        sent = self.env["bus.bus"].search([("message", "like", "simple_notification")]).mapped("message")
        self.assertTrue([text for text in sent if self.drawing.name in text], "a window opens")

    def test_design_error_reaches_the_buyer(self):
        """CHG-6: the fitter reports from the manufacturing order, on the phone, in two taps; engineering answers, it is
        approved, and the buyer acknowledges: within four working hours."""
        production = f"/odoo/action-mrp.mrp_production_action/{self.production.id}"
        with self.day(self.fitter.login, phone=True, page=production) as fitter:
            before = fitter.clicks
            self._tap_header(fitter, "action_report_design_error")
            fitter.see(".modal [name=order_name] input")
            fitter.fill(".modal [name=reason] textarea", "断路器安装孔与柜体不符")
            fitter.click(".modal button[name=action_report]")
            fitter.see(".modal .alert-success")
            self.assertLessEqual(fitter.clicks - before, 3)
        change = self.env["order.change"].search([("order_id", "=", self.order.id)])
        self.assertRecordValues(change, [{
            "kind": "design", "source": "workshop", "responsible_id": self.reviewers["engineering"].id}])
        clock = change.sla_clock_ids
        self.assertEqual((clock.policy_id.code, clock.state), ("sla_policy_change_design", "running"))
        change.line_ids.with_user(self.reviewers["engineering"]).text = "孔距改为 42 mm，换断路器支架"
        change.with_user(self.reviewers["engineering"]).action_assess()
        self._approve_it(change)
        self.assertEqual(clock.state, "met")
        login, address = self.reviewers["purchasing"].login, f"/odoo/order-changes/{change.id}"
        with self.day(login, phone=True, page=address) as buyer:
            self._tap_header(buyer, "action_acknowledge")
            buyer.see("body:not(:has(button[name=action_acknowledge]))")
        row = change.acknowledgement_ids.filtered(lambda ack: ack.department_id == self.departments["purchasing"])
        self.assertEqual(row.acknowledged_by, self.reviewers["purchasing"])

    def _tap_header(self, person, name):
        """A button of the form's header: on a phone some are behind the arrow beside them."""
        if not person.is_there(f"button[name={name}]"):
            person.click(".o_statusbar_buttons button:not([name])")
        person.click(f"button[name={name}]")
