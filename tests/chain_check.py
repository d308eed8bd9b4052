"""What must be true when an order is over."""
from datetime import datetime

from dateutil.relativedelta import relativedelta

from chain_excel import Excel


class Check(Excel):
    """Checks for :class:`chain_company.ChainCompany`."""

    def check_stock(self, order, production, lots, bought, spare):
        """The cabinets are with the customer, with their parts' numbers; nothing is held, nothing left over.

        :param spare: breakers of the store, which were not meant for this order
        """
        self.assertEqual(self.on_hand(self.cabinet), 0)
        self.assertEqual(self.on_hand(self.cabinet, self.env.ref("stock.stock_location_customers")), len(lots))
        self.assertEqual(self.sold(order).qty_delivered, len(lots))
        hold = self.known("warehouse_main").wh_qc_stock_loc_id
        self.assertEqual(self.on_hand(self.breaker, hold), 0)
        used = production.move_raw_ids.filtered(lambda move: move.product_id == self.breaker).move_line_ids
        self.assertEqual(sum(used.mapped("quantity")), bought)
        self.assertEqual(self.on_hand(self.breaker), spare)
        open_moves = self.env["stock.move"].search([
            ("reference_ids", "in", order.stock_reference_ids.ids), ("state", "not in", ("done", "cancel"))])
        self.assertFalse(open_moves.mapped("display_name"))

    def check_money(self, order):
        """Invoices come to the order; what was due is paid, what the contract keeps back is due a year later."""
        retention = self.payment(order, "retention")
        self.assertEqual(set((order.payment_line_ids - retention).mapped("state")), {"paid"})
        self.assertAlmostEqual(sum(order.payment_line_ids.mapped("amount")), order.amount_total, 2)
        invoices = order.invoice_ids.filtered(lambda move: move.state == "posted")
        self.assertAlmostEqual(sum(invoices.mapped("amount_total")), order.amount_total, 2)
        self.assertAlmostEqual(sum(invoices.mapped("amount_residual")), retention.amount, 2)
        delivered = order.company_id._get_day(order.effective_date)
        self.assertEqual(retention.date_due, delivered + relativedelta(months=12))
        self.assertFalse(retention.is_overdue)

    def check_dates(self, order, plan, notice):
        """Promised, planned and real dates agree wherever they are shown."""
        self.env.cr.flush()
        self.assertEqual(plan.promised_date, order._get_requested_date())
        self.assertFalse(plan.plan_item_ids.filtered(lambda item: item.plan_progress < 100).mapped("name"))
        row = self.env["delivery.punctuality"].search([("order_id", "=", order.id)])
        self.assertRecordValues(row, [{
            "state": "on_time", "date_promised": order.company_id._get_day(order.commitment_date)}])
        day = order.company_id._get_day
        self.assertEqual(day(row.date_completed), day(notice.shipped_on))

    #: Late for a reason of these stories: what leaves on the day on which it is announced was not announced a day
    #: ahead, and what is due on the day of the contract has no working day left where that is a Sunday.
    HASTY = {"sla_policy_notice_release", "sla_policy_payment"}

    def check_clocks(self, order):
        """Each clock of the order's documents was answered, and in time; what is late is explained."""
        clocks = self.get_clocks(order)
        self.assertGreater(len(clocks), 10)
        running = clocks.filtered(lambda clock: clock.is_open and not self.is_later(clock))
        self.assertFalse([(clock.policy_id.name, clock.res_name) for clock in running])
        # What was due before it began (the plan starts on the morning on which it is made) nobody could have kept.
        late = clocks.filtered(lambda clock: clock.is_late and clock.deadline_at > clock.started_at).policy_id
        self.assertFalse(late.filtered(lambda policy: policy.code not in self.HASTY).mapped("name"))
        self.assertFalse(clocks.filtered("error").mapped("error"))

    def is_later(self, clock):
        """The retention is due in a year: its clock runs."""
        return clock.policy_id.code == "sla_policy_payment" and self.env["order.payment.line"].browse(
            clock.res_id).is_retention

    def get_clocks(self, order):
        """Clocks of all documents of an order."""
        clocks = self.env["sla.clock"]
        for model, ids in order._get_dossier_ids().items():
            clocks |= clocks.search([("res_model", "=", model), ("res_id", "in", ids)])
        return clocks | clocks.search([("res_model", "=", order._name), ("res_id", "=", order.id)])

    #: A model for each stage that an order's dossier must tell of.
    STAGES = (
        "order.document", "order.review", "production.instruction", "project.project", "project.task",
        "document.release", "purchase.request", "purchase.order", "stock.picking", "quality.inspection",
        "material.check", "mrp.production", "process.card", "account.move", "delivery.notice", "delivery.crate",
        "stock.gate.pass", "service.request", "service.visit", "order.evaluation")

    def check_dossier(self, order, *records, without=()):
        """Every stage is in the dossier, as the management reads it.

        :param without: models of stages that this order had not
        """
        dossier = self.by("gm", order).get_dossier()
        self.assertTrue(dossier["events"])
        ids = order._get_dossier_ids()
        self.assertFalse([stage for stage in self.STAGES if not ids.get(stage) and stage not in without])
        for record in records:
            self.assertIn(record.id, ids[record._name])

    def check_excel(self, order, plan, inspections):
        """Plan, inspection records and ledger in Excel: dates are dates, numbers are numbers, units stand beside."""
        item = self.excel("planner", plan.plan_item_ids, "project_plan.ir_exports_plan_items")[0]
        self.assertIsInstance(item["planned_start"].value, datetime)
        self.assertTrue(item["planned_start"].is_date)
        self.assertIsInstance(item["duration_hours"].value, int | float)
        self.assertEqual(item["plan_progress"].value, 100)
        rows = self.excel("inspector", inspections, "quality_inspection.ir_exports_records")
        self.assertIsInstance(rows[0]["done_at"].value, datetime)
        self.assertEqual((rows[0]["quantity"].value, rows[0]["product_uom_id"].value), (2, self.breaker.uom_id.name))
        by_name = {row["line_ids/name"].value: row for row in rows if row["line_ids/name"].value}
        looked_at, measured = by_name["外观、附件齐全"], by_name["绝缘电阻"]
        self.assertEqual([measured[f"line_ids/{name}"].value for name in ("lower", "upper", "uom_id")],
                         [20, None, "MΩ"])
        value = measured["line_ids/measurement_ids/value"]
        self.assertIsInstance(value.value, int | float)
        self.assertEqual(value.number_format, "General", "a value keeps its decimals")
        self.assertIsNone(looked_at["line_ids/measurement_ids/value"].value)
        [row] = self.excel("saleshead", self.env["delivery.ledger"].search([("order_id", "=", order.id)]),
                           "delivery_ledger.ir_exports_ledger")
        self.assertEqual(row["date_shipped"].value.date(), self.company._get_today())
        self.assertTrue(row["date_promised"].is_date)
        self.assertEqual(row["quantity"].value, self.sold(order).product_uom_qty)
        self.assertEqual(row["product_uom_id"].value, self.cabinet.uom_id.name)
        self.assertAlmostEqual(row["amount"].value, order.amount_untaxed, 2)
