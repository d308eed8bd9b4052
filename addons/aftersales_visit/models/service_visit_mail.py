import logging

from odoo import api, fields, models

from odoo.addons.aftersales.models.service_request_mail import NOT_A_PERSON

_logger = logging.getLogger(__name__)
CRON = "aftersales_visit.ir_cron_send_reports"


class ServiceVisit(models.Model):
    """The signed report goes to the customer; a printer that fails keeps no technician waiting (AFT-3)."""

    _inherit = "service.visit"

    def _send_later(self):
        self.env.ref(CRON).sudo()._trigger()  # sudo: the worker is the system's

    @api.model
    def _cron_send_reports(self):
        """Mail the reports of visits that were signed; each for itself, safe to run twice (ARC-6)."""
        visits = self.search([("state", "=", "done"), ("sent_on", "=", False), ("email", "!=", False)])
        for count, visit in enumerate(visits, 1):
            if not visit.try_lock_for_update() or visit.sent_on:
                continue
            try:
                with self.env.cr.savepoint():
                    visit._send_report()
            except Exception:  # a report that cannot be printed must not keep the others; it is tried again
                _logger.exception("The report of %s could not be sent", visit.name)
            self.env["ir.cron"]._commit_progress(1, remaining=len(visits) - count)

    def _send_report(self):
        self.ensure_one()
        template = self.env.ref("aftersales_visit.mail_template_report")
        lang = self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        # who runs the job has no zone of his own: the times on the report are those of the plant
        zone = self.company_id._get_zone().zone
        template.with_context(lang=lang, tz=zone).send_mail(self.id, email_values={"headers": repr(NOT_A_PERSON)})
        self.sent_on = fields.Datetime.now()

    def _get_report_base_filename(self):
        return f"{self.kind_id.name} {self.name}"

    def _get_sender(self):
        """The address of the desk, else the company's."""
        request = self.request_id
        return request._get_sender() if request else self.company_id.email_formatted
