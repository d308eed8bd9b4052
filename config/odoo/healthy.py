"""Health of a container: ``healthy.py web`` or ``healthy.py cron``; ends with 1 and a sentence when it is ill."""
import os
import sys
import urllib.request

import psycopg2

LATE = "30 minutes"


def web():
    """Both the workers and the websocket's process answer, and reach the database."""
    for option, port in (("ODOO_HTTP_PORT", 8069), ("ODOO_GEVENT_PORT", 8072)):
        address = f"http://127.0.0.1:{os.environ.get(option, port)}/web/health?db_server_status=1"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5) as reply:
            if reply.status != 200:
                return f"{address} answers {reply.status}"
    return None


def cron():
    """No job has been due for long: somebody works them off."""
    with psycopg2.connect(connect_timeout=5) as connection, connection.cursor() as cursor:
        cursor.execute("select cron_name from ir_cron"
                       " where active and nextcall < now() at time zone 'utc' - %s::interval", [LATE])
        late = [name for name, in cursor.fetchall()]
    return f"due for more than {LATE}: {', '.join(late)}" if late else None


if __name__ == "__main__":
    try:
        complaint = {"web": web, "cron": cron}[sys.argv[1]]()
    except Exception as error:  # any failure to ask is a failure
        complaint = f"{type(error).__name__}: {error}"
    sys.exit(complaint)
