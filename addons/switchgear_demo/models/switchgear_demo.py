import base64
import gc
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.paper import paper
from ..tools.past import living_at


class SwitchgearDemo(models.AbstractModel):
    """Tells the stories of the demo orders: what each person did, so many working hours ago.

    The demo files call it as the person (``uid``). Every step goes through the method behind the button or the
    dialog, with that person's rights: what the demo shows has passed the same gates as anybody's work.
    An order is called by its name in the story, ``rail`` for ``switchgear_demo.order_rail``.
    """

    _name = "switchgear.demo"
    _description = "Story of a Demo Order"

    @api.model
    def _take_in(self, name, hours_ago, customer, lines, days, values):
        """Register an order.

        :param lines: product, quantity and the surcharges of each line
        :param days: the customer asks for delivery in so many days; 0: he has not said
        """
        with self._living(hours_ago):
            now = fields.Datetime.now()
            self.env["sale.order"]._load_records([{
                "xml_id": f"switchgear_demo.order_{name}",
                "noupdate": True,
                "values": {
                    "partner_id": self._get("customer", customer).id,
                    "user_id": self.env.uid,
                    "date_order": now,
                    "commitment_date": days and now.replace(hour=4, minute=0, second=0) + timedelta(days=days),
                    "order_line": [self._prepare_line(*line) for line in lines],
                    **values,
                },
            }])

    @api.model
    def _add(self, name, hours_ago, product, quantity):
        """Add a line to the order."""
        self._act(name, hours_ago, "write", {"order_line": [self._prepare_line(product, quantity)]})

    @api.model
    def _act(self, name, hours_ago, method, *arguments):
        """Call a method of the order."""
        self._call(hours_ago, self._get("order", name), method, *arguments)

    @api.model
    def _act_review(self, name, hours_ago, method, *arguments):
        """Call a method of the order's current round."""
        self._call(hours_ago, self._get_round(name), method, *arguments)

    @api.model
    def _act_instruction(self, name, hours_ago, method, *arguments):
        """Call a method of the order's production instruction."""
        instruction = self.env["production.instruction"].search(
            [("order_id", "=", self._get("order", name).id), ("state", "!=", "cancelled")])
        self._call(hours_ago, instruction, method, *arguments)

    @api.model
    def _file(self, name, hours_ago, kind, title, lines):
        """File a paper with the order and put it in force."""
        with self._living(hours_ago):
            self._create_document(name, kind, title, lines).action_release()

    @api.model
    def _settle(self, name, hours_ago, person, papers=()):
        """The customer's person confirms the requirements; his other papers are put in force."""
        order = self._get("order", name)
        texts = (order.technical_requirements, order.quality_requirements, order.packing_requirements)
        with self._living(hours_ago):
            for kind, title in (("confirmation", "订货需求确认书"), *papers):
                self._create_document(name, kind, title, [
                    f"客户：{order.partner_id.name}", f"项目：{order.project_name or order.name}",
                    *(text for text in texts if text), f"客户确认人：{person}"]).action_release()
            order.requirement_confirmed_by = person
            order.action_confirm_requirements()

    @api.model
    def _sign(self, name, hours_ago, answer, days, opinion="", failed="", conditions=()):
        """Sign the opinion that the user was asked for.

        :param days: calendar days that the department needs
        :param failed: the shipped criterion that is not met; the others are
        :param conditions: values of the conditions
        """
        line = self._get_round(name).line_ids.filtered(lambda line: line.user_id == self.env.user)
        with self._living(hours_ago):
            line.check_ids.result = "ok"
            if failed:
                criterion = self.env.ref(f"order_review.review_criterion_{failed}")
                line.check_ids.filtered(lambda check: check.criterion_id == criterion).result = "not_ok"
            line.write({
                "lead_time_days": days,
                "opinion": opinion,
                "condition_ids": [Command.create(values) for values in conditions],
            })
            getattr(line, f"action_{answer}")()

    @api.model
    def _word(self, name, hours_ago, kind, wording):
        """Say in what words the customer is asked to accept the conditions of a kind."""
        conditions = self._get_round(name).condition_ids.filtered(lambda condition: condition.kind == kind)
        with self._living(hours_ago):
            conditions.customer_wording = wording

    @api.model
    def _answer(self, name, hours_ago, answer, person, note=""):
        """Record the customer's written answer to the conditions."""
        review = self._get_round(name)
        title = f"客户书面答复 {review.name}"
        with self._living(hours_ago):
            self.env["order.review.customer"].create({
                "review_id": review.id,
                "answer": answer,
                "answered_by": person,
                "note": note,
                "datas": base64.b64encode(paper(title, [f"答复人：{person}", note])),
                "file_name": f"{title}.pdf",
            }).action_record()

    @api.model
    def _contract(self, name, hours_ago, person):
        """Register the contract that the customer's person has signed, which confirms the order."""
        order = self._get("order", name)
        with self._living(hours_ago):
            document = self._create_document(name, "contract", f"订货合同 {order.name}", [
                f"需方：{order.partner_id.name}", f"供方：{order.company_id.name}", f"需方签字：{person}"])
            self.env["order.contract.register"].create({
                "order_id": order.id,
                "signed_by": person,
                "signed_on": fields.Datetime.now().date(),
                "document_id": document.id,
            }).action_register()

    @api.model
    def _instruct(self, name, hours_ago):
        """Issue the production instruction."""
        self._act(name, hours_ago, "action_issue_instruction")
        self._act_instruction(name, hours_ago, "action_issue")

    @api.model
    def _produce(self, name, hours_ago, days):
        """Plan the manufacturing orders of the order, to begin in so many days."""
        order = self._get("order", name).sudo()  # the planner may not read orders; Odoo's own procurement does it so
        with self._living(hours_ago):
            self.env["mrp.production"].create([{
                "product_id": line.product_id.id,
                "product_qty": line.product_uom_qty,
                "origin": order.name,
                "sale_line_id": line.id,
                "date_start": fields.Datetime.now() + timedelta(days=days),
            } for line in order._get_review_lines()]).action_confirm()

    @api.model
    def _store(self, hours_ago, products):
        """Put finished products into the store, each with its serial number.

        :param products: pairs of product and quantity
        """
        location = self._get("warehouse", "main").lot_stock_id
        with self._living(hours_ago):
            for product, quantity in products:
                product = self._get("product", product)
                lots = self.env["stock.lot"].create([
                    {"product_id": product.id, "name": f"{product.default_code}-{number:04}"}
                    for number in range(1, quantity + 1)])
                self.env["stock.quant"].with_context(inventory_mode=True).create([
                    {"product_id": product.id, "lot_id": lot.id, "location_id": location.id, "inventory_quantity": 1}
                    for lot in lots]).action_apply_inventory()

    @api.model
    def _deliver(self, name, hours_ago):
        """Ship the order from stock."""
        transfers = self.env["stock.picking"].search([("origin", "=", self._get("order", name).sudo().name)])
        with self._living(hours_ago):
            transfers.action_assign()
            transfers.button_validate()

    @api.model
    def _invoice(self, name, hours_ago):
        """Post the invoice that sales has drafted."""
        with self._living(hours_ago):
            invoices = self.env["account.move"].search([
                ("invoice_origin", "=", self._get("order", name).sudo().name), ("state", "=", "draft")])
            invoices.invoice_date = fields.Datetime.now().date()
            invoices.action_post()

    @api.model
    def _end(self):
        """The stories have come to the present."""
        self._strike(self._get_moment(0))

    def _call(self, hours_ago, records, method, *arguments):
        with self._living(hours_ago):
            getattr(records, method)(*arguments)

    @contextmanager
    def _living(self, hours_ago):
        """Take the moment so many working hours ago for now, until all that follows from the step is written."""
        moment = self._get_moment(hours_ago)
        self._strike(moment)
        with self._living_at(moment):
            yield

    @contextmanager
    def _living_at(self, moment):
        with living_at(self.env.cr, moment, self.env.registry):
            yield
            self.env.cr.flush()
        # As the system: what anybody wrote into any chatter, and mails to people who do not exist.
        then = [("create_date", "=", moment)]
        self.env["mail.message"].sudo().search([*then, ("date", ">", moment)]).date = moment
        self.env["mail.mail"].sudo().search([*then, ("state", "=", "outgoing")]).cancel()
        # While modules are loaded, Odoo collects no garbage, and looks for an environment among all that were ever
        # made: with those of all former steps, an eighth of the time. Younger generations only: they are small.
        gc.collect(1)

    @api.model
    def _strike(self, until):
        """Have the clocks of the orders remind and escalate up to a moment, each in its hour."""
        clocks = self.env["sla.clock"].sudo()  # as the cron does, which runs as the system
        while due := clocks.search([("next_event_at", "<=", until)], order="next_event_at", limit=1):
            with self._living_at(due.next_event_at):
                clocks._process_due()

    def _get_moment(self, hours_ago):
        """The moment so many working hours ago (naive UTC); 0 is now, whether it is worked or not."""
        now = datetime.now(timezone.utc).replace(microsecond=0)
        if hours_ago:
            company = self.env.company
            seconds = company.resource_calendar_id._sla_work_time(company).retreat(
                int(now.timestamp()), round(hours_ago * 3600))
            now = datetime.fromtimestamp(seconds, timezone.utc)
        return now.replace(tzinfo=None)

    def _get(self, kind, name):
        return self.env.ref(f"switchgear_demo.{kind}_{name}")

    def _get_round(self, name):
        """The current round; while a change is reviewed that of the change."""
        return self.env["order.review"].search(
            [("order_id", "=", self._get("order", name).id), ("is_current", "=", True)],
            order="round_no desc", limit=1)

    def _prepare_line(self, product, quantity, *surcharges):
        rules = [self.env.ref(f"order_review.surcharge_rule_{surcharge}").id for surcharge in surcharges]
        return Command.create({
            "product_id": self._get("product", product).id,
            "product_uom_qty": quantity,
            "surcharge_rule_ids": [Command.set(rules)],
        })

    def _create_document(self, name, kind, title, lines):
        return self.env["order.document"].create({
            "order_id": self._get("order", name).id,
            "kind": kind,
            "name": title,
            "datas": base64.b64encode(paper(title, lines)),
            "file_name": f"{title}.pdf",
        })
