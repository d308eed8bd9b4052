import re
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import consteq
from odoo.tools.misc import hmac

TOKEN = re.compile(r"^(\d{1,9})-(\d{1,4})-(\d{8})-([0-9a-f]{32})$")


class StockLot(models.Model):
    """The page of a cabinet, by the code on it: signed, so that nobody reaches another cabinet by counting (AFT-1)."""

    _inherit = "stock.lot"

    def _get_service_url(self):
        """The address that the code on the cabinet says; it is the same each time, until it is renewed or over."""
        self.ensure_one()
        years = (self.company_id or self.env.company).service_code_years
        begun = self.create_date.date() if self.create_date else fields.Date.today()
        return f"{self.get_base_url()}/service/{self._sign_service_code(self._get_code_end(begun, years))}"

    @staticmethod
    def _get_code_end(begun, years):
        """A code printed later than its cabinet is still valid for at least half of the time."""
        end, half = begun + relativedelta(years=years), fields.Date.today() + relativedelta(months=6 * years)
        return end if end >= half else date(half.year, 12, 31)

    def _sign_service_code(self, day):
        self.ensure_one()
        head = f"{self.id}-{self.service_code_version}-{day:%Y%m%d}"
        return f"{head}-{self._get_code_signature(head)}"

    @api.model
    def _get_code_signature(self, head):
        return hmac(self.env(su=True), "aftersales.cabinet", head)[:32]  # sudo: the database's secret

    @api.model
    def _find_by_service_code(self, token):
        """The cabinet of a code; empty for whatever else: nobody learns why.

        As superuser, in the company of the cabinet.
        """
        found = TOKEN.match(token or "")
        none = self.sudo().browse()  # sudo: who scans the code is not logged in
        if not found or not consteq(self._get_code_signature(token.rpartition("-")[0]), found[4]):
            return none
        lot = none.browse(int(found[1])).exists()
        if not lot or lot.service_code_version != int(found[2]) or f"{fields.Date.today():%Y%m%d}" > found[3]:
            return none
        company = lot.company_id or self.env.company
        return lot.with_company(company).with_context(allowed_company_ids=company.ids)
