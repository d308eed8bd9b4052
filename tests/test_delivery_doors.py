"""Every method that RPC reaches on deliveries, called by who has no business there."""
import inspect

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon

OURS = ("order_delivery", "order_delivery_review", "order_delivery_quality", "order_delivery_change")
#: Open a window or a list, which asks for rights itself.
WINDOWS = ("action_view_", "action_say", "action_consent", "action_receipt")
#: What somebody could have changed.
TABLES = ("delivery_notice", "delivery_notice_line", "delivery_crate", "stock_gate_pass", "stock_picking", "stock_move",
          "mail_activity", "mail_message")


@tagged("post_install", "-at_install")
class TestDeliveryDoors(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sister = cls.env["res.company"].create({"name": "Sister Works"})
        cls.outsiders = {
            "portal": new_test_user(cls.env, "od_door_portal", groups="base.group_portal"),
            "clerk": cls.clerk,
            "sister": new_test_user(
                cls.env, "od_door_sister", company_id=sister.id, company_ids=[Command.set(sister.ids)],
                groups="order_delivery.group_delivery_manager,stock.group_stock_manager,"
                       "sales_team.group_sale_manager"),
        }
        draft, released, shipped = cls._notice(release=False), cls._notice(), cls._notice()
        cls._ship(cls, shipped)
        shipped.sudo()._follow()
        notices = (draft | released | shipped).sudo()
        cls.documents = [notices, notices.line_ids[:1], shipped.sudo().crate_ids, notices.order_id[:1],
                         notices.picking_ids[:1]]

    def _doors(self, records):
        """Names of the methods of ours that take the records, and what else is given by default."""
        for name in dir(type(records)):
            method = getattr(type(records), name, None)
            if name.startswith("_") or not inspect.isfunction(method) or name in ("create", "write", "unlink"):
                continue
            parts = inspect.unwrap(method).__module__.split(".")
            wanted = [one for one in list(inspect.signature(method).parameters.values())[1:]
                      if one.default is one.empty and one.kind == one.POSITIONAL_OR_KEYWORD]
            if parts[:2] == ["odoo", "addons"] and parts[2] in OURS and not wanted:
                yield name

    def _state(self):
        self.env.flush_all()
        self.env.cr.execute(" UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"  # noqa: S608
            for table in TABLES))
        return dict(self.env.cr.fetchall())

    def _try(self, record, name, user, before):
        """:return: what is wrong with the answer, if anything is"""
        self.env.invalidate_all()
        with self.env.cr.savepoint() as undone:
            try:
                answer = call_kw(record.with_user(user), name, [record.ids], {})
            except UserError:
                undone.rollback()
                return None
            except Exception as error:  # noqa: BLE001
                undone.rollback()
                return f"{type(error).__name__}: {error}"
            changed = [table for table, sum_ in self._state().items() if sum_ != before[table]]
            undone.rollback()
        if changed:
            return f"changed {changed}"
        return f"answered {answer}" if answer and answer is not True and not name.startswith(WINDOWS) else None

    def test_nobody_outside_does_anything(self):
        """ARC-5, DLV-1, DLV-3, DLV-4, DLV-8: a portal user, a clerk without any role, and whoever is everything in
        another company: each method is refused in a clear word, or does nothing; no traceback."""
        before, tried, wrong = self._state(), 0, []
        for records in self.documents:
            self.assertTrue(records, records._name)
            for name in self._doors(records):
                for record in records:
                    for who, user in self.outsiders.items():
                        tried += 1
                        if fault := self._try(record, name, user, before):
                            wrong.append(f"{who}: {record}.{name}: {fault}")
        self.assertFalse(wrong)
        self.assertGreater(tried, 100)
