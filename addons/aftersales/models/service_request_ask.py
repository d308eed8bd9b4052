from odoo import api, fields, models
from odoo.exceptions import UserError

HAND_OVER = "aftersales.mail_activity_type_hand_over"
CONTACT = "aftersales.mail_activity_type_contact"
SOLVE = "aftersales.mail_activity_type_solve"
PARTS = "aftersales.mail_activity_type_parts"
QUOTE = "aftersales.mail_activity_type_quote"


class ServiceRequest(models.Model):
    """One person is asked at a time: to hand over, to contact, to solve (AFT-1, AFT-2)."""

    _inherit = "service.request"

    @api.constrains("user_id")
    def _check_engineer(self):
        """Whoever is named can be reached: asked, too, when it is handed over to somebody who has left meanwhile."""
        for request in self:
            user = request.user_id.sudo()  # sudo: his companies
            if user and not (user.active and request.company_id in user.company_ids):
                raise UserError(self.env._(
                    "%(request)s: %(user)s works here no more. Name another engineer.", request=request.name,
                    user=user.name))

    def _ask_next(self):
        """The to-do of whoever is next; the others end."""
        for request in self.sudo():  # sudo: to-dos of others
            kind, user = request._get_next()
            kind_id = kind and self.env.ref(kind).id
            # Sales has its part while the request is worked on: later the salesperson would only be refused.
            asked = request.activity_search([HAND_OVER, CONTACT, SOLVE, *(() if kind == SOLVE else (PARTS, QUOTE))])
            there = asked.filtered(lambda todo, kind_id=kind_id: todo.activity_type_id.id == kind_id)
            (asked - there).unlink()
            if kind and user and there.user_id != user:
                there.unlink()
                request._ask(kind, user)

    def _get_next(self):
        """Pair (type of to-do, who); nothing where nobody has to do anything."""
        if self.state == "new" and not self.handed_on:
            return HAND_OVER, self.dispatcher_id
        # who has left meanwhile is replaced by whoever can name another engineer
        user = self.user_id if self.user_id.active else self.desk_id._get_dispatcher()
        if self.state == "new":
            return CONTACT, user
        return (SOLVE, user) if self.state in ("contacted", "in_progress") else (None, None)

    def _ask(self, activity_type, user):
        self.message_subscribe(user.partner_id.ids)
        self.activity_schedule(
            activity_type, user_id=user.id, summary=self.display_name,
            date_deadline=fields.Date.context_today(self.with_context(tz=user.tz or "UTC")))

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._ask_next()
        return result
