import ast

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_split


class ServiceDesk(models.Model):
    """Where requests of a company come in: the department that answers for them, and its mail address (AFT-1)."""

    _name = "service.desk"
    _inherit = ["document.number.mixin", "mail.alias.mixin"]
    _description = "After-Sales Desk"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade")
    department_id = fields.Many2one(
        "hr.department", check_company=True, ondelete="restrict",
        help="Answers for the requests: its manager is asked where nobody else is named.")
    dispatcher_id = fields.Many2one(
        "res.users", string="Receives Requests", domain="[('share', '=', False)]", ondelete="restrict",
        help="Hands requests of customers over to an engineer. Empty: the department's manager.")
    flood_limit = fields.Integer(
        string="Bundle After", required=True, default=3,
        help="So many requests of one sender within the minutes below; what he sends then is added to his last one.")
    flood_minutes = fields.Integer(string="Within Minutes", required=True, default=60)
    ask_when = fields.Selection(
        [("never", "Never"), ("solved", "When Solved"), ("closed", "When Closed")], string="Ask Whether Content",
        required=True, default="closed", help="The customer is asked once for each request.")
    low_score = fields.Selection(
        [("1", "Unhappy"), ("3", "Neutral and Unhappy")], string="Follow Up", required=True, default="1",
        help="Which answers the head of the department speaks with the customer about.")

    _flood_limit_positive = models.Constraint(
        "CHECK(flood_limit BETWEEN 1 AND 1000)", "Bundle after 1 to 1000 requests.")
    _flood_minutes_positive = models.Constraint(
        "CHECK(flood_minutes BETWEEN 1 AND 1440)", "Requests are bundled within 1 to 1440 minutes.")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("service.request")
        if self.id:
            values["alias_defaults"] = {
                **ast.literal_eval(self.alias_defaults or "{}"), "desk_id": self.id, "company_id": self.company_id.id}
        return values

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            for desk in self:
                desk.alias_defaults = str(desk._alias_get_creation_values()["alias_defaults"])
        return result

    @api.model
    def _get_for(self, company):
        """The first desk of a company.

        :raise UserError: it has none
        """
        # sudo: whoever sends a request need not see how it is answered
        desk = self.sudo().search([("company_id", "=", company.id)], limit=1)
        if not desk:
            raise UserError(self.env._(
                "%(company)s has no after-sales desk. Make one under After-Sales → Configuration → Desks.",
                company=company.sudo().name))  # sudo: as above
        return desk

    def _get_address_in(self, msg_dict):
        """The address of this desk that a mail was sent to; it may be known in several domains."""
        written = [address.lower() for address in email_split(
            f"{msg_dict.get('to') or ''},{msg_dict.get('recipients') or ''}")]
        name = f"{(self.alias_name or '').lower()}@"
        mine = [address for address in written if self.alias_name and address.startswith(name)]
        return self.alias_email if self.alias_email in mine or not mine else min(mine)

    def _get_dispatcher(self):
        """Who hands requests over; empty where nobody can be reached."""
        self.ensure_one()
        user = self.dispatcher_id
        if user.active and self.company_id in user.company_ids:
            return user
        return self.department_id._get_next_manager(self.company_id).sudo()
