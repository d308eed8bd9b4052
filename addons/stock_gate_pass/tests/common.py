from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class GateCommon(BaseCommon):
    """A store with its head and a storekeeper, a guard at the gate, and a worker who has nothing to do with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.keeper = cls._user("keeper", "stock.group_stock_user")
        cls.keeper_head = cls._user("keeper_head", "stock.group_stock_manager")
        cls.worker = cls._user("worker", "base.group_user")
        cls.guard = cls._user("guard", "stock_gate_pass.group_gate_guard")
        cls.customer = cls.env["res.partner"].create({"name": "Switch Works"})

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(cls.env, f"gate_{login}", groups=groups, email=f"{login}@plant.example",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])

    def _tools(self, user=None, **values):
        """A pass for two tools that are lent out, requested by the storekeeper."""
        return self.env["stock.gate.pass"].with_user(user or self.keeper).create({
            "reason": "other", "partner_id": self.customer.id, "must_return": True, "expected_return": "2030-01-10",
            "line_ids": [Command.create({"name": "Crimping tool", "quantity": 2})], **values})

    def _lent(self, **values):
        """Tools that have gone out."""
        gate = self._tools(**values)
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out()
        return gate
