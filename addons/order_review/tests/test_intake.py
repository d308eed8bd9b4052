from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestIntake(ReviewCommon):

    def test_message_names_what_is_missing(self):
        """INT-1, INT-2: an order with missing data is not sent to review; the message names all of it."""
        order = self._order(ready=False, medium_id=False, commitment_date=False)
        with self.assertRaisesRegex(UserError, "Missing") as caught:
            self._submit(order)
        for name in ("Intake channel", "Delivery date that the customer asks for",
                     "Signed requirement confirmation", "Person of the customer who confirmed"):
            self.assertIn(name, str(caught.exception))
        self.assertFalse(order.review_ids)
        self.assertIn("Intake channel", order.intake_missing.splitlines())
        order.write({"medium_id": self.medium.id, "commitment_date": fields.Datetime.now()})
        self._confirm_requirements(order)
        order.invalidate_recordset(["intake_missing"])
        self.assertFalse(order.intake_missing)
        self.assertEqual(self._submit(order).state, "in_review")

    def test_line_check_names_the_lines(self):
        """INT-2: a checklist item about the lines names the lines at fault."""
        order = self._order(quantity=0)
        with self.assertRaisesRegex(UserError, r"Quantity of every product \(Ring main unit\)"):
            self._submit(order)

    def test_complete_set_needs_its_background(self):
        """INT-3, INT-4: a project order names its project, manager and, for complete sets, the background."""
        order = self._order(self.special, project_background=False, project_name=False, project_manager_id=False)
        missing = order.intake_missing.splitlines()
        for name in ("Project name", "Project manager", "Background of the project, for complete sets"):
            self.assertIn(name, missing)
        self.assertFalse(self._order(project_background=False, project_name=False).intake_missing)

    def test_checklist_is_data(self):
        """INT-2: the checklist is edited by the administrator; a company may have items of its own."""
        other = self.env["res.company"].create({"name": "Other"})
        reference = self.env["ir.model.fields"]._get("sale.order", "client_order_ref")
        check = self.env["order.intake.check"].create({
            "name": "Customer reference", "kind": "field", "field_id": reference.id, "company_id": self.company.id})
        order = self._order()
        self.assertEqual(order.intake_missing, "Customer reference")
        check.company_id = other
        order.invalidate_recordset()
        self.assertFalse(order.intake_missing)

    def test_check_without_its_field_is_refused(self):
        """INT-2: an incomplete checklist item is refused, and so is a filter that is none."""
        with self.assertRaisesRegex(ValidationError, "fill in"):
            self.env["order.intake.check"].create({"name": "Nothing", "kind": "field"})
        with self.assertRaisesRegex(ValidationError, "not a valid filter"):
            self.env["order.intake.check"].create({"name": "Bad", "kind": "domain", "domain": "[('no_such', '=', 1)]"})

    def test_requirement_confirmation_needs_person_and_document(self):
        """INT-3: confirmed by whom, when, with the signed confirmation attached."""
        order = self._order(ready=False)
        with self.assertRaisesRegex(UserError, "who confirmed"):
            order.action_confirm_requirements()
        order.requirement_confirmed_by = "Mr. Wang"
        with self.assertRaisesRegex(UserError, "attach"):
            order.action_confirm_requirements()
        drafts = [self._document(order, "confirmation", name, release=False) for name in ("Requirements", "Copy")]
        with self.assertRaisesRegex(UserError, "of several drafts"):
            order.action_confirm_requirements()
        drafts.pop().unlink()
        order.action_confirm_requirements()
        self.assertEqual(order.requirement_confirmed_on, fields.Date.context_today(order))
        self.assertEqual(drafts[0].state, "in_force", "the proof of the confirmation")

    def test_confirmation_without_its_file_is_none(self):
        """INT-3: the entry alone does not confirm anything."""
        order = self._order(ready=False, requirement_confirmed_by="Mr. Wang")
        self.env["order.document"].create({"order_id": order.id, "kind": "confirmation"})
        with self.assertRaisesRegex(UserError, "has no file"):
            order.action_confirm_requirements()
        self.assertFalse(order.requirement_confirmed_on)

    def test_document_is_called_by_its_kind(self):
        """QUO-3: what an order has one of has its kind's name until somebody types another; a drawing has none."""
        document = self.env["order.document"].new({"kind": "confirmation"})
        self.assertEqual(document.name, "Requirement confirmation")
        document.kind = "agreement"
        self.assertEqual(document.name, "Technical agreement")
        document.kind = "drawing"
        self.assertFalse(document.name)
        document.name = "Cabinet"
        document.kind = "contract"
        self.assertEqual(document.name, "Cabinet")

    def test_salesperson_manages_his_project(self):
        """INT-4: who sells the project is its manager until somebody else is named."""
        order = self._order(ready=False, project_name=False, project_manager_id=False)
        self.assertFalse(order.project_manager_id)
        order.project_name = "Substation"
        self.assertEqual(order.project_manager_id, order.user_id)
        order.project_manager_id = self.desk
        order.project_name = "Substation, phase 2"
        self.assertEqual(order.project_manager_id, self.desk)

    def test_class_is_proposed_with_its_criteria(self):
        """INT-5: each criterion proposes non-regular and is named."""
        cases = {
            "Needs new design": {"product": self._product("A", design_class="new_design")},
            "Complete set or non-standard product": {"product": self._product("B", design_class="non_standard")},
            "Discontinued product": {"product": self._product("C", production_status="discontinued")},
            "Quality demand beyond the company's standard": {"quality_beyond_standard": True},
            "Short delivery with penalty clause or reputation at stake": {"is_reputation_critical": True},
        }
        for name, values in cases.items():
            order = self._order(ready=False, **values)
            self.assertEqual(order.order_class_criterion_ids.mapped("name"), [name])
            self.assertEqual(order.order_class_proposed, "non_regular")
        self.assertEqual(self._order(ready=False).order_class_proposed, "regular")

    def test_dormant_product_is_non_regular(self):
        """INT-5: a product not ordered for years is non-regular; one never ordered is not dormant."""
        product = self._product("Old")
        self.assertEqual(self._order(product, ready=False).order_class_proposed, "regular")
        self.company.order_review_policy = "none"
        old = self._order(product, ready=False)
        old.action_confirm()
        old.date_order = fields.Datetime.now() - relativedelta(years=3, days=1)
        self.env.invalidate_all()
        order = self._order(product, ready=False)
        self.assertEqual(order.order_class_criterion_ids.mapped("name"), ["Product not built for years"])
        old.date_order = fields.Datetime.now() - relativedelta(years=3, days=-1)
        self.env.invalidate_all()
        self.assertEqual(self._order(product, ready=False).order_class_proposed, "regular")

    def test_last_order_date_is_searchable(self):
        """INT-5: products can be found by their last order."""
        self.company.order_review_policy = "none"
        template, never = self.product.product_tmpl_id, self.special.product_tmpl_id
        order = self._order(ready=False)
        order.action_confirm()
        products = self.env["product.template"].search([("id", "in", (template | never).ids)])
        yesterday = fields.Datetime.now() - relativedelta(days=1)
        self.assertEqual(template.last_order_date, order.date_order)
        self.assertEqual(products.filtered_domain([("last_order_date", ">", yesterday)]), template)
        found = products.search([("id", "in", products.ids), ("last_order_date", ">=", yesterday)])
        self.assertEqual(found, template)
        self.assertFalse(products.search([("id", "in", products.ids), ("last_order_date", "<", yesterday)]))
        self.assertEqual(products.search([("id", "in", products.ids), ("last_order_date", "=", False)]), never)

    def test_class_is_overruled_with_a_reason_only(self):
        """INT-5: a person may overrule the proposed class, with a reason."""
        order = self._order(self.special)
        with self.assertRaisesRegex(UserError, "Complete set"):
            order.order_class = "regular"
        order.write({"order_class": "regular", "order_class_reason": "Repeat of last year's"})
        review = self._submit(order)
        self.assertRecordValues(review, [{
            "order_class": "regular", "order_class_reason": "Repeat of last year's"}])

    def test_class_follows_the_proposal_until_overruled(self):
        """INT-5: not overruled, the class is that of the order as it is when sent to review."""
        order = self._order()
        self.assertEqual(self._submit(order).order_class, "regular")
        order.order_line = [Command.create({"product_id": self.special.id})]
        self.assertEqual(self._submit(order).order_class, "non_regular")

    def test_class_given_at_creation(self):
        """INT-5: a class that an order is created with needs its reason like any other, by import too."""
        with self.assertRaisesRegex(UserError, "Complete set"):
            self._order(self.special, order_class="regular")
        with self.assertRaisesRegex(UserError, "Complete set"):
            self._order(self.special, order_class="regular", order_class_reason=".")
        with self.assertRaisesRegex(UserError, "Complete set"):
            self.env["sale.order"].with_context(default_order_class="regular").with_user(self.sales).create({
                "partner_id": self.partner.id, "order_line": [Command.create({"product_id": self.special.id})]})
        order = self._order(self.special, order_class="regular", order_class_reason="Repeat of last year's")
        self.assertEqual(self._submit(order).order_class, "regular")

    def test_decision_does_not_cover_what_came_later(self):
        """INT-5: a reasoned class covers the criteria that it knew; one that comes up later reopens it."""
        order = self._order(self.special)
        order.write({"order_class": "regular", "order_class_reason": "Repeat of last year's"})
        self.assertEqual(order._get_order_class(), "regular")
        order.has_penalty_clause = True
        self.assertEqual(order._get_order_class(), "non_regular")
        self.assertRecordValues(self._submit(order), [{
            "order_class": "non_regular",
            "order_class_reason": ", ".join(order.order_class_criterion_ids.mapped("name"))}])
        early = self._order(order_class="regular", order_class_reason="Given before there was any doubt")
        early.order_line = [Command.create({"product_id": self.special.id})]
        self.assertEqual(early._get_order_class(), "non_regular")
        strict = self._order(order_class="non_regular", order_class_reason="New customer")
        strict.has_penalty_clause = True
        self.assertEqual(strict._get_order_class(), "non_regular")

    def test_gate_looks_at_the_class_anew(self):
        """INT-5, REV-11: where regular orders pass without review, one that has become non-regular does not; nor does
        one that was reviewed as regular and whose product needs a new design by now."""
        self.company.order_review_policy = "non_regular"
        for change in ({"has_penalty_clause": True}, {"order_line": [Command.create({"product_id": self.special.id})]}):
            order = self._order(order_class="regular")
            order.write(change)
            with self.assertRaisesRegex(UserError, "not reviewed yet"):
                order.action_confirm()
        order = self._reviewed()
        self.assertEqual(order.review_id.order_class, "regular")
        self.product.design_class = "new_design"
        with self.assertRaisesRegex(UserError, "reviewed as a regular order.*Needs new design"):
            order.action_confirm()
        self.assertEqual(self._submit(order).order_class, "non_regular")

    def test_criterion_without_condition_is_refused(self):
        """INT-5: a criterion that every order meets is refused."""
        with self.assertRaisesRegex(ValidationError, "every order"):
            self.env["order.class.criterion"].create({"name": "All", "kind": "order", "domain": "[]"})

    def test_supply_origin_tells_parts_apart(self):
        """INT-6: purchased parts and group-internal supply are told apart, on products and suppliers."""
        part = self._product("Breaker", supply_origin="outside")
        group = self._product("Transformer", supply_origin="group")
        order = self._order(order_line=[
            Command.create({"product_id": part.id}), Command.create({"product_id": group.id})])
        self.assertEqual(self._submit(order).item_ids.mapped("supply_origin"), ["outside", "group"])
        sister = self.env["res.partner"].create({"name": "Sister plant", "is_company": True, "is_group_company": True})
        contact = self.env["res.partner"].create({"name": "Clerk", "parent_id": sister.id})
        self.assertTrue(contact.is_group_company)

    def test_dispatched_to_the_departments(self):
        """INT-4: project name, customer, amount, deadline and project manager reach the departments."""
        order = self._order(self.special)
        review = self._submit(order)
        self.assertRecordValues(review, [{
            "project_name": "Substation", "partner_name": "Grid Company", "amount_total": 200.0,
            "requested_date": order._get_requested_date(), "project_manager_id": self.sales.id}])
        self.assertTrue(all(line.activity_ids for line in review.line_ids))

    def test_orders_are_counted_by_channel(self):
        """INT-1: the channel is recorded on each order and reported."""
        visit = self.env.ref("order_review.utm_medium_visit")
        self._order(ready=False, medium_id=visit.id)
        rows = self.env["sale.report"]._read_group([("medium_id", "=", visit.id)], ["medium_id"], ["__count"])
        self.assertEqual(rows, [(visit, 1)])

    def test_channels_are_a_short_list_of_their_own(self):
        """INT-1: an order offers our seven channels and what the company adds, in the user's language, none of
        marketing's media; a medium that marketing adds is not among them."""
        offered = self.env["utm.medium"].search(self.env["sale.order"]._fields["medium_id"].domain)
        self.assertLessEqual(
            {"Phone call", "E-mail", "Online shop", "WeChat", "Visit", "Tender", "Dealer"}, set(offered.mapped("name")))
        of_marketing = self.env.ref("utm.utm_medium_banner") | self.env.ref("utm.utm_medium_phone")
        self.assertFalse(offered & of_marketing)
        added = self.env["utm.medium"].with_context(**self._channel_context()).create({"name": "Trade fair"})
        self.assertTrue(added.is_intake_channel)
        self.assertFalse(self.env["utm.medium"].create({"name": "Poster"}).is_intake_channel)
        self.env["res.lang"]._activate_lang("zh_CN")
        added.with_context(lang="zh_CN").name = "展会"
        self.assertEqual((added.name, added.with_context(lang="zh_CN").name), ("Trade fair", "展会"))

    def _channel_context(self):
        return safe_eval(self.env.ref("order_review.utm_medium_action").context)
