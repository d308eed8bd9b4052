"""From the quotation to the released plan: sales, order desk, departments, management, customer, finance, planner."""
from chain_company import PAPER

#: Who signs the review of a complete set, and how many days his department needs.
REVIEWERS = {"desk": 0, "engineer": 3, "quality": 1, "buyer": 8, "planner": 20, "production": 22}


class Sale:
    """Steps for :class:`chain_company.ChainCompany`."""

    def quote(self, quantity=2):
        """Sales registers what the customer asks for, files his papers and has the requirements confirmed by him."""
        order = self.at("sales")["sale.order"].create({
            "partner_id": self.customer.id, "medium_id": self.env.ref("order_review.utm_medium_visit").id,
            "commitment_date": self.in_days(60), "project_name": "滨江变电所改造",
            "project_background": "老站改造，分两期停电", "project_manager_id": self.users["planner"].id,
            "technical_requirements": "GGD2，进线2000A，操作电源DC220V", "quality_requirements": "3C认证",
            "packing_requirements": "木箱包装", "payment_term_id": self.known("payment_term_plan").id,
            "order_line": self.add_lines({"product_id": self.cabinet.id, "product_uom_qty": quantity})})
        for kind, name in (("confirmation", "订货需求确认书"), ("agreement", "技术协议"), ("drawing", "一次系统图")):
            self.document("sales", order, kind, name)
        order.requirement_confirmed_by = "刘婧"
        order.action_confirm_requirements()
        return order.with_env(self.env)

    def sold(self, order):
        """The line of the cabinets; down payments have lines of their own."""
        return order.order_line.filtered(lambda line: line.product_id == self.cabinet)

    def review(self, order, conditions=()):
        """The order desk sends it round, each department signs its opinion, the deputy manager concludes.

        :param conditions: of the engineer, who agrees under them
        """
        self.by("desk", order).action_request_review()
        review = order.review_id
        for login, days in REVIEWERS.items():
            self.sign(review, login, days, conditions if login == "engineer" else ())
        self.conclude(review, "conditional" if conditions else "accept")
        return review

    def sign(self, review, login, days, conditions=()):
        """The opinion that a person was asked for."""
        line = self.by(login, review).line_ids.filtered(lambda line: line.user_id == line.env.user)
        line.check_ids.result = "ok"
        line.write({"lead_time_days": days, "condition_ids": self.add_lines(*conditions)})
        line.action_conditional() if conditions else line.action_agree()

    def conclude(self, review, conclusion):
        """The deputy manager concludes the round."""
        self.at("deputy")["order.review.conclude"].create({
            "review_id": review.id, "conclusion": conclusion, "note": "同意"}).action_conclude()

    def customer_accepts(self, review):
        """The order desk records the customer's written answer to the conditions."""
        self.at("desk")["order.review.customer"].create({
            "review_id": review.id, "answer": "accepted", "answered_by": "刘婧", "note": "同意评审条件",
            "datas": PAPER, "file_name": "客户书面答复.pdf"}).action_record()

    def sign_contract(self, order):
        """The contract that the customer has signed confirms the order; what is due with it is invoiced and paid."""
        self.by("sales", order).action_quotation_sent()
        contract = self.document("desk", order, "contract", "订货合同")
        self.at("desk")["order.contract.register"].create({
            "order_id": order.id, "signed_by": "刘婧", "signed_on": self.company._get_today(),
            "document_id": contract.id}).action_register()
        self.collect(order, "down_payment")

    def collect(self, order, kind):
        """Sales invoices a payment of the plan that is due, finance posts the invoice and books what is due of it."""
        line = self.payment(order, kind)
        self.assertEqual(line.state, "due", kind)
        self.by("sales", line).action_invoice()
        invoice = self.by("finance", line.invoice_ids.filtered(lambda move: move.state == "draft"))
        invoice.invoice_date = self.company._get_today()
        invoice.action_post()
        self.at("finance")["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({"amount": line.amount})._create_payments()

    def payment(self, order, kind):
        """The line of the payment plan of a kind."""
        return order.payment_line_ids.filtered(
            lambda line: line.kind_id == self.env.ref(f"order_payment.order_payment_kind_{kind}"))

    def instruct(self, order):
        """The order desk issues the production instruction; every department that gets it acknowledges."""
        action = self.by("desk", order).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"])
        self.by("desk", instruction).action_issue()
        for row in instruction.acknowledgement_ids:
            head = row.department_id.manager_id.user_id
            self.by(head.login, instruction).action_acknowledge()
        return instruction

    def release_plan(self, order):
        """The planner releases the plan, the engineer designs and releases the drawing, its receivers acknowledge."""
        plan = order.plan_project_id
        self.by("planner", plan).action_release_plan()
        self.work_off(plan, "技术设计", "BOM下发")
        engineer = self.at("engineer")
        file = engineer["ir.attachment"].create({"name": "柜体加工图.pdf", "datas": PAPER})
        design = self.one(plan.plan_item_ids, name="柜体及零部件加工")
        release = engineer["document.release"].create({
            "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": "柜体加工图",
            "project_number": order.name, "project_name": order.project_name, "discipline": "electrical",
            "res_model": "project.task", "res_id": design.id, "attachment_ids": file.ids})
        release.action_release()
        for receiver in release.with_env(self.env).receiver_ids:
            head = receiver.department_id.manager_id.user_id.login
            mine = self.by(head, release)
            if mine.can_acknowledge:
                mine.action_acknowledge()
        return plan

    def work_off(self, plan, *names):
        """Items of the plan are begun and reported as finished by those who answer for them."""
        for name in names:
            item = self.one(plan.plan_item_ids, name=name)
            mine = self.by(item.plan_user_id.login, item)
            if not mine.actual_start:
                mine.action_mark_begun()
            mine.plan_progress = 100
