from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

LEVELS = ("manager", "head", "general")
ASKED_LAST = "purchase_request.group_purchase_request_manager"


class PurchaseRequestLevel(models.Model):
    """Who approves which requests, by kind and amount: the highest level of the rows that apply (MAT-2, PUR-1)."""

    _name = "purchase.request.level"
    _inherit = ["document.number.mixin"]
    _description = "Approval Level of Requests"
    _order = "company_id, request_kind, amount_from, id"

    request_kind = fields.Selection(
        selection=lambda self: self.env["purchase.request"]._fields["request_kind"]._description_selection(self.env),
        string="Kind", help="Empty: requests of every kind.")
    amount_from = fields.Monetary(string="From Amount", help="In the company's currency.")
    level = fields.Selection(
        [("manager", "Department Manager"), ("head", "Division Head"), ("general", "General Manager")],
        string="Approved By", required=True, default="manager")
    company_id = fields.Many2one("res.company", index=True, help="Empty: every company.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    _amount_not_negative = models.Constraint("CHECK (amount_from >= 0)", "An amount is zero or more.")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for level in self:
            level.currency_id = (level.company_id or self.env.company).currency_id

    @api.depends("request_kind", "level")
    def _compute_display_name(self):
        kinds = self._get_selection_labels("request_kind")
        levels = self._get_selection_labels("level")
        for level in self:
            level.display_name = f"{kinds.get(level.request_kind) or '*'}: {levels.get(level.level, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        levels._check_shared()
        return levels

    def write(self, vals):
        self._check_shared()
        result = super().write(vals)
        self._check_shared()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_shared()

    def _check_shared(self):
        """
        :raise AccessError: a row for every company, and the user works for some of them only
        """
        if self.env.su or all(level.company_id for level in self):
            return
        # sudo: companies that the user does not see are the question
        others = Domain("id", "not in", self.env.user.company_ids.ids)
        if self.env["res.company"].sudo().search_count(others, limit=1):
            raise AccessError(self.env._(
                "A row without company holds for every company: whoever works for all of them changes it. Add a row "
                "for your company instead; the highest level applies."))

    @api.model
    def _get_level(self, request):
        """The highest level that a request needs; the department's manager where no row says more."""
        rows = self.sudo().search([  # sudo: who approves is no secret
            ("request_kind", "in", (request.request_kind, False)), ("company_id", "in", (request.company_id.id, False)),
            ("amount_from", "<=", request.approval_amount)])
        return max(rows.mapped("level"), key=LEVELS.index, default="manager")

    @api.model
    def _get_approvers(self, request):
        """Users who may decide on the request, the one to be asked first; he who asks is none of them.

        Those of the needed level and above it, along the departments; where none of them can be reached, the
        administrators of requests.
        """
        chain = [user for _department, user in request.department_id._get_managers(request.company_id) if user]
        chain = list(dict.fromkeys(chain))
        rank = len(chain) - 1 if (level := self._get_level(request)) == "general" else min(
            LEVELS.index(level), len(chain) - 1)
        users = [user for user in chain[max(rank, 0):] if not request._is_own(user)]
        if not users:
            users = [user for user in self._get_administrators(request.company_id) if not request._is_own(user)]
        return self.env["res.users"].browse([user.id for user in users])

    @api.model
    def _get_administrators(self, company):
        """Administrators of requests, who decide where nobody else can be reached; as superuser."""
        return self.env.ref(ASKED_LAST).sudo().all_user_ids.filtered(  # sudo: whom to ask is no secret
            lambda user: user.active and company in user.company_ids)
