from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ROLES, ReviewCommon

SECRET = "Our test bench is broken"


@tagged("post_install", "-at_install")
class TestReviewUi(ReviewCommon, HttpCase):
    """What the screens, the portal and the printed forms show, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special)
        cls.review = cls.env["order.review"].browse(
            cls.order.with_user(cls.desk).action_request_review()["res_id"])

    def _opinions(self):
        for role in ROLES:
            line = self._line(self.review, role)
            line.check_ids.result = "ok"
            line.opinion = SECRET
            if role == "purchasing":
                line.condition_ids = [Command.create({"name": "Another breaker", "kind": "technical"})]
                line.action_conditional()
            else:
                line.action_agree()

    def _read_all(self, model, view_type, user, record):
        """Read a record with everything that its view asks for, as the web client does."""
        Model = self.env[model].with_user(user)
        view = Model.get_views([(False, view_type)])
        fields = view["models"][model]["fields"]
        names = [name for name, field in fields.items() if field["type"] not in ("one2many", "many2many")]
        return record.with_user(user).web_read({name: {} for name in names})

    def test_reviewer_without_sales_rights_opens_board_and_line(self):
        """REV-3, REV-12: board, round and own opinion open without any right on sales orders."""
        engineer = self.reviewers["engineering"]
        self.assertFalse(engineer.has_group("sales_team.group_sale_salesman"))
        for view_type in ("kanban", "list", "form"):
            values = self._read_all("order.review", view_type, engineer, self.review)[0]
            self.assertNotIn("amount_total", values)
        self.assertEqual(len(values["review_chips"]), len(ROLES))
        line = self._line(self.review, "engineering")
        self.assertTrue(self._read_all("order.review.line", "form", engineer, line)[0]["can_sign"])
        other = self._line(self.review, "quality")
        self.assertFalse(self._read_all("order.review.line", "form", engineer, other)[0]["can_sign"])

    def test_portal_shows_the_review_and_no_opinion(self):
        """REV-3, REV-5, REV-11: the customer sees that the order is under review, then the conditions; never an
        opinion, a reviewer or a department."""
        new_test_user(self.env, "rv_portal", groups="base.group_portal", partner_id=self.partner.id)
        self.authenticate("rv_portal", "rv_portal")
        page = self.url_open(self.order.get_portal_url()).text
        self.assertIn('id="review_notice"', page)
        self.assertNotIn("modalaccept\"", page.replace('id="modalaccept"', ""))
        self._opinions()
        self._conclude(self.review, "conditional", note="Only with another breaker.")
        page = self.url_open(self.order.get_portal_url()).text
        self.assertIn('id="review_conditions"', page)
        self.assertIn("Another breaker", page)
        for inner in (SECRET, "Only with another breaker.", "purchasing department",
                      self.reviewers["purchasing"].name, self.general_manager.name):
            self.assertNotIn(inner, page)

    def test_customer_refuses_on_the_portal(self):
        """REV-5, REV-7: refused with a reason on the portal, the order returns to sales."""
        self._opinions()
        self._conclude(self.review, "conditional", note="Only with another breaker.")
        page = self.url_open(self.order.get_portal_url()).text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        url = self.order.get_portal_url(suffix="/review/refuse")
        form = {"csrf_token": token, "review_id": self.review.id}
        answer = self.url_open(url, data={**form, "reason": ""})
        self.assertIn("review_cant_refuse", answer.url)
        self.assertEqual(self.order.review_stage, "customer")
        answer = self.url_open(url, data={**form, "reason": "Too late for us"})
        self.assertIn("review_refused", answer.url)
        self.assertEqual(self.order.review_stage, "returned")
        self.assertEqual(self.review.customer_note, "Too late for us")

    def test_contract_review_form(self):
        """REV-3, REV-4: the printed form shows what is reviewed and each department's signed opinion, in the user's
        language."""
        self._opinions()
        engineer = self.reviewers["engineering"]
        for lang, title in (("en_US", "Contract Review Form"), ("zh_CN", "合同评审表")):
            report = self.env["ir.actions.report"].with_user(engineer).with_context(lang=lang)
            html = report._render_qweb_html("order_review.report_order_review", self.review.ids)[0].decode()
            for text in (title, self.review.name, self.order.name, "Cabinet set", SECRET, engineer.name,
                         "Another breaker", "data:image/png;base64"):
                self.assertIn(text, html)

    def test_mail_leads_to_the_opinion(self):
        """REV-3: the e-mail to the department has a button to its opinion and names the customer."""
        line = self._line(self.review, "engineering").sudo()
        template = self.env.ref("order_review.mail_template_review_line")
        mail = template._generate_template(line.ids, ("body_html", "partner_to", "subject"))[line.id]
        self.assertIn(f"/mail/view?model=order.review.line&amp;res_id={line.id}", str(mail["body_html"]))
        self.assertIn("Grid Company", mail["subject"])
        self.assertEqual(mail["partner_ids"], line.user_id.partner_id.ids)
