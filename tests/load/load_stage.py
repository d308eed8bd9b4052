"""The work that waits for the people of the load: made in Odoo's shell by the models' own methods.

``stage(env, rounds)`` commits it and returns the plan of the day as plain data: who does what in which round. Each
person has a login of his own, copied from those of the demo company whose work he does.
"""
from collections import namedtuple
from datetime import datetime, timedelta
from random import Random

from odoo.fields import Command

PASSWORD = "load"
#: Comes by a link, without login.
VISITOR = "visitor"
DEPARTMENTS = ("desk", "engineer", "quality", "buyer", "planner", "production")
#: Lists and boards that people look at: the action of each. Others than lists stand in load_people.py.
BOARDS = {
    "reviews": "order_review.order_review_action_board", "my reviews": "order_review.order_review_line_action_my",
    "inspections": "quality_inspection.quality_inspection_action_queue",
    "kitting": "material_shortage.material_kit_board_action",
    "deliveries": "order_delivery.delivery_notice_action", "service": "aftersales.service_request_action",
    "clocks": "order_sla.sla_clock_action"}
#: Pieces of each product in a transfer, products in it, crates of a notice, products of an inspected receipt.
PIECES, PRODUCTS, CRATES, RECEIVED = 4, 3, 4, 6


Visitor = namedtuple("Visitor", "login id")


class Stage:
    def __init__(self, env, seed=16):
        self.company = env.ref("switchgear_demo.company")
        self.env = env(context={
            "allowed_company_ids": self.company.ids, "lang": "zh_CN", "tz": "Asia/Shanghai", "tracking_disable": True,
            "mail_create_nosubscribe": True, "mail_notrack": True, "no_reset_password": True})
        self.company = self.company.with_env(self.env)
        self.random = Random(seed)
        self.store = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.people = {}

    def demo(self, name):
        return self.env.ref(f"switchgear_demo.user_{name}")

    def hire(self, kind, number):
        """The persons of a kind: made once, the same in each round."""
        mine = self.people.setdefault(kind, [])
        if LIKE[kind] == VISITOR:
            mine += [Visitor(f"{kind}_{index}", 0) for index in range(len(mine), number)]
        while len(mine) < number:
            names = LIKE[kind] or DEPARTMENTS[len(mine) % len(DEPARTMENTS)]
            like, *more = [self.demo(name) for name in names.split()]
            login = f"load_{kind}_{len(mine) + 1}"
            groups = like.group_ids.union(*(one.group_ids for one in more))
            user = self.env["res.users"].create({
                "name": f"{like.name} {len(mine) + 1}", "login": login, "email": f"{login}@load.example",
                "lang": like.lang, "tz": like.tz, "notification_type": "inbox", "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)], "group_ids": [Command.set(groups.ids)]})
            self.env["hr.employee"].create({
                "name": user.name, "user_id": user.id, "company_id": self.company.id,
                "department_id": like.employee_ids[:1].department_id.id})
            mine.append(user)
        return mine[:number]

    def products(self, name, number, **values):
        category = self.env["product.category"].create({"name": f"Load {name}"})
        return self.env["product.product"].create([{
            "name": f"Load {name} {index}", "type": "consu", "is_storable": True, "categ_id": category.id,
            "barcode": f"LOAD{name.upper()}{index}", "standard_price": 1.0, "list_price": 10.0,
            "taxes_id": [Command.clear()], "supplier_taxes_id": [Command.clear()], **values}
            for index in range(number)])

    def stock(self, products, quantity):
        for product in products:
            self.env["stock.quant"]._update_available_quantity(product, self.store.lot_stock_id, quantity)

    # --- what waits, by kind: a list of tasks of the wanted length -------------------------------------------------

    def opinions(self, number, people):
        """Orders in review: each department's opinion is asked from one of the people."""
        tasks = {user: [] for user in people}
        while min(map(len, tasks.values())) < number:
            order = self.env["sale.order"].with_user(self.demo("sales")).create({
                "partner_id": self.customer.id, "order_class_proposed": "non_regular", "project_name": "Load",
                "order_line": [Command.create({"product_id": self.cabinet.id, "product_uom_qty": 2})]})
            order.with_user(self.demo("desk")).action_request_review()
            for line in order.review_id.sudo().line_ids:
                user = min(people, key=lambda person: len(tasks[person]))
                line.sudo().user_id = user
                tasks[user].append({"line": line.id})
        return tasks

    def scans(self, number, people):
        """Transfers to receive and to ship; two people scan each of them, the last one finishes it."""
        tasks, pairs = {user: [] for user in people}, [people[at:at + 2] for at in range(0, len(people), 2)]
        for pair in pairs:
            for index in range(number):
                flow = ("receive", "ship")[index % 2]
                products = self.random.sample(list(self.parts), PRODUCTS)
                picking = self._transfer(flow, products, PIECES * len(pair))
                for user in pair:
                    codes = [product.barcode for product in products for _piece in range(PIECES)]
                    self.random.shuffle(codes)
                    tasks[user].append({"picking": picking.id, "flow": flow, "codes": codes, "people": len(pair)})
        return tasks

    def _transfer(self, flow, products, quantity):
        suppliers, customers = (self.env.ref(f"stock.stock_location_{name}") for name in ("suppliers", "customers"))
        kind, source, target = {
            "receive": (self.store.in_type_id, suppliers, self.store.lot_stock_id),
            "ship": (self.store.out_type_id, self.store.lot_stock_id, customers)}[flow]
        picking = self.env["stock.picking"].create({
            "picking_type_id": kind.id, "location_id": source.id, "location_dest_id": target.id,
            "delivery_note_ref": "LOAD", "move_ids": [Command.create({
                "product_id": product.id, "product_uom_qty": quantity, "location_id": source.id,
                "location_dest_id": target.id}) for product in products]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    def inspections(self, number, people):
        """Received goods that wait for their inspection."""
        tasks, wanted = {user: [] for user in people}, number * len(people)
        found = self.env["quality.inspection"]
        while len(found) < wanted:
            products = self.inspected[:RECEIVED]
            order = self._buy(products, 50)
            picking = order.picking_ids
            picking.delivery_note_ref = f"LOAD {order.name}"
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()
            made = self.env["quality.inspection"].search([("picking_id", "=", picking.id)])
            if len(made) != len(products):
                raise AssertionError(f"{picking.name} is {picking.state} and made {len(made)} inspections")
            found |= made
        for index, inspection in enumerate(found[:wanted]):
            tasks[people[index % len(people)]].append({"inspection": inspection.id, "quantity": inspection.quantity})
        return tasks

    def _buy(self, products, quantity):
        order = self.env["purchase.order"].create({
            "partner_id": self.supplier.id, "company_id": self.company.id, "user_id": self.demo("buyer").id,
            "order_line": [Command.create({
                "product_id": product.id, "product_qty": quantity, "price_unit": 2.5, "tax_ids": [Command.clear()],
                "date_planned": datetime.now() + timedelta(days=20)}) for product in products]})
        order.button_confirm()
        return order

    def moves(self, number, people):
        """A plan that all planners work on, an item of each."""
        department = self.demo("planner").employee_ids[:1].department_id
        plan = self.env["project.project"].create({
            "name": "Load plan", "is_plan": True, "plan_kind": "regular", "company_id": self.company.id,
            "promised_date": datetime.now().date() + timedelta(days=200), "plan_item_ids": [Command.create({
                "name": f"Load {user.login}", "duration_hours": 8, "plan_department_id": department.id,
                "plan_user_id": user.id, "company_id": self.company.id}) for user in people]})
        days = list(range(20, 150))
        self.random.shuffle(days)
        return {user: [{"plan": plan.id, "item": item.id, "days": days[(index * number + turn) % len(days)]}
                       for turn in range(number)]
                for index, (user, item) in enumerate(zip(people, plan.plan_item_ids, strict=True))}

    def reads(self, number, people):
        """Turns through the boards."""
        return {user: [{"board": board} for turn in range(number)
                       for board in [(*self.boards, "managers", "timeline")[(turn + index) % (len(self.boards) + 2)]]]
                for index, user in enumerate(people)}

    def suppliers(self, number, people):
        """Purchase orders of which the supplier has the link."""
        return {user: [{"order": order.id, "path": f"/supplier/{order._get_supplier_url('window').rsplit('/', 1)[1]}"}
                       for order in (self._buy(self.parts[:2], 10) for _number in range(number))] for user in people}

    def crates(self, number, people):
        """Crates that have left: each notice has some, for different people."""
        wanted, crates = number * len(people), self.env["delivery.crate"]
        while len(crates) < wanted:
            crates |= self._ship()
        return {user: [{"crate": crate.id, "path": f"/delivery/{crate.token}"}
                       for crate in crates[index:wanted:len(people)]] for index, user in enumerate(people)}

    def _ship(self):
        products, desk = self.cabinets, self.demo("desk")
        self.stock(products, 1)
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "user_id": self.demo("sales").id, "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": 1}) for product in products]})
        order.action_confirm()
        order.picking_ids.action_assign()
        notice = self.env["delivery.notice"].with_user(desk)._make(order.picking_ids.with_user(desk)).sudo()
        leaves = datetime.now().replace(microsecond=0) + timedelta(hours=2)
        notice.write({"date_planned": leaves, "date_arrival": leaves + timedelta(hours=5), "contact_name": "Load"})
        for move in notice.picking_ids.move_ids:
            move.move_line_ids.action_put_in_pack()
        notice.with_user(desk).action_release()
        notice.picking_ids.move_ids.picked = True
        notice.picking_ids.with_context(skip_backorder=True).button_validate()
        notice._follow()
        if notice.state != "shipped":
            raise AssertionError(f"{notice.name} is {notice.state}: {notice.problem_text}")
        return notice.crate_ids

    # --- all of it --------------------------------------------------------------------------------------------------

    def make(self, rounds):
        """
        :param rounds: ``[{kind: (people, tasks of each)}]``
        :return: the plan of the day
        """
        before = {name: self.company[name] for name in OPEN}
        self.company.write(OPEN)
        self.env["order.intake.check"].search([]).active = False
        self._furnish()
        planned = []
        for shares in rounds:
            work = []
            for kind, (number, amount) in shares.items():
                people = self.hire(kind, number)
                for user, tasks in getattr(self, MAKERS[kind])(amount, people).items():
                    work.append({"kind": kind, "login": user.login, "uid": user.id, "tasks": tasks[:amount]})
            planned.append(work)
        self.company.write(before)
        self._let_in()
        self.env.cr.execute("UPDATE ir_cron SET nextcall = now() at time zone 'utc' + interval '1 day'")
        self.env.cr.commit()
        return {"rounds": planned, "company": self.company.id, "boards": self.boards, "schedule": self.schedule,
                "stock": self._read_stock(), "codes": {product.id: product.barcode for product in self.parts}}

    def _let_in(self):
        """One password for all of them: to digest it once takes as long as a page."""
        users = self.env["res.users"].browse(
            user.id for people in self.people.values() for user in people if user.id)
        digest = self.env["res.users"]._crypt_context().hash(PASSWORD)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET password = %s WHERE id = ANY(%s)", [digest, users.ids])

    def _furnish(self):
        self.supplier, self.customer = self.env["res.partner"].create([{
            "name": f"Load {name}", "is_company": True, "email": f"{name}@load.example", "lang": "zh_CN"}
            for name in ("supplier", "customer")])
        self.cabinet = self.products("cabinet", 1, design_class="complete_set")
        self.parts, self.cabinets = self.products("part", 12), self.products("crated", CRATES)
        self.inspected = self.products("inspected", RECEIVED)
        self.stock(self.parts, 10000)
        self.env["quality.inspection.plan"].create({
            "name": "Load", "trigger": "incoming", "company_id": self.company.id,
            "product_ids": [Command.set(self.inspected.ids)],
            "sampling_ids": [Command.create({
                "defect_class": "major", "method": "aql", "level": "II", "aql": "1.0"})],
            "characteristic_ids": [Command.create({"name": "Looks", "kind": "check", "defect_class": "major"})]})
        self.boards = {name: self._read_board(xmlid) for name, xmlid in BOARDS.items()}
        self.schedule = self.env.ref("project_plan.project_task_view_schedule").id

    def _read_board(self, xmlid):
        action = self.env.ref(xmlid)
        return {"action": action.id, "model": action.res_model, "views": action.view_mode.split(",")}

    def _read_stock(self):
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "in", self.parts.ids), ("location_id", "=", self.store.lot_stock_id.id)], ["product_id"],
            ["quantity:sum"])
        return {product.id: quantity for product, quantity in groups}


#: Whose work they do; opinions: each of another department.
LIKE = {"opinion": None, "scan": "warehouse", "inspection": "inspector", "plan": "planner",
        "board": "gm planner inspector service logistics",
        "supplier": VISITOR, "crate": VISITOR}
MAKERS = {"opinion": "opinions", "scan": "scans", "inspection": "inspections", "plan": "moves", "board": "reads",
          "supplier": "suppliers", "crate": "crates"}
#: What would have to be done before the work of the load; each has its own tests.
OPEN = {"order_review_policy": "none", "delivery_needs_contract": False}


def stage(env, rounds):
    return Stage(env).make(rounds)
