from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import ShortageCommon


@tagged("-at_install", "post_install")
class TestMeasure(ShortageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order([(cls.breaker, 6)], days=5)

    def _line(self, buy_days=None, quantity=6):
        if buy_days:
            self.purchase = self.buy(self.breaker, quantity, days=buy_days)
        self.settle()
        return self.lines(self.order)

    def test_urge_writes_to_the_supplier(self):
        """PUR-6: one button writes to the supplier; who, when and what it did is on record."""
        line = self._line(buy_days=9)
        measure = self.act(line, "urge", self.planner, text="The line waits: ship <b>today</b>")
        self.assertRecordValues(measure, [{"state": "done", "proposed_by": self.planner.id, "kind": "urge"}])
        self.assertIn(self.purchase.name, measure.effect)
        mail = self.env["mail.mail"].search([("model", "=", "purchase.order"), ("res_id", "=", self.purchase.id)])
        mail = mail.filtered(lambda mail: self.supplier in mail.recipient_ids)  # the buyer is told of his to-do
        self.assertEqual(len(mail), 1)
        self.assertIn("The line waits: ship &lt;b&gt;today&lt;/b&gt;", mail.body_html, "what the planner wrote to him")
        self.assertIn(self.purchase.name, mail.body_html, "below the question with its link")
        self.assertEqual(line.next_chase_date, self.company._get_today() + timedelta(days=1), "he was asked just now")
        self.assertEqual(line.activity_ids.mapped("date_deadline"), [line.next_chase_date] * len(line.activity_ids))
        self.assertIn(measure.effect, line.countermeasure)
        self.assertIn(measure.effect, line.message_ids[0].body)

    def test_urge_needs_an_address(self):
        """PUR-6: a supplier without an address, and a part that is not ordered: said with the cure."""
        line = self._line()
        with self.assertRaises(UserError):
            self.act(line, "urge")
        line = self._line(buy_days=9)
        self.supplier.email = False
        with self.assertRaises(UserError):
            self.act(line, "urge")
        self.assertFalse(line.measure_ids)

    def test_transfer_from_a_sister_warehouse(self):
        """MAT-7: what another warehouse has free comes by a transfer, which the pegging counts."""
        sister = self.env["stock.warehouse"].create({"name": "Sister", "code": "SIS"})
        self.put(self.breaker, 8, sister.lot_stock_id)
        line = self._line()
        window = self.env["material.shortage.act"].with_user(self.planner).with_context(
            default_shortage_id=line.id, default_kind="transfer").create({})
        self.assertEqual(window.quantity, 6)
        self.assertIn("Sister: 8", window.offers)
        with self.assertRaisesRegex(UserError, "has 8"):
            self.act(line, "transfer", warehouse_id=sister.id, quantity=9)
        measure = self.act(line, "transfer", warehouse_id=sister.id, quantity=6)
        self.assertRecordValues(measure.picking_ids.move_ids, [{
            "product_uom_qty": 6, "location_id": sister.lot_stock_id.id, "location_dest_id": self.stock.id,
            "state": "assigned", "date_deadline": line.needed_by, "origin": line.name,
            "picking_type_id": sister.int_type_id.id}])
        self.settle()
        self.assertEqual(line.state, "covered")
        self.receive(line.measure_ids)
        self.settle()
        self.assertEqual(line.state, "closed")

    def test_transfer_from_a_sister_company(self):
        """MAT-7: a sister company's planner agrees; then it is sent and received, company by company."""
        company = self.env["res.company"].create({"name": "Sister"})
        theirs = self._user("theirs", "mrp.group_mrp_manager", company=company)
        company.shortage_planner_id = theirs
        sister = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        self.put(self.breaker, 6, sister.lot_stock_id)
        line = self._line()
        places = self.env["stock.warehouse"].with_user(self.planner).with_context(
            allowed_company_ids=self.company.ids, material_shortage_id=line.id)
        with self.assertRaises(AccessError):
            sister.with_user(self.planner).with_context(allowed_company_ids=self.company.ids).read(["code"])
        found = places.web_name_search("", {"display_name": {}}, [("id", "in", [])])
        self.assertEqual([place["id"] for place in found], sister.ids, "he is offered what he cannot see otherwise")
        wizard = self.env["material.shortage.act"].with_user(self.planner).with_context(
            allowed_company_ids=self.company.ids).create(
                {"shortage_id": line.id, "kind": "transfer", "warehouse_id": sister.id, "quantity": 6})
        self.assertIn("Sister · ", wizard.offers)
        wizard.action_take()
        measure = line.measure_ids
        self.assertRecordValues(measure, [{"state": "proposed", "decider_id": theirs.id}])
        self.assertFalse(measure.picking_ids)
        with self.assertRaises(AccessError):
            measure.with_user(self.other_planner).action_agree()
        measure.with_user(theirs).with_context(allowed_company_ids=company.ids).action_agree()
        self.assertEqual(measure.state, "done")
        sent, received = measure.picking_ids.sorted("id")
        self.assertEqual((sent.company_id, received.company_id), (company, self.company))
        self.assertEqual((sent.partner_id, received.partner_id), (self.company.partner_id, company.partner_id))
        self.assertEqual(received.move_ids.state, "waiting")
        self.assertFalse(measure.picking_ids.user_id, "To Do of both stores, not a list of whoever agreed")
        sender = self._user("sender", "stock.group_stock_user", company=company)
        self.env.flush_all()
        self.env.invalidate_all()
        sent = sent.with_user(sender).with_context(allowed_company_ids=company.ids)
        sent.move_ids.picked = True
        sent.button_validate()
        self.assertEqual(sent.state, "done")
        self.assertEqual(received.move_ids.state, "assigned")

    def test_goods_of_others_are_not_offered(self):
        """MAT-7: consigned goods are nobody's to give."""
        places = self.env["stock.warehouse"].create([
            {"name": name, "code": name[:3].upper()} for name in ("Sister", "Consigned")])
        for place in places:
            self.put(self.breaker, 8, place.lot_stock_id)
        self.env["stock.quant"].search([("location_id", "=", places[1].lot_stock_id.id)]).owner_id = self.supplier
        measures, own = self.env["material.measure"].with_user(self.planner), self.env["stock.warehouse"]
        self.assertEqual(measures._get_sister_stock(self.breaker, self.company, own)[0][0], places[0])
        self.assertEqual(len(measures._get_sister_stock(self.breaker, self.company, own)), 1)

    def test_substitute_that_cannot_be_consumed(self):
        """PUR-6: a service, an archived product and one of another company are refused before anybody is asked."""
        line = self._line()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        others = self.env["product.product"].create([
            {"name": "Advice", "type": "service"}, {"name": "Old", "active": False},
            {"name": "Theirs", "company_id": company.id}])
        for other in others:
            with self.subTest(other=other.name), self.assertRaisesRegex(UserError, "cannot be a component"):
                self.act(line, "substitute", quantity=1, substitute_id=other.id, text="Same current, same size")

    def test_todo_in_the_language_of_whom_it_asks(self):
        """PUR-6, MAT-4: a to-do is written in the language of whoever is asked, not of whoever or whatever asks."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.breaker.with_context(lang="fr_FR").name = "Disjoncteur"
        self.head_buyer.lang = self.buyer.lang = "fr_FR"
        self.assertIn("Disjoncteur", self._line().activity_ids.summary)

    def test_group_stock_before_buying(self):
        """MAT-7: nothing is bought while the group has it free, unless whoever buys says so."""
        sister = self.env["stock.warehouse"].create({"name": "Sister", "code": "SIS"})
        self.put(self.breaker, 8, sister.lot_stock_id)
        line = self._line()
        with self.assertRaisesRegex(UserError, "Sister 8"):
            self.act(line, "elsewhere", quantity=6, text="Another maker")
        measure = self.act(line, "elsewhere", quantity=6, text="Another maker", despite_stock=True)
        self.assertRecordValues(measure.request_id.line_ids, [{"product_id": self.breaker.id, "product_qty": 6}])

    def test_buy_elsewhere(self):
        """PUR-6: a request to buy it elsewhere, for this order alone."""
        line = self._line()
        measure = self.act(line, "elsewhere", self.buyer, quantity=6, text="The supplier has stopped")
        self.assertEqual(measure.request_id.state, "draft")
        self.assertEqual(measure.request_id.requested_by, self.buyer)
        self.assertEqual(measure.request_id.activity_ids.user_id, self.buyer, "else nobody asks for its approval")
        with self.assertRaisesRegex(UserError, measure.request_id.name), self.env.cr.savepoint():
            self.act(line, "elsewhere", self.planner, quantity=6, text="The supplier has stopped")
        self.assertEqual(line.measure_ids, measure, "the same is asked for once")
        self.act(line, "elsewhere", self.planner, quantity=4, text="Two have been found")
        self.assertEqual(measure.request_id.line_ids.product_qty, 4, "the draft is corrected")

    def test_request_for_what_was_found(self):
        """MAT-8: a report that is closed by hand: who asked to buy it is told, too."""
        self.put(self.breaker, 6)
        self.settle()
        line = self.env["material.shortage"].with_user(self.planner)._report(self.breaker, 2, self.order)
        request = self.act(line, "elsewhere", self.buyer, quantity=2, text="The supplier has stopped").request_id
        line.with_user(self.planner).action_find()
        self.assertEqual(line.state, "closed")
        told = request.sudo().message_ids.filtered(lambda message: self.buyer.partner_id in message.partner_ids)
        self.assertIn("still needed", told.body)

    def test_request_that_is_not_needed_any_more(self):
        """MAT-8: the part was asked to be bought elsewhere, and comes another way: who asked for it is told."""
        line = self._line()
        request = self.act(line, "elsewhere", self.buyer, quantity=6, text="The supplier has stopped").request_id
        other = self.make_product("Breaker of another make")
        self.put(other, 6)
        self.act(line, "substitute", quantity=6, substitute_id=other.id, text="Same size").with_user(
            self.engineer).action_agree()
        self.settle()
        self.assertEqual(line.state, "closed")
        told = request.sudo().message_ids.filtered(lambda message: self.buyer.partner_id in message.partner_ids)
        self.assertIn("still needed", told.body)

    def test_substitute_needs_engineering(self):
        """PUR-6: another product goes into the order once the head of engineering has agreed."""
        other = self.make_product("Breaker of another make")
        self.put(other, 6)
        line = self._line()
        measure = self.act(line, "substitute", quantity=4, substitute_id=other.id, text="Same current, same size")
        self.assertRecordValues(measure, [{"state": "proposed", "decider_id": self.engineer.id}])
        self.assertEqual(measure.activity_ids.user_id, self.engineer)
        self.assertEqual(self.order.move_raw_ids.product_id, self.breaker, "nothing is changed before")
        measure.with_user(self.engineer).action_agree()
        self.assertRecordValues(measure, [{"state": "done", "decided_by": self.engineer.id}])
        self.assertFalse(measure.activity_ids)
        moves = self.order.move_raw_ids
        self.assertEqual({(move.product_id, move.product_qty, move.state) for move in moves}, {
            (self.breaker, 2, "confirmed"), (other, 4, "assigned")})
        self.settle()
        self.assertEqual(line.quantity, 2)
        self.act(line, "substitute", quantity=2, substitute_id=other.id, text="The rest").with_user(
            self.engineer).action_agree()
        self.settle()
        self.assertRecordValues(line, [{"state": "closed", "closing": "change"}])

    def test_refused(self):
        """PUR-6: what is refused changes nothing, and stays on record with its reason; none is given, none is taken."""
        other = self.make_product("Other")
        line = self._line()
        measure = self.act(line, "substitute", quantity=4, substitute_id=other.id, text="Same size")
        with self.assertRaises(AccessError):
            measure.with_user(measure.proposed_by).action_refuse("Not by whom it was proposed")
        for nothing in (None, " ", "...."):
            with self.assertRaisesRegex(UserError, "say why"):
                measure.with_user(self.engineer).action_refuse(nothing)
        wizard = measure.with_user(self.engineer).action_ask_refusal()
        self.env[wizard["res_model"]].with_user(self.engineer).with_context(**wizard["context"]).create(
            {"text": "Its rating is too low"}).action_done()
        self.assertRecordValues(measure, [{
            "state": "refused", "decided_by": self.engineer.id, "answer": "Its rating is too low"}])
        told = measure.message_ids.filtered(lambda message: measure.proposed_by.partner_id in message.partner_ids)
        self.assertIn("Refused. Its rating is too low", told.body, "who proposed it is told, and why")
        self.assertIn("Its rating is too low", line.message_ids[0].body)
        with self.assertRaises(UserError):
            measure.with_user(self.engineer).action_agree()
        self.assertEqual(self.order.move_raw_ids.product_id, self.breaker)

    def test_split_delivery(self):
        """PUR-6: the first part has its own line, receipt and date; the pegging sees it."""
        line = self._line(buy_days=15, quantity=10)
        day = fields.Date.add(fields.Date.today(), days=3)
        with self.assertRaisesRegex(UserError, "must be less"):
            self.act(line, "split", quantity=10, date=day)
        with self.assertRaisesRegex(UserError, "from today on"):
            self.act(line, "split", quantity=6, date=fields.Date.subtract(day, days=30))
        self.act(line, "split", quantity=6, date=day)
        self.assertEqual(self.purchase.order_line.sorted("date_planned").mapped("product_qty"), [6, 4])
        self.assertEqual(self.purchase.order_line.mapped("price_unit"), [1, 1])
        self.assertEqual(sorted(self.purchase.picking_ids.move_ids.mapped("product_qty")), [4, 6])
        self.settle()
        self.assertEqual(line.state, "covered")

    def test_made_outside_with_approval(self):
        """PLN-14: the plant manager proposes, the group's general manager approves; nobody else, and not himself."""
        line = self._line()
        with self.assertRaises(AccessError):
            self.act(line, "subcontract", self.planner, quantity=6, text="The press stands still")
        measure = self.act(line, "subcontract", self.plant_manager, quantity=6, text="The press stands still")
        self.assertRecordValues(measure, [{"state": "proposed", "decider_id": self.boss.id}])
        for user in (self.plant_manager, self.planner, self.engineer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                measure.with_user(user).action_agree()
        measure.with_user(self.boss).action_agree()
        self.assertRecordValues(measure.request_id.line_ids, [{"product_id": self.breaker.id, "product_qty": 6}])
        self.assertEqual(measure.request_id.requested_by, self.plant_manager, "who agreed may have to approve it")
        self.assertEqual(measure.request_id.activity_ids.user_id, self.plant_manager)

    def test_nobody_approves_his_own(self):
        """PLN-14, PUR-6: where the one to agree is the one who proposes, somebody else is asked, or it is refused."""
        self.boss.group_ids |= self.env.ref("material_shortage.group_plant_manager")
        line = self._line()
        with self.assertRaises(UserError):
            self.act(line, "subcontract", self.boss, quantity=6, text="The press stands still")
        self.assertFalse(line.measure_ids)

    def test_design_change(self):
        """PUR-6: engineering is asked with a text, and answers for the part from then on."""
        line = self._line()
        with self.assertRaisesRegex(UserError, "write why"):
            self.act(line, "design", text="")
        self.act(line, "design", text="Could a smaller breaker do?")
        self.assertRecordValues(line, [{"cause": "engineering", "owner_id": self.engineer.id}])
        self.assertEqual(line.activity_ids.user_id, self.engineer)
        self.assertIn("smaller breaker", "".join(line.message_ids.mapped("body")))
        self.act(line, "design", text="Or another make?")  # hands it to whom has it already
        self.assertEqual(line.activity_ids.user_id, self.engineer)
        self.company.shortage_engineering_department_id = False
        with self.assertRaisesRegex(UserError, "Nobody answers"):
            self.act(line, "design", text="Could a smaller breaker do?")

    def test_bad_input(self):
        """PUR-6: quantities that are none, a kind that does not fit the line: refused by name."""
        line = self._line()
        for quantity in (0, -3, float("nan"), float("inf")):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                self.env["material.measure"].with_user(self.planner)._take(
                    line, "elsewhere", {"quantity": quantity, "text": "Another maker"})
        with self.assertRaisesRegex(UserError, "choose another product"):
            self.act(line, "substitute", quantity=1, substitute_id=self.breaker.id, text="The same")
        with self.assertRaisesRegex(UserError, "still needs 6"):
            self.act(line, "substitute", quantity=7, substitute_id=self.busbar.id, text="Another")

    def test_past_the_actions(self):
        """PUR-6: nobody makes, changes, decides or deletes a measure past its actions."""
        other = self.make_product("Other")
        line = self._line()
        measure = self.act(line, "substitute", quantity=4, substitute_id=other.id, text="Same size")
        for user in (self.planner, self.engineer, self.buyer):
            mine = measure.with_user(user)
            for call in (lambda mine=mine: mine.write({"state": "done"}), mine.unlink,
                         lambda mine=mine: mine.create({"shortage_id": line.id, "kind": "urge"})):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()
        with self.assertRaises(AccessError):
            self.act(line, "design", self.clerk, text="Could a smaller breaker do?")
        with self.assertRaises(UserError):
            measure.sudo().quantity = 1

    def test_clock_of_the_decision(self):
        """SLA-1: a decision is due within four working hours, by a policy."""
        other = self.make_product("Other")
        measure = self.act(self._line(), "substitute", quantity=4, substitute_id=other.id, text="Same size")
        self.assertEqual(measure.sla_clock_ids.sudo().user_id, self.engineer)


@tagged("-at_install", "post_install")
class TestSupplierDate(ShortageCommon):
    def test_date_beyond_the_need_goes_to_the_planner(self):
        """PUR-8: at once, without waiting for the pegging: the line, its expected date and the planner's to-do."""
        order = self.make_order([(self.breaker, 2)], days=5)
        purchase = self.buy(self.breaker, 2, days=3)
        self.settle()
        self.assertFalse(self.lines(order))
        day = (self.now + timedelta(days=12)).date()
        purchase.order_line.with_user(self.buyer)._promise(day, "The furnace is out of order")
        line = self.lines(order)
        self.assertRecordValues(line, [{"purchase_line_id": purchase.order_line.id, "cause": "purchased"}])
        todo = self._late_todos(line)
        self.assertEqual(todo.user_id, self.planner)
        self.assertIn("Copper Works", todo.note)
        purchase.order_line.promise_ids.filtered(lambda said: said.state == "proposed").with_user(
            self.buyer).action_accept()
        self.settle()
        self.assertEqual(line.expected_date.date(), day)
        self.assertEqual(len(self._late_todos(line)), 1)

    def _late_todos(self, lines):
        late = self.env.ref("material_shortage.mail_activity_type_supplier_late")
        return lines.activity_ids.filtered(lambda todo: todo.activity_type_id == late)

    def test_late_date_for_many_orders_at_once(self):
        """PUR-8: how many orders wait for a supply changes nothing in the number of queries; each planner is told once,
        in his own language, whatever the one of who enters the date."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.planner.lang = "zh_CN"
        counts = []
        for number in (2, 20):
            part = self.make_product(f"Part for {number}")
            orders = self.env["mrp.production"].union(*(self.make_order([(part, 1)], days=5) for _n in range(number)))
            purchase = self.buy(part, number, days=3)
            self.settle()
            promise = self.env["supplier.promise"].create(purchase.order_line._prepare_promise(
                self.now + timedelta(days=12), number, "The furnace is out of order", "buyer", None))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            promise._tell_planners()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            lines = self.env["material.shortage"].search([("production_id", "in", orders.ids)])
            self.assertEqual(len(lines), number)
            todos = self._late_todos(lines)
            self.assertEqual((len(todos), todos.user_id), (number, self.planner))
            self.assertIn(f"{format_date(self.env, promise.date_promised, lang_code='zh_CN')}", todos[0].note)
            promise._tell_planners()
            self.assertEqual(self._late_todos(lines), todos)
        self.assertLessEqual(counts[1] - counts[0], 4, counts)

    def test_date_in_time_tells_nobody(self):
        """PUR-8: a date that is later than planned, and early enough, is no shortage."""
        order = self.make_order([(self.breaker, 2)], days=15)
        purchase = self.buy(self.breaker, 2, days=3)
        self.settle()
        purchase.order_line._promise((self.now + timedelta(days=9)).date(), "The furnace is out of order")
        self.assertFalse(self.lines(order))

    def test_special_material_is_followed(self):
        """MAT-5: requested, ordered, promised, sent, received: one list for what is special."""
        self.breaker.is_special_material = True
        order = self.make_order([(self.breaker, 2)])
        request = self.env["purchase.request"].with_user(self.planner)._make_for_shortage(
            self.breaker, 2, self.breaker.uom_id, fields.Date.today(), order, "Not in stock")
        special = self.env["material.special"].with_user(self.planner)
        self.assertRecordValues(special.search([("product_id", "=", self.breaker.id)]), [{
            "stage": "requested", "request_line_id": request.line_ids.id, "production_id": order.id}])
        purchase = self.buy(self.breaker, 2)
        bought = special.search([("purchase_line_id", "=", purchase.order_line.id)])
        self.assertEqual(bought.stage, "ordered")
        purchase.order_line._promise(fields.Date.add(fields.Date.today(), days=5))
        purchase.picking_ids.supplier_shipped_on = fields.Date.today()
        self.env.invalidate_all()
        self.assertRecordValues(bought, [{"stage": "shipped", "shipped_on": fields.Date.today()}])
        self.receive(purchase)
        self.env.invalidate_all()
        self.assertEqual(bought.stage, "received")
        self.buy(self.busbar, 2)
        self.assertFalse(special.search([("product_id", "=", self.busbar.id)]))
