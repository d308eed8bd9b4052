"""Open clocks of the former revision are looked at once more.

It cut the decimals off limits, worked for a second on days off, forgot who had come back, and left clocks that were
paused after their deadline without a breach. The cron puts all of that right: the clocks are due now.
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute("UPDATE sla_clock SET next_event_at = now() AT TIME ZONE 'UTC' WHERE is_open")
