"""What leaves and what comes after: by order desk, store, quality, guard, site, customer, after-sales, management."""
from datetime import timedelta
from email.message import EmailMessage

from odoo import fields

from chain_company import SIGNATURE


class Delivery:
    """Steps for :class:`chain_company.ChainCompany`."""

    def announce(self, order):
        """The order desk makes the delivery notice and releases it."""
        mine = self.by("desk", order)
        notice = mine.env["delivery.notice"].browse(mine.action_make_delivery_notice()["res_id"])
        leaves = fields.Datetime.now() + timedelta(hours=2)
        notice.write({
            "date_planned": leaves, "date_arrival": leaves + timedelta(hours=5), "contact_name": "刘婧",
            "contact_phone": "13800002222", "place": "滨江变电所", "packing": "木箱",
            "forwarder_id": self.known("forwarder").id})
        notice.action_release()
        return notice.with_env(self.env)

    def load(self, notice, serials):
        """The store scans each cabinet by the notice's number, and lets them leave; a job makes pass, crates, mail."""
        self.by("warehouse", notice.picking_ids).action_assign()
        self.scan("warehouse", "load", ("scan", notice.name), *(("scan", serial) for serial in serials),
                  ("press", "finish"), ("press", "leave"))
        self.assertEqual(notice.picking_ids.mapped("state"), ["done"])
        self.env["delivery.notice"]._cron_follow()
        self.assertTrue(notice.informed_on, "the customer was told by mail")

    def pass_gate(self, notice):
        """Another person gives leave, the guard scans the pass."""
        gate = self.env["stock.gate.pass"].search([("delivery_notice_id", "=", notice.id)])
        self.by("quality", gate).action_approve()
        self.scan("guard", "gate_out", ("scan", gate.name), ("press", "pass"))
        self.assertRecordValues(gate, [{"state": "closed", "out_by": self.users["guard"].id}])

    def site_signs(self, notice):
        """The consignee signs for each crate on the page behind its code; the receipt is filed."""
        for crate in notice.crate_ids:
            with self.nobody():
                self.send(f"/delivery/{crate.token}", signer="值班员小周",
                          signature=f"data:image/png;base64,{SIGNATURE}")
        self.env["delivery.notice"]._cron_follow()
        self.assertRecordValues(notice, [{"state": "signed", "signed_by": "值班员小周"}])
        self.assertTrue(notice.receipt_ids.document_sealed)
        self.by("desk", notice).action_close()

    def customer_writes(self, lot):
        """The customer's mail names the serial number of a cabinet; the head of after-sales hands it over."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self.customer.email, "fuwu.chain@donglan.example.com"
        mail["Subject"] = f"{lot.name} 断路器合不上闸"
        mail["Message-Id"] = f"<{lot.name}@customer.example.com>"
        mail.set_content(f"柜号 {lot.name}，断路器储能后合不上闸，请派人处理。")
        found = self.env["mail.thread"].message_process(
            "service.request", mail.as_bytes(), custom_values={"desk_id": self.desk.id})
        request = self.env["service.request"].browse(found)
        request._follow()  # as the job does it
        head = self.by("service", request)
        head.write({"lot_id": lot.id, "kind": "quality", "user_id": self.users["technician"].id})
        head.action_hand_over()
        return request

    def visit(self, request):
        """The technician calls, the head plans his visit, he reports from his phone and the customer signs."""
        mine = self.by("technician", request)
        self.window("technician", mine.action_log_contact(), {"note": "已电话确认，明日到场"}).action_log()
        self.assertEqual(request.state, "contacted")
        visit = self.at("service")["service.visit"].browse(self.by("service", request).action_new_visit()["res_id"])
        start = self.in_days(1)
        visit.write({"planned_start": start, "planned_end": start + timedelta(hours=3), "contact_name": "刘婧",
                     "phone": "13800002222"})
        visit.action_plan()
        book = self.at("technician")["service.visit"]
        said, now = {"id": visit.id}, fields.Datetime.now()
        book.outbox_arrive(said, now)
        for check in visit.check_ids:
            answer = {"yes_no": {"yes_no": "yes"}, "value": {"answer": "2500"}}.get(
                check.answer_kind, {"answer": "合闸闭锁销卡滞"})
            if check.photo_required:
                book.outbox_photo({**said, "check": check.id, "name": "1.png", "photo": SIGNATURE}, now)
            book.outbox_check({**said, "check": check.id, **answer}, now)
        book.outbox_hours({**said, "work": 2.0, "travel": 1.0, "cost": 80}, now)
        book.outbox_complete({**said, "work_done": "调整闭锁销，操作十次正常", "signer": "刘婧",
                              "signature": SIGNATURE}, now)
        self.assertEqual(visit.state, "done")
        return visit.with_env(self.env)

    def solve(self, request):
        """The technician says how it was solved, the head closes."""
        mine = self.by("technician", request)
        if mine.state == "contacted":
            mine.action_start()
        if mine.state != "solved":
            mine.solution = "调整合闸闭锁销"
            mine.action_solve()
        self.by("service", request).action_close()
        self.assertEqual(request.state, "closed")

    def evaluate(self, order):
        """The evaluation opens by itself; each department answers, the general manager concludes."""
        self.env["order.evaluation"]._cron_open()
        evaluation = self.env["order.evaluation"].search([("order_id", "=", order.id)])
        for answer in evaluation.answer_ids.filtered(lambda answer: answer.state == "asked"):
            mine = self.by(answer.user_id.login, answer)
            mine.went_wrong = "断路器到货晚五天"
            mine.action_acknowledge()
        self.by("gm", evaluation).action_conclude("供应商交期须每周核对")
        self.assertEqual(evaluation.state, "concluded")
        return evaluation
