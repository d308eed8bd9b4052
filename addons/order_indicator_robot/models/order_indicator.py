import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class OrderIndicator(models.Model):
    _inherit = "order.indicator"

    @api.model
    def _cron_digest(self):
        """The groups have theirs with the mails: once a week, each in a savepoint of its own."""
        result = super()._cron_digest()
        for company in self.env["res.company"]._get_waiting_groups():
            try:
                with self.env.cr.savepoint():
                    company._say_digest()
            except Exception:  # whatever an indicator does: the other companies' groups get theirs
                _logger.exception("The weekly digest of %s was not told in its group; it is tried again", company.name)
            if not self.env["ir.cron"]._commit_progress(1):
                break
        return result

    def _tell_line(self, row):
        """A figure of the digest as a line of a chat: value, target, what it was before, who or what explains it."""
        parts = [self.env._("%(name)s: %(value)s", name=row["name"], value=row["text"])]
        if row["met_text"]:
            parts.append(self.env._("target %(target)s: %(met)s", target=row["target_text"], met=row["met_text"]))
        if row["is_now"]:
            parts.append(self.env._("as of now"))
        elif row["verdict"] != "none":
            parts.append(self.env._(
                "week before %(former)s (%(change)s, %(verdict)s)", former=row["former_text"],
                change=row["change_text"], verdict=row["verdict_text"]))
        return "; ".join(filter(None, (*parts, row["why"])))
