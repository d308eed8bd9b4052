from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of what is missing: suppliers' dates, requisitions, shortages and what is done about them."""

    _inherit = "switchgear.demo"

    @api.model
    def _peg(self):
        """What covers each order is computed; the shortages follow, as after the cron, which would commit."""
        pegging = self.env["material.pegging"]
        pegging._refresh()
        pegging._on_refreshed(None)
        self.env["material.check"]._cron_prepare()

    @api.model
    def _promise(self, name, hours_ago, product, days, reason=""):
        """The buyer takes down when the supplier says that he delivers: in so many days from now."""
        line = self._get("purchase", name).order_line.filtered(
            lambda line: line.product_id == self._get("product", product))
        with self._living(hours_ago):
            line._promise(fields.Date.today() + timedelta(days=days), reason)

    @api.model
    def _ask_for(self, name, hours_ago, kind, reason, lines, days):
        """Write a requisition and submit it.

        :param lines: product, quantity and specification of each
        """
        with self._living(hours_ago):
            request = self.env["purchase.request"]._load_records([{
                "xml_id": f"switchgear_demo.request_{name}", "noupdate": True, "values": {
                    "request_kind": kind, "description": reason, "line_ids": [Command.create({
                        "product_id": self._get("product", product).id, "name": specification,
                        "product_qty": quantity, "product_uom_id": self._get("product", product).uom_id.id,
                        "date_required": fields.Date.today() + timedelta(days=days),
                    }) for product, quantity, specification in lines]}}])
            request.button_to_approve()

    @api.model
    def _act_request(self, name, hours_ago, method, *arguments):
        """Call a method of a requisition."""
        self._call(hours_ago, self._get("request", name), method, *arguments)

    @api.model
    def _plan_purchases(self, hours_ago):
        """The buyer collects what is approved into a plan and hands it to the head of purchasing."""
        with self._living(hours_ago):
            plan = self.env["purchase.plan"].create({})
            plan.action_collect()
            plan.action_submit()

    @api.model
    def _want_less(self, name, hours_ago, quantity, reason):
        """The buyer asks whoever planned it whether less of a requisition's first line may be bought."""
        with self._living(hours_ago):
            self.env["purchase.reduction"]._propose(
                quantity, reason, request_line=self._get("request", name).line_ids[:1])

    @api.model
    def _miss(self, production, hours_ago, product, quantity, note):
        """Somebody stands before an empty shelf."""
        with self._living(hours_ago):
            self.env["material.shortage"]._report(
                self._get("product", product), quantity, self._get("production", production), note=note)

    @api.model
    def _counter(self, production, hours_ago, product, kind, text, **values):
        """Take a countermeasure against what an order misses."""
        shortage = self._get_shortage(production, product)
        quantity = {"quantity": shortage.quantity} if kind in ("subcontract", "elsewhere") else {}
        with self._living(hours_ago):
            self.env["material.measure"]._take(shortage, kind, {"text": text, **quantity, **values})

    @api.model
    def _borrow(self, taker, hours_ago, product, quantity, giver, text):
        """A part that is reserved for a later order goes to an earlier one; who answers for the later one agrees."""
        shortage = self._get_shortage(taker, product)
        with self._living(hours_ago):
            measure = self.env["material.measure"]._take(shortage, "swap", {
                "text": text, "quantity": quantity, "giver_id": self._get("production", giver).id})
            measure.with_user(measure.decider_id).action_agree()

    @api.model
    def _bring(self, production, hours_ago, product, days, text):
        """Whoever brings a part promises a date."""
        shortage = self._get_shortage(production, product)
        with self._living(hours_ago):
            shortage.with_user(shortage.owner_id)._answer(fields.Date.today() + timedelta(days=days), text)

    def _get_shortage(self, production, product):
        return self.env["material.shortage"].search([
            ("production_id", "=", self._get("production", production).id),
            ("product_id", "=", self._get("product", product).id), ("state", "!=", "closed")])
