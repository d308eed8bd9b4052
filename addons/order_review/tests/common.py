import base64
from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command

from odoo.addons.base.tests.common import BaseCommon

REVIEWER = "base.group_user,order_review.group_order_review_user"
PICTURE = (  # a line, as a hand draws it
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAMCAYAAAB4MH11AAAAOElEQVR42mNgGEngPz0M/08LB/0nUdN/Yg3HpfA/tV1NrNx/aobd"
    "f3KChBRXkBPpJCfD/yMjdwIA638X6fWAsp0AAAAASUVORK5CYII=")
ROLES = ("desk", "engineering", "quality", "purchasing", "production")


class ReviewCommon(BaseCommon):
    """A company with a department and a manager for each part of the review, and an order ready for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.head = cls.env["hr.department"].create({"name": "Plant", "company_id": cls.company.id})
        cls.sales, cls.desk, cls.general_manager, *reviewers = cls._users({
            "sales": "sales_team.group_sale_salesman", "desk": "order_review.group_order_review_desk",
            "gm": REVIEWER, **{f"{role}_manager": REVIEWER for role in ROLES if role != "desk"}})
        cls.reviewers = dict(zip(ROLES, (cls.desk, *reviewers), strict=True))
        cls.departments = cls._departments()
        cls._managers({cls.departments[role]: user for role, user in cls.reviewers.items()} | {
            cls.head: cls.general_manager})
        cls.env["order.review.authority"].search([]).active = False
        cls.authority = cls.env["order.review.authority"].create({
            "name": "General manager", "kind": "conclude", "user_ids": [Command.set(cls.general_manager.ids)],
            "allow_decline": True})
        cls.partner = cls.env["res.partner"].create({"name": "Grid Company", "email": "buyer@grid.example"})
        cls.product = cls._product("Ring main unit")
        cls.special = cls._product("Cabinet set", design_class="complete_set")
        cls.medium = cls.env.ref("utm.utm_medium_phone")

    @classmethod
    def _user(cls, login, groups):
        return cls._users({login: groups})

    @classmethod
    def _users(cls, groups):
        """People by their logins, as new_test_user() makes them, but all at once: that takes a fraction of the time."""
        return cls.env["res.users"].create([{
            "login": f"rv_{login}", "name": f"rv_{login} ({names})", "password": f"rv_{login}".ljust(8, "x"),
            "email": f"{login}@plant.example", "company_id": cls.company.id,
            "company_ids": [Command.set(cls.company.ids)],
            "group_ids": [Command.set([cls.env.ref(name).id for name in names.split(",")])],
        } for login, names in groups.items()])

    @classmethod
    def _departments(cls):
        departments = cls.env["hr.department"].create([
            {"name": f"{role} department", "parent_id": cls.head.id, "company_id": cls.company.id} for role in ROLES])
        for role, department in zip(ROLES, departments, strict=True):
            cls.env.ref(f"order_review.review_role_{role}").department_ids = department
        return dict(zip(ROLES, departments, strict=True))

    @classmethod
    def _managers(cls, people):
        """Employees who manage the departments, by department."""
        employees = cls.env["hr.employee"].create([
            cls._employee_values(user, department) for department, user in people.items()])
        for department, employee in zip(people, employees, strict=True):
            department.manager_id = employee

    @classmethod
    def _employee_values(cls, user, department):
        return {"name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id}

    @classmethod
    def _employee(cls, user, department, manages=False):
        employee = cls.env["hr.employee"].create(cls._employee_values(user, department))
        if manages:
            department.manager_id = employee
        return employee

    @classmethod
    def _product(cls, name, **values):
        return cls.env["product.product"].create({
            "name": name, "type": "consu", "list_price": 100.0, "invoice_policy": "order", **values})

    @classmethod
    def _order(cls, product=None, quantity=2, ready=True, **values):
        order = cls.env["sale.order"].create({
            "partner_id": cls.partner.id, "user_id": cls.sales.id, "medium_id": cls.medium.id,
            "commitment_date": fields.Datetime.now() + timedelta(days=30),
            "project_name": "Substation", "project_background": "New substation", "project_manager_id": cls.sales.id,
            "technical_requirements": "IP4X", "quality_requirements": "GB 3906",
            "order_line": [Command.create({
                "product_id": (product or cls.product).id, "product_uom_qty": quantity, "price_unit": 100.0,
                "tax_ids": [Command.clear()]})],
            **values,
        })
        if ready:
            cls._confirm_requirements(order)
        return order

    @classmethod
    def _confirm_requirements(cls, order):
        cls._document(order, "confirmation", "Requirements")
        order.requirement_confirmed_by = "Mr. Wang"
        order.action_confirm_requirements()

    @classmethod
    def _document(cls, order, kind, name, content=b"%PDF-1.4 text", release=True):
        document = cls.env["order.document"].create({
            "order_id": order.id, "kind": kind, "name": name, "file_name": f"{name}.pdf",
            "datas": base64.b64encode(content)})
        if release:
            document.action_release()
        return document

    @contextmanager
    def _undone(self):
        """What happens in the block is taken back at its end: the next case begins with the class's data again."""
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    @classmethod
    def _submit(cls, order):
        order.with_user(cls.desk).action_request_review()
        return order.review_id

    @classmethod
    def _line(cls, review, role):
        return review.line_ids.filtered(lambda line: line.department_id == cls.departments[role]).with_user(
            cls.reviewers[role])

    @classmethod
    def _agree(cls, review, *roles):
        for role in roles or [role for role in ROLES if cls._line(review, role)]:
            line = cls._line(review, role)
            line.check_ids.result = "ok"
            line.action_agree()

    @classmethod
    def _reviewed(cls, product=None, conclusion="accept", **values):
        """An order whose review is concluded."""
        order = cls._order(product, **values)
        review = cls._submit(order)
        cls._agree(review)
        cls._conclude(review, conclusion, note="Decided.")
        return order

    @classmethod
    def _conclude(cls, review, conclusion, user=None, **values):
        conditions = values.pop("conditions", ())
        cls.env["order.review.conclude"].with_user(user or cls.general_manager).create({
            "review_id": review.id, "conclusion": conclusion,
            "condition_ids": [Command.create(condition) for condition in conditions], **values,
        }).action_conclude()

    @classmethod
    def _record_customer(cls, review, answer="accepted", user=None, **values):
        cls.env["order.review.customer"].with_user(user or cls.desk).create({
            "review_id": review.id, "answer": answer, "answered_by": "Mr. Wang",
            "datas": base64.b64encode(b"%PDF-1.4 answer"), "file_name": "answer.pdf", **values,
        }).action_record()
