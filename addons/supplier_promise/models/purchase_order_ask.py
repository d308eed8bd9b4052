from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from .purchase_order_answer import ASK_DATE, ASK_SHIPMENT
from .supplier_promise import STAFF

BATCH = 50
#: What is asked: field of the line that keeps for which date, template, to-do.
QUESTIONS = {
    "date": ("supplier_asked_date", "supplier_promise.mail_template_ask_date", ASK_DATE),
    "shipment": ("shipment_asked_date", "supplier_promise.mail_template_ask_shipment", ASK_SHIPMENT),
}


class PurchaseOrder(models.Model):
    """The supplier is asked for the real shipping date, and whether the goods are shipped (PUR-6, PUR-7)."""

    _inherit = "purchase.order"

    def action_ask_supplier(self, message=""):
        """Ask the suppliers now, by a mail in their language with the link to their page (PUR-6).

        :param message: what whoever asks has to say beside the question
        :raise AccessError: no buyer
        :raise UserError: an order cannot be asked about; each is named with what is missing
        """
        self.check_access("read")
        self._check_groups(*STAFF)
        if problems := [problem for order in self if (problem := order._get_asking_problem())]:
            raise UserError("\n".join(problems))
        for order in self:
            order._ask("date", order.order_line.filtered(lambda line: line._get_open_quantity() > 0), message)
        return {
            "type": "ir.actions.client", "tag": "display_notification", "params": {
                "type": "success",
                "message": self.env._(
                    "Asked by mail: %(suppliers)s", suppliers=", ".join(self.partner_id.mapped("display_name"))),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_asking_problem(self):
        """Why the supplier cannot be asked, with the cure; empty where he can."""
        self.ensure_one()
        partner = self.partner_id
        words = {"order": self.name, "supplier": partner.display_name}
        if self.state not in ("sent", "purchase"):
            return self.env._("%(order)s is no open order: nothing to ask for.", **words)
        if self.closed_on or not any(line._get_open_quantity() > 0 for line in self.order_line):
            return self.env._("%(order)s: everything has been received.", **words)
        if not partner.active or not partner.commercial_partner_id.active:
            return self.env._("%(order)s: %(supplier)s is archived. Reactivate it, or order elsewhere.", **words)
        if not partner.email_normalized:
            return self.env._(
                "%(order)s: %(supplier)s has no e-mail address that can be written to. Give one, or ask by phone and "
                "enter the promise on the line.", **words)
        return ""

    def _ask(self, question, lines, message=""):
        """Ask about these lines of the order. Each line is asked once per planned date."""
        self.ensure_one()
        field, template, activity_type = QUESTIONS[question]
        order = self.sudo()  # sudo: mails, to-dos and links are made for whoever buys; the right was checked
        problem = order._get_asking_problem()
        if not problem:
            mail = order.env.ref(template).with_context(supplier_url=order._get_supplier_url(question))
            mail.send_mail(
                order.id, email_layout_xmlid="mail.mail_notification_light",
                email_values=order._get_message_values(mail, message))
            words = order.with_context(lang=order._get_buyer().lang or self.env.lang)  # the buyer's, whoever asks
            order._note(words.env._("The supplier was asked by mail: %(question)s", question=mail.with_env(
                words.env).name), self.env.user.partner_id)
        for line in lines:
            line.sudo()._write_signed({field: line.date_planned})  # sudo: as above
        if buyer := order._get_buyer():
            order.activity_unlink([activity_type])
            order.with_context(lang=buyer.lang).activity_schedule(
                activity_type, user_id=buyer.id, note=problem or False,
                date_deadline=fields.Date.context_today(order))

    def _get_message_values(self, template, message):
        """The mail's text with a message below it, as it was typed; nothing where there is none."""
        if not (message or "").strip():
            return {}
        body = template._render_field("body_html", self.ids, compute_lang=True)[self.id]
        words = Markup('<p style="margin: 12px 0px; font-size: 14px; white-space: pre-line;">%s</p>') % message.strip()
        return {"body_html": body + words}

    @api.model
    def _cron_ask_suppliers(self):
        """Ask by the calendar: so many working days before the planned arrival, and on the shipping day."""
        companies = self.env["res.company"].search([("active", "=", True)])
        todo = []
        for company in companies:
            orders = self.with_company(company)
            for question, days in (("date", company.supplier_ask_days), ("shipment", company.supplier_transit_days)):
                if question == "date" and not days:
                    continue
                lines = orders._find_lines_to_ask(question, company, days)
                todo += [(question, order.id, mine.ids) for order, mine in lines.grouped("order_id").items()]
        self.env["ir.cron"]._commit_progress(remaining=len(todo))
        for batch in split_every(BATCH, todo):
            for question, order_id, line_ids in batch:
                self._ask_in_turn(question, order_id, line_ids)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    @api.model
    def _ask_in_turn(self, question, order_id, line_ids):
        """One order that cannot be asked does not hold up the others."""
        order = self.browse(order_id)
        order = order.with_company(order.company_id)
        try:
            with self.env.cr.savepoint():
                order._ask(question, self.env["purchase.order.line"].browse(line_ids))
        except UserError as error:
            order._message_log(body=str(error))

    @api.model
    def _find_lines_to_ask(self, question, company, days):
        """Lines of which something is to come within so many working days, not asked for that date yet."""
        field = QUESTIONS[question][0]

        def not_asked(model, alias, query):
            return SQL("%s IS DISTINCT FROM %s", model._field_to_sql(alias, field, query),
                       model._field_to_sql(alias, "date_planned", query))

        def not_received(model, alias, query):
            return SQL("COALESCE(%s, 0) < %s", model._field_to_sql(alias, "qty_received", query),
                       model._field_to_sql(alias, "product_qty", query))

        domain = Domain([
            ("company_id", "=", company.id), ("order_id.state", "=", "purchase"), ("order_id.closed_on", "=", False),
            ("display_type", "=", False), ("date_planned", "<=", company._get_working_day_end(days)),
        ]) & Domain.custom(to_sql=not_asked) & Domain.custom(to_sql=not_received)
        domain &= ~Domain("order_id.receipt_status", "=", "full")
        if question == "shipment":
            # what was shipped and has arrived says nothing of the rest, which comes by the backorder
            domain &= ~Domain("order_id.picking_ids", "any", [
                ("supplier_shipment", "=", "shipped"), ("state", "not in", ("done", "cancel"))])
        lines = self.env["purchase.order.line"].search(domain, order="order_id, id")
        return lines.filtered(lambda line: line._get_open_quantity() > 0)
