import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .service_request_mail import NOT_A_PERSON

MANAGER = "aftersales.group_service_manager"
FOLLOW_UP = "aftersales.mail_activity_type_follow_up"
FOLLOW_UP_DAYS = 2
#: Addresses behind which nobody reads.
ROBOT = re.compile(r"^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|notifications?)\b", re.IGNORECASE)


class ServiceSatisfaction(models.Model):
    """A customer is asked once whether he is content; what he says, and who speaks with him where he is not (AFT-6).

    The rating is Odoo's own, of this record: a smiley is nobody's word that a request is not solved.
    """

    _name = "service.satisfaction"
    _inherit = ["document.control.mixin", "rating.mixin", "mail.activity.mixin", "sla.mixin"]
    _description = "Satisfaction"
    _order = "id desc"
    _check_company_auto = True
    _dossier_path = ("request_id", "order_id")
    _transitions = {"follow_up": Transition(("low",), "followed")}

    name = fields.Char(string="About", readonly=True, required=True)
    occasion = fields.Selection(
        [("service", "After Service"), ("delivery", "After Delivery")], required=True, readonly=True, index=True)
    state = fields.Selection(
        [("asked", "Not Answered Yet"), ("answered", "Has Answered"), ("low", "To Follow Up"),
         ("followed", "Followed Up")],
        string="Status", required=True, readonly=True, default="asked", index=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    desk_id = fields.Many2one(
        "service.desk", string="Team", required=True, readonly=True, index=True, ondelete="restrict",
        check_company=True)
    department_id = fields.Many2one(related="desk_id.department_id", string="Department", store=True, index=True)
    request_id = fields.Many2one(
        "service.request", readonly=True, index="btree_not_null", ondelete="cascade", check_company=True)
    order_id = fields.Many2one(
        "sale.order", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null", ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index="btree_not_null", ondelete="restrict")
    email = fields.Char(string="Asked at", readonly=True, required=True)
    user_id = fields.Many2one(
        "res.users", string="Engineer", readonly=True, index="btree_not_null", ondelete="restrict",
        help="Whose work is rated.")
    asked_on = fields.Datetime(string="Asked on", readonly=True, required=True, default=fields.Datetime.now)
    answered_on = fields.Datetime(string="Answered on", readonly=True)
    # Empty, not nought, until he answers: an average takes the answers only.
    score = fields.Float(readonly=True, aggregator="avg", help="5 happy, 3 neutral, 1 unhappy.")
    feedback = fields.Text(string="What He Says", readonly=True)
    follower_id = fields.Many2one(
        "res.users", string="Follows Up", readonly=True, index="btree_not_null", ondelete="restrict")
    follow_up = fields.Text(help="What the customer was told, and what was done.")
    followed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    followed_on = fields.Datetime(string="Followed Up on", readonly=True)

    @api.model
    def _ask(self, email, desk, occasion, **vals):
        """Ask a customer whether he is content, by a mail with Odoo's own links.

        For other addons, too: after a delivery call it with ``occasion="delivery"``, the order, and ``name``, the
        document in words. Whether he was asked already is for the caller to know.

        :return: service.satisfaction as superuser; empty where nobody reads what is sent there
        """
        email = email_normalize(email or "")
        if not email or self._is_robot(email):
            return self.sudo().browse()
        # sudo: nobody asks by hand
        asked = self.sudo().create({
            "email": email, "desk_id": desk.id, "company_id": desk.company_id.id, "occasion": occasion, **vals})
        asked._send_question()
        return asked

    @api.model
    def _is_robot(self, email):
        """Whether nobody reads what is sent to an address: a program's, one of ours, one that wants no mails."""
        # sudo: aliases and the black list
        return bool(
            ROBOT.match(email)
            or self.env["mail.alias"].sudo().search_count([("alias_full_name", "=", email)], limit=1)
            or self.env["mail.blacklist"].sudo().search_count([("email", "=", email)], limit=1))

    def _send_question(self):
        template = self.env.ref("aftersales.mail_template_satisfaction")
        for asked in self:
            lang = asked.partner_id.lang or asked.company_id.partner_id.lang or self.env.lang
            template.with_context(lang=lang).send_mail(asked.id, email_values={"headers": repr(NOT_A_PERSON)})

    def _get_sender(self):
        """The address that the mail leaves from."""
        return self.request_id._get_sender() if self.request_id else self.company_id.email_formatted

    def rating_apply(self, rate, token=None, rating=None, feedback=None, subtype_xmlid=None, notify_delay_send=False):
        """What the customer says by the links of the mail; he may change it until somebody has spoken with him.

        :raise AccessError: anybody else
        """
        if not self.env.su:  # the page of the links comes as superuser, after it has checked the link
            raise AccessError(self.env._("%(asked)s: the customer answers, by his link.", asked=self.display_name))
        if self._is_frozen():
            return rating
        rating = super().rating_apply(
            rate, token=token, rating=rating, feedback=feedback, subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send)
        self._note_answer(rating)
        return rating

    def _note_answer(self, rating):
        head = self.department_id._get_next_manager(self.company_id)
        is_low = rating.rating <= float(self.desk_id.low_score)
        self.write({
            "score": rating.rating, "feedback": rating.feedback, "answered_on": fields.Datetime.now(),
            "follower_id": head.id if is_low else False, "state": "low" if is_low else "answered"})
        self.activity_unlink([FOLLOW_UP])
        if is_low and head:
            self.message_subscribe(head.partner_id.ids)
            day = self.sla_deadline or fields.Datetime.add(fields.Datetime.now(), days=FOLLOW_UP_DAYS)
            self.activity_schedule(
                FOLLOW_UP, user_id=head.id, summary=self.display_name, date_deadline=self.company_id._get_day(day))

    def action_follow_up(self):
        """Somebody has spoken with the customer: what he was told stays.

        :raise AccessError: neither the head of after-sales nor who is asked
        :raise UserError: nothing written, or nothing to follow up
        """
        self._transit("follow_up", followed_by=self.env.uid, followed_on=fields.Datetime.now())
        self.sudo().activity_unlink([FOLLOW_UP])  # sudo: to-dos of others
        return True

    def _check_transition(self, operation):
        for asked in self:
            if asked.follower_id != self.env.user:
                asked._check_groups(MANAGER)
        result = super()._check_transition(operation)
        for asked in self:
            if not is_reason(asked.follow_up):
                raise UserError(self.env._(
                    "%(asked)s: write what the customer was told, and what was done.", asked=asked.display_name))
        return result

    def _get_open_fields(self):
        is_his = self.follower_id == self.env.user or self.env.user.has_group(MANAGER)
        return {"follow_up"} if self.state == "low" and is_his else set()

    def _get_living_fields(self):
        return super()._get_living_fields() | {"department_id"}

    def _is_frozen(self):
        return self.state == "followed"

    def _rating_get_operator(self):
        return self.user_id.partner_id
