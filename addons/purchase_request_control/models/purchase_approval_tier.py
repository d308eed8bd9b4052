from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class PurchaseApprovalTier(models.Model):
    """From which amount on a purchase order is approved by whom (PUR-5); a company without tiers works as Odoo does."""

    _name = "purchase.approval.tier"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "Approval Tier of Purchase Orders"
    _order = "company_id, amount_from, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_from = fields.Monetary(help="Total of the order in the company's currency, tax included.")
    group_id = fields.Many2one("res.groups", help="Whoever belongs to it approves.")
    user_ids = fields.Many2many("res.users", string="Persons", check_company=True, domain=[("share", "=", False)])
    own_allowed = fields.Boolean(
        string="The Buyer Himself", help="The buyer of the order may approve it; else another person does.")

    _amount_uniq = models.UniqueIndex("(company_id, amount_from)", "There is a tier of this amount already.")
    _amount_not_negative = models.Constraint("CHECK (amount_from >= 0)", "An amount is zero or more.")

    @api.constrains("name", "group_id", "user_ids")
    def _check_approvers(self):
        for tier in self:
            if not tier.group_id and not tier.user_ids:
                raise ValidationError(self.env._(
                    "%(tier)s: name a group or persons, else nobody can approve.", tier=tier.name))

    @api.model
    def _get_tier(self, order):
        """The tier that an order of that amount falls into; empty where the company has none for it."""
        if not order.company_id:  # a form just opened
            return self.browse()
        found = [tier_id for amount, tier_id in self._get_amounts(order.company_id.id) if (
            order.company_id.currency_id.compare_amounts(amount, order.amount_total_cc) <= 0)]
        return self.browse(found[-1:])

    @api.model
    @ormcache("company_id")
    def _get_amounts(self, company_id):
        """Pairs (amount, id) of a company's tiers, the least first; asked for at every confirmation."""
        tiers = self.sudo().search([("company_id", "=", company_id)], order="amount_from")  # sudo: of every buyer
        return tuple((tier.amount_from, tier.id) for tier in tiers)

    def _get_approvers(self, order):
        """Users who may approve the order: those of its tier and of the tiers above."""
        self.ensure_one()
        tier = self.sudo()  # sudo: who approves is no secret
        above = [found for amount, found in self._get_amounts(tier.company_id.id) if amount >= tier.amount_from]
        users = self.env["res.users"].sudo()  # sudo: as above
        for higher in tier.browse(above):
            users |= higher.user_ids | higher.group_id.all_user_ids
        users = users.filtered(lambda user: user.active and not user.share and tier.company_id in user.company_ids)
        if not tier.own_allowed:
            users -= order.user_id | order.create_uid
        return users.sudo(False)
