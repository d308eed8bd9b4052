from odoo import SUPERUSER_ID, api, fields


def migrate(cr, version):
    """The job looks each minute: nobody calls it any more when goods leave."""
    job = api.Environment(cr, SUPERUSER_ID, {}).ref("order_delivery.ir_cron_follow_notices", raise_if_not_found=False)
    if job and (job.interval_number, job.interval_type) == (1, "hours"):
        job.write({"interval_type": "minutes", "nextcall": fields.Datetime.now()})
