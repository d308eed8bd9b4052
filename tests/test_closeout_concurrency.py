"""Two people act on the close-out of an order at once, on two real connections."""
import unittest

import psycopg2

import odoo.api
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestCloseoutConcurrency(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            env.company.order_review_policy = "none"
            cls.managers = [cls._user(env, name, "order_closeout.group_order_management") for name in ("one", "two")]
            cls.desks = [cls._user(env, name, "order_review.group_order_review_desk") for name in ("three", "four")]
            cls.heads = [cls._user(env, name, "base.group_user") for name in ("five", "six")]
            silent, asking = (env["order.evaluation"]._open_for(env["sale.order"].browse(order))  # nobody is asked
                              for order in (cls._order(env), cls._order(env)))
            asking.activity_ids.unlink()
            answers = env["order.evaluation.answer"].create([{
                "evaluation_id": asking.id, "department_id": cls._department(env, head)} for head in cls.heads])
            answers.went_wrong = "All went well"
            cls.silent, cls.answers = silent.id, answers.ids
            cls.fresh = cls._order(env)

    @classmethod
    def _user(cls, env, name, group):
        return env["res.users"].with_context(no_reset_password=True).create({
            "name": name, "login": f"cl_{name}",
            "group_ids": [Command.set([env.ref("base.group_user").id, env.ref(group).id])]}).id

    @classmethod
    def _department(cls, env, user):
        employee = env["hr.employee"].create({"name": "Head", "user_id": user})
        return env["hr.department"].create({"name": f"Department {user}", "manager_id": employee.id}).id

    @classmethod
    def _order(cls, env):
        order = env["sale.order"].create({
            "partner_id": env["res.partner"].create({"name": "Grid Company"}).id, "order_line": [Command.create({
                "product_id": env["product.product"].create({"name": "Cabinet", "type": "consu"}).id})]})
        order.action_confirm()
        return order.id

    def _both(self, model, ids, users, act, refused=None):
        """Two people do the same at one moment: the second is turned back, and meets what the first did.

        :param refused: what the second is told then; nothing where he may go on
        """
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one, two = (odoo.api.Environment(cr, user, {})[model].browse(id_) for cr, user, id_ in zip(
                (first, second), users, ids, strict=True))
            self.assertTrue(one.display_name and two.display_name)  # both have read it
            results = [act(one)]
            one.env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                act(two)
            second.rollback()
            two.env.invalidate_all()
            if refused:
                with self.assertRaisesRegex(UserError, refused):  # as the server repeats the request
                    act(two)
            else:
                results.append(act(two))
                two.env.flush_all()
                second.commit()
        return results

    def test_two_managers_conclude_at_once(self):
        """EVA-1: one conclusion stands, the other is told that it is concluded."""
        self._both("order.evaluation", [self.silent] * 2, self.managers, lambda evaluation: evaluation.action_conclude(
            f"To be learnt, says {evaluation.env.user.name}."), "Concluded")
        with self.clone.env() as env:
            evaluation = env["order.evaluation"].browse(self.silent)
            self.assertEqual((evaluation.concluded_by.id, evaluation.conclusion),
                             (self.managers[0], "To be learnt, says one."))

    def test_two_departments_answer_at_once(self):
        """EVA-1: the last of them is known to be the last: somebody is asked to conclude."""
        self._both("order.evaluation.answer", self.answers, self.heads, lambda answer: answer.action_acknowledge())
        with self.clone.env() as env:
            evaluation = env["order.evaluation.answer"].browse(self.answers).evaluation_id
            self.assertEqual((evaluation.next_step, len(evaluation.activity_ids)), ("conclude", 1))

    def test_two_of_the_desk_open_it_at_once(self):
        """EVA-1: an order has one evaluation, whoever opened it; the other meets that one."""
        one, two = self._both(
            "sale.order", [self.fresh] * 2, self.desks, lambda order: order.action_open_evaluation()["res_id"])
        self.assertEqual(one, two)
