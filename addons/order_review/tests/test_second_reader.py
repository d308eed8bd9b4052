from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import PICTURE, ReviewCommon

READERS = [("en_US", "America/Los_Angeles"), ("zh_CN", "Asia/Shanghai")]


@tagged("post_install", "-at_install")
class TestSecondReader(ReviewCommon):
    """The same journey, read and walked by people of other languages, time zones and companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.second = cls.env["res.company"].create({"name": "Second plant"})
        cls.people = cls.desk | cls.sales | cls.general_manager | cls.env["res.users"].union(*cls.reviewers.values())
        cls.people.company_ids |= cls.second
        tax = cls.env["account.tax"].create({"name": "13 %", "amount": 13, "type_tax_use": "sale"})
        tax.with_context(lang="zh_CN").name = "增值税"
        cls.special.with_context(lang="zh_CN").name = "成套柜"
        cls.line_values = {
            "product_id": cls.special.id, "product_uom_qty": 2, "price_unit": 100.0, "tax_ids": [Command.set(tax.ids)]}
        for department in cls.departments.values():
            department.with_context(lang="zh_CN").name = f"部门 {department.id}"

    def _as(self, record, user, reader):
        """A person's view: language and time zone of the reader, both companies switched on, the other one first."""
        lang, tz = reader
        user.write({"lang": lang, "tz": tz})
        return record.with_user(user).with_context(
            lang=lang, tz=tz, allowed_company_ids=[self.second.id, self.company.id])

    def _ordered(self):
        order = self._order(order_line=[Command.create(self.line_values)], require_signature=True)
        self._document(order, "drawing", "Front view")
        return order

    def _walk(self, order, *readers):
        """Sent, answered, concluded, accepted, signed and confirmed, each step by the next reader."""
        steps = iter(readers * 8)
        self._as(order, self.desk, next(steps)).action_request_review()
        review = order.review_id
        for line in review.line_ids:
            mine = self._as(line, line.user_id, next(steps))
            mine.check_ids.result = "ok"
            mine.write({"lead_time_days": 60})
            mine.action_agree()
        dialog = self._as(self.env["order.review.conclude"], self.general_manager, next(steps))
        dialog.create({"review_id": review.id, "conclusion": "conditional"}).action_conclude()
        self.assertEqual(order.review_stage, "customer")
        customer = self._as(order.sudo(), self.env.ref("base.public_user"), next(steps)).sudo()
        customer.review_id._answer_customer("accepted", "Mr. Wang", signature=PICTURE)
        self.assertEqual(order.review_stage, "cleared")
        salesperson = self._as(order, self.sales, next(steps))
        salesperson.order_line.write({"product_uom_qty": 2.0})  # the same quantity, written by somebody else
        salesperson.write({"technical_requirements": order.technical_requirements, "client_order_ref": "PO 17"})
        self.env.flush_all()
        self.assertEqual(order.review_stage, "cleared")
        customer.write({"signed_by": "Mr. Wang", "signed_on": fields.Datetime.now(), "signature": PICTURE})
        self._as(order, self.sales, next(steps)).action_confirm()
        self.env.flush_all()
        self.assertRecordValues(order, [{"state": "sale", "review_stage": "cleared", "contract_effective": True}])
        instruction = self.env["production.instruction"].browse(
            self._as(order, self.desk, next(steps)).action_issue_instruction()["res_id"])
        self._as(instruction, self.desk, next(steps)).action_issue()
        return review

    def test_journey_by_several_readers(self):
        """REV-3, REV-5, REV-11, QUO-2, INS-1: sent in Chinese, concluded in English, accepted in Chinese...: an order
        passes, whoever takes the next step, from whatever time zone and company."""
        english, chinese = READERS
        first = self._walk(self._ordered(), english, chinese)
        second = self._walk(self._ordered(), chinese, english)
        self.assertEqual(first.mapped("line_ids.earliest_date"), second.mapped("line_ids.earliest_date"))
        self.assertEqual(first.promise_date, second.promise_date)
        self.assertEqual(
            first.condition_ids.mapped("name"), second.condition_ids.mapped("name"), "the customer's words")

    def _readings(self, order):
        """The order as each reader sees it."""
        for lang, tz in READERS:
            for user in (self.env.ref("base.user_root"), self.desk, self.env.ref("base.public_user")):
                for companies in (self.company, self.company | self.second, self.second | self.company):
                    context = {"lang": lang, "tz": tz, "allowed_company_ids": companies.ids}
                    yield order.with_user(user).sudo().with_context(**context)

    def _assert_one(self, order, function):
        """Every reader gets the same."""
        values = []
        for reading in self._readings(order):
            self.env.flush_all()
            self.env.invalidate_all()
            values.append(repr(function(reading)))
        self.assertGreater(len(values), 10)
        self.assertEqual(len(set(values)), 1, values)

    def test_fingerprints_are_the_same_for_every_reader(self):
        """REV-11, QUO-2, REV-5: what is stored and compared is equal for every reader."""
        order = self._ordered()
        order.has_penalty_clause = True
        self._submit(order)
        for name in ("_describe_scope", "_review_digest", "_contract_digest", "_get_authority_amount",
                     "_get_requested_date", "_get_order_class"):
            with self.subTest(name):
                self._assert_one(order, lambda reading, name=name: getattr(reading, name)())
        self._assert_one(order, lambda reading: reading._get_promised_digest(fields.Date.to_date("2027-03-04")))
        self._assert_one(order, lambda reading: reading._get_review_stage())
        self._assert_one(order, lambda reading: sorted(reading.order_class_criterion_ids.ids))

    def test_dates_are_the_company_s(self):
        """REV-4: at eleven in the evening in Los Angeles the plant already has the next day."""
        order = self._order(commitment_date="2027-03-04 20:30:00")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._assert_one(order, lambda reading: reading._get_requested_date())
        self.assertEqual(order._get_requested_date(), fields.Date.to_date("2027-03-05"))

    def test_dormant_product_for_every_reader(self):
        """INT-5: whether a product was not ordered for years is asked of the order's company, not of the reader's."""
        self.company.order_review_policy = "none"
        product = self._product("Old")
        old = self._order(product)
        old.action_confirm()
        old.date_order = "2015-01-01"
        other = self._order(product, company_id=self.second.id, order_line=[])
        self._assert_one(self._order(product), lambda reading: reading.order_class_proposed)
        self.assertEqual(self._order(product).order_class_proposed, "non_regular")
        self.assertTrue(other)

    def test_configured_filters_for_every_reader(self):
        """INT-5, REV-5: a filter that names a translated text is met in any language, whoever asks."""
        self.env["order.class.criterion"].search([]).active = False
        self.env["order.class.criterion"].create({
            "name": "Sets", "kind": "product", "domain": "[('name', 'ilike', '成套')]"})
        self.authority.domain = "[('order_line.product_id.name', 'ilike', '成套')]"
        order = self._ordered()
        self._assert_one(order, lambda reading: reading.order_class_proposed)
        self.assertEqual(order.order_class_proposed, "non_regular")
        self._assert_one(order, lambda reading: reading.env["order.review.authority"]._find_for(
            "conclude", reading, "non_regular", "accept").ids)

    def test_scope_holds_no_words_of_others(self):
        """REV-11: no field of the scope is translated, depends on the company or on the reader, or is a name."""
        order = self.env["sale.order"]
        line = self.env["sale.order.line"]
        for record, declared in ((order, order._get_reviewed()), (line, order._get_reviewed_of_lines())):
            for reviewed in declared:
                name, field = reviewed.name, record._fields[reviewed.name]
                self.assertTrue(field.store or field.type == "one2many", name)
                self.assertFalse(field.translate, name)
                self.assertFalse(field.company_dependent, name)
                self.assertFalse(self.env.registry.field_depends_context[field], name)

    def test_surcharge_is_named_for_the_customer(self):
        """QUO-1, REV-11: surcharges refreshed by a person of another language do not change the order."""
        service = self._product("Special paint", type="service")
        rule = self.env["order.surcharge.rule"].create({
            "name": "Paint", "kind": "fixed", "value": 10, "product_id": service.id})
        rule.with_context(lang="zh_CN").name = "喷漆"
        order = self._order(self.special)
        order.order_line.surcharge_rule_ids = rule
        english, chinese = READERS
        self._as(order, self.sales, chinese).action_apply_surcharges()
        digest = order._review_digest()
        self._as(order, self.sales, english).action_apply_surcharges()
        self.assertEqual(order._review_digest(), digest)

    def test_signed_forms_keep_their_words(self):
        """RPT-1, REV-3: departments, units and people who are renamed later keep their names on signed forms."""
        review = self._walk(self._ordered(), *READERS)
        instruction = review.order_id.instruction_ids
        instruction.with_user(self.reviewers["quality"]).action_acknowledge()
        words = {}
        for record, names in (
                (review, ["user_name", "submitted_name", "concluded_name"]),
                (review.line_ids, ["department_name", "signed_name"]), (review.item_ids, ["unit_name"]),
                (instruction, ["issued_name"]), (instruction.line_ids, ["unit_name"]),
                (instruction.acknowledgement_ids, ["department_name", "acknowledged_name"])):
            for name in names:
                words[record, name] = record.mapped(name)
                self.assertTrue(any(words[record, name]), name)
        for user in self.people:
            user.name = "Renamed"
        for department in self.departments.values():
            department.name = "Renamed"
        review.item_ids.uom_id.name = "Renamed"
        self.env.flush_all()
        self.env.invalidate_all()
        for (record, name), former in words.items():
            self.assertEqual(record.mapped(name), former, name)
        for report, record in (("order_review", review), ("production_instruction", instruction)):
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(f"order_review.report_{report}", record.ids)
            self.assertNotIn("Renamed", html.decode(), report)
