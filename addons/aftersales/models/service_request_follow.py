import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
CRON = "aftersales.ir_cron_follow_requests"
BATCH = 1000


class ServiceRequest(models.Model):
    """What follows when a mail has become a request: its sender gets the number, somebody has the to-do.

    The job does it within a minute, so that neither holds up the gateway where mails come in by the hundred; the clocks
    run from the moment the request is there (AFT-1).
    """

    _inherit = "service.request"

    is_to_follow = fields.Boolean(readonly=True, copy=False, export_string_translation=False)

    _to_follow_idx = models.Index("(id) WHERE is_to_follow")

    def _follow_later(self):
        job = self.env["ir.model.data"]._xmlid_to_res_id(CRON)  # which is cached: nobody deletes it
        self.env["ir.cron"].sudo().browse(job)._trigger()  # sudo: the job is the system's

    @api.model
    def _cron_follow(self):
        """Do what follows for each request apart: one that fails holds up no other, and is tried again (ARC-6)."""
        requests = self.search([("is_to_follow", "=", True)], order="id", limit=BATCH)
        self.env["ir.cron"]._commit_progress(remaining=len(requests))
        for request in requests:
            if request.try_lock_for_update() and request.is_to_follow:
                try:
                    with self.env.cr.savepoint():
                        request._follow()
                except Exception:  # whatever it is: a template, an address
                    _logger.exception("%s: what follows its mail failed; it is tried again", request.name)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _follow(self):
        """Tell the sender the number, ask who hands it over; twice is once."""
        self.ensure_one()
        if not self._is_frozen():
            self._acknowledge()
            self._ask_next()
        self.is_to_follow = False
