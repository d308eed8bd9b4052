"""The company in which an order goes its whole way: that of the demo, without its stories.

Its people have the least rights that their work needs; its departments, templates, plans, clocks and limits are those
that the addons ship and the demo company adds. A second description of a whole plant would say the same in other words.
"""
import base64
import re
import uuid
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools.convert import convert_file

#: What there is before the first order.
FILES = (
    "company", "calendar", "departments", "users", "product_category", "products", "components", "suppliers",
    "carriers", "customers", "mrp", "stock", "order_review_config", "quality_config", "plan_config")
ZONE = "Asia/Shanghai"
#: A stroke from left to right, as the pages send it.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAMCAYAAAB4MH11AAAAOElEQVR42mNgGEngPz0M/08LB/0nUdN/Yg3HpfA/tV1NrNx/aobdf3KC"
    "hBRXkBPpJCfD/yMjdwIA638X6fWAsp0AAAAASUVORK5CYII=")
PAPER = base64.b64encode(b"%PDF-1.4 text").decode()


class ChainCompany(HttpCase):
    """Who works here, and how they reach the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up()

    @classmethod
    def _set_up(cls):
        """The company; also for a database that is to have such an order (``tests/uninstall``)."""
        if not cls.env.ref("switchgear_demo.company", raise_if_not_found=False):
            cls._load()
        cls.company = cls.known("company")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.users = {user.login: user for user in cls.env["res.users"].search([("company_id", "=", cls.company.id)])}
        cls._set_up_rules()
        cls._set_up_goods()
        # jobs commit what they have done; here all is one transaction
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 600.0)

    @classmethod
    def _load(cls):
        """The demo's files. In tests, and only there, Odoo gives a new company a warehouse of its own."""
        for name in FILES:
            convert_file(cls.env, "switchgear_demo", f"demo/{name}.xml", {}, mode="init", noupdate=True)
            if name == "company":
                warehouses = cls.env["stock.warehouse"].search([("company_id", "=", cls.known("company").id)])
                (warehouses - cls.known("warehouse_main")).active = False

    @classmethod
    def known(cls, name):
        """A record of the demo company."""
        return cls.env.ref(f"switchgear_demo.{name}").with_env(cls.env)

    @classmethod
    def _set_up_rules(cls):
        cls.company.write({
            "delivery_notice_required": True, "delivery_note_required": True,
            "quality_review_department_ids": [Command.set(cls.known("department_purchasing").ids)],
            "shortage_planner_id": cls.users["planner"].id, "shortage_buyer_id": cls.users["logistics"].id,
            "shortage_engineering_department_id": cls.known("department_engineering").id,
            "shortage_quality_department_id": cls.known("department_quality").id,
            "shortage_group_manager_id": cls.users["gm"].id, "sla_general_manager_id": cls.users["gm"].id})
        cls.desk = cls.env["service.desk"].create({
            "name": "售后服务台", "company_id": cls.company.id, "alias_name": "fuwu.chain",
            "department_id": cls.known("department_service").id, "dispatcher_id": cls.users["service"].id})

    @classmethod
    def _set_up_goods(cls):
        """Cabinet and breaker are made and bought for their order only; for the breaker a requisition is written."""
        cls.env.ref("stock.route_warehouse0_mto").active = True
        cls.cabinet, cls.breaker = cls.known("product_ggd_in"), cls.known("product_acb")
        to_order = cls.env.ref("stock.route_warehouse0_mto")
        for product in cls.cabinet | cls.breaker:
            product.route_ids += to_order
        cls.breaker.purchase_request = True
        cls.stock = cls.known("warehouse_main").lot_stock_id
        cls.customer = cls.known("customer_power")

    # How people reach the server

    def at(self, login):
        """The environment of a person: his rights, his language. What others did before has ended by now."""
        self.env.cr.flush()
        return self.env(user=self.users[login].id, context={
            "lang": "zh_CN", "tz": ZONE, "allowed_company_ids": self.company.ids})

    def by(self, login, records):
        """Records as a person has them before him."""
        return records.with_env(self.at(login))

    def window(self, login, action, values=None):
        """A window that a button opens, filled in."""
        window = self.at(login)[action["res_model"]].with_context(**action.get("context", {}))
        return window.create(values or {})

    def scan(self, login, flow, *events):
        """Events of a flow, as the device sends them: (kind, value) or (kind, value, more); the last answer.

        Nothing that is scanned here may be refused.
        """
        run = str(uuid.uuid4())
        for kind, value, *more in events:
            answer = self.at(login)["scan.run"].outbox_step(
                {"run": run, "flow": flow, "event": {"kind": kind, "value": value, **(more[0] if more else {})}}, None)
            self.env.invalidate_all()
            said = answer["message"] or {}
            self.assertNotEqual(said.get("kind"), "error", f"{flow} {kind} {value}: {said.get('text')}")
        return answer

    @contextmanager
    def nobody(self):
        """A visitor without login, who came by a link or a code."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.authenticate(None, None)
        yield
        self.env.invalidate_all()

    def page(self, path, data=None, files=None):
        """What a page of a link answers."""
        answer = self.url_open(f"{path}?lang=zh_CN", data=data, files=files)
        self.assertEqual(answer.status_code, 200, answer.text[:2000])
        return answer.text

    def send(self, path, act="", **said):
        """What a visitor types into the form of a page, and sends."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page(path)).group(1)
        return self.page(f"{path}/{act}".rstrip("/"), {"csrf_token": token, **said})

    # What several of them do

    def in_days(self, days):
        """A working hour so many days from now."""
        return fields.Datetime.now().replace(hour=2, minute=0, second=0) + timedelta(days=days)

    def document(self, login, order, kind, name):
        """A paper of the order, put in force."""
        document = self.at(login)["order.document"].create({
            "order_id": order.id, "kind": kind, "name": name, "datas": PAPER, "file_name": f"{name}.pdf"})
        document.action_release()
        return document

    def inspect(self, login, inspection, bad=(), accepted=None):
        """Start an inspection, enter its results and conclude it.

        :param bad: serial numbers that fail the first check that is made of each unit
        """
        inspection = self.by(login, inspection)
        inspection.action_start()
        data = inspection.get_entry_data()
        demo, rows = self.env["switchgear.demo"], []
        for row in demo._prepare_results(data, {}, Random(7)):
            line = next(line for line in data["lines"] if line["id"] == row["id"])
            if bad and line["kind"] == "check":
                units = row.get("measurements", ())
                numbers = {serial["id"]: serial["name"] for serial in data.get("serials") or data["units"] or ()}
                failed = [unit for unit in units if numbers.get(unit["lot_id"]) in bad]
                for unit in failed:
                    unit["ok"] = False
                if not units:
                    row["defect_count"] = len(bad)
                bad = ()
            rows.append(row)
        inspection.save_results({"revision": data["revision"], "lines": rows, "samples": []})
        inspection.action_conclude(*([accepted] if accepted is not None else []))
        return inspection

    def on_hand(self, product, location=None):
        """How much of a product is there."""
        quants = self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "child_of", (location or self.stock).id)])
        return sum(quants.mapped("quantity"))

    def lots(self, product, *names):
        return self.env["stock.lot"].search([("product_id", "=", product.id), ("name", "in", names)])

    @staticmethod
    def one(records, **values):
        """The record of those that has these values."""
        return records.filtered_domain([(name, "=", value) for name, value in values.items()])

    def add_lines(self, *rows):
        return [Command.create(row) for row in rows]
