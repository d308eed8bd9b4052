"""aftersales: a mail becomes a request with its clocks running, against the same mail on a bare mail.thread model

Both go through Odoo's gateway (``message_process``), by an alias each, in alternating turns; medians of processor time
of this process and its connection's in PostgreSQL. The bare model is Odoo's department, which has a name and a thread.
The request is numbered, its customer found, and its clocks run. That the customer is told its number and somebody has
the to-do follows in a job; what that costs is said, too. Bar: at most 1.3 times the time.
"""
import logging
import statistics
import sys
from email.message import EmailMessage
from pathlib import Path

from odoo.tools import config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
TURNS, MAILS_A_TURN, BAR = 15, 4, 1.3

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
company = env.company
domain = env["mail.alias.domain"].search([], limit=1) or env["mail.alias.domain"].create({"name": "plant.example"})
company.alias_domain_id = domain
env["mail.gateway.allowed"].search([]).unlink()
desk = env["service.desk"]._get_for(company)
desk.write({"alias_name": "bench-service", "alias_domain_id": domain.id, "flood_limit": 1000,
            "dispatcher_id": env.user.id})
env["mail.alias"].create({
    "alias_name": "bench-bare", "alias_domain_id": domain.id, "alias_contact": "everyone",
    "alias_model_id": env["ir.model"]._get_id("hr.department"), "alias_defaults": "{'name': 'Bench'}"})
customer = env["res.partner"].create({"name": "Power Station", "is_company": True})
for number in range(20):
    env["res.partner"].create({
        "name": f"Wang {number}", "parent_id": customer.id, "email": f"wang{number}@power.example"})
sent = 0


def mail(address):
    """A mail of a customer of ours, with a photo."""
    global sent
    sent += 1
    message = EmailMessage()
    message["From"], message["To"] = f"Wang <wang{sent % 20}@power.example>", f"{address}@{domain.name}"
    message["Subject"], message["Message-Id"] = f"Breaker does not close {sent}", f"<{sent}@power.example>"
    message.set_content("Since this morning the breaker does not close. " * 20)
    message.add_attachment(b"\x89PNG" + bytes(20000), maintype="image", subtype="png", filename="photo.png")
    return message.as_bytes()


def turn(address):
    """Processor seconds and queries of one mail, several in a row as the gateway fetches them."""
    mails = [mail(address) for _number in range(MAILS_A_TURN)]
    env.flush_all()
    queries, begin = env.cr.sql_log_count, meter.spent()
    for text in mails:
        env["mail.thread"].message_process(False, text)
        env.flush_all()
    return (meter.spent() - begin) / MAILS_A_TURN, (env.cr.sql_log_count - queries) / MAILS_A_TURN


before = env["service.request"].search_count([])
for address in ("bench-service", "bench-bare") * 3:  # warm up
    turn(address)
request = env["service.request"].search([], limit=1, order="id desc")
assert env["service.request"].search_count([]) == before + 3 * MAILS_A_TURN, "the mails made no requests"
assert request.sla_clocks and request.partner_id.parent_id == customer and request.is_to_follow, "not a whole request"
found = {"bench-service": [], "bench-bare": []}
for _turn in range(TURNS):
    for address, figures in found.items():
        figures.append(turn(address))
        env.invalidate_all()
mine, bare = ([statistics.median(column) for column in zip(*found[address], strict=True)] for address in found)
to_follow = env["service.request"].search([("is_to_follow", "=", True)])
begin = meter.spent()
for request in to_follow:
    request.sudo()._follow()
env.flush_all()
follows = (meter.spent() - begin) / len(to_follow)
assert all(request.activity_ids for request in to_follow) and env["mail.mail"].search_count(
    [("model", "=", "service.request"), ("res_id", "in", to_follow.ids)]) == len(to_follow), "not followed"
env.cr.rollback()
for title, (seconds, queries) in (("on a bare thread", bare), ("as a request with clocks", mine)):
    print(f"a mail {title:26} {seconds * 1000:6.1f} ms, {queries:.0f} queries")
print(f"what follows in the job            {follows * 1000:6.1f} ms a request")
meter.judge(f"{mine[0] / bare[0]:.2f} times, at most {BAR}", mine[0] <= BAR * bare[0])
meter.conclude()
