import logging
import time
from collections import Counter
from datetime import timedelta

import requests

from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel import robots

_logger = logging.getLogger(__name__)
#: Seconds to reach the maker, and to hear its answer.
TIMEOUT = 15
#: Minutes until the next try, the last of them again and again.
WAITS = (1, 2, 5, 15, 30, 60)
#: Tries after which somebody must look.
MOST_TRIES = 12
#: Minutes after which who was sending is dead.
DEAD_AFTER = 10


class _NoAddresses(logging.Filter):
    """The address is the key: what the HTTP library tells of it is not written down."""

    def filter(self, record):
        return not any(host in record.getMessage() for host in ("weixin.qq.com", "/robot/send", "/bot/v2/hook/",
                                                                "/webhook/send"))


logging.getLogger("urllib3.connectionpool").addFilter(_NoAddresses())


class SlaRobotMessage(models.Model):
    """Sending: what is about to be sent is said so first, in a transaction of its own. Who dies between leaves a
    message of which nobody knows whether it was heard, and it is not sent again by itself."""
    _inherit = "sla.robot.message"

    @api.model
    def _cron_send(self):
        """Send what is due, no faster than the robots take it (SLA-1). Safe beside itself and after a crash."""
        cron = self.env["ir.cron"]
        self._give_up_dead()
        cron._commit_progress()
        while message := self._claim():
            cron._commit_progress()  # the claim is known before the first byte leaves
            message._send()
            if not cron._commit_progress(1):
                break
        self._plan()

    @api.model
    def _give_up_dead(self):
        dead = self.search([
            ("state", "=", "sending"), ("tried_at", "<", fields.Datetime.now() - timedelta(minutes=DEAD_AFTER))])
        for message in dead:
            message.write({"state": "uncertain", "problem": message._get_words()._(
                "The server stopped while it was being sent. Look into the group; send it again if it is not there.")})

    @api.model
    def _claim(self):
        """The next message that is due of a robot that has not said too much in the last minute, marked as being
        sent; empty where there is none."""
        now = fields.Datetime.now()
        tired = self._get_tired(now)
        self.flush_model()
        self.env["sla.robot"].flush_model(["active"])
        rows = self.env.execute_query(SQL(
            "SELECT m.id FROM sla_robot_message m JOIN sla_robot r ON r.id = m.robot_id"
            " WHERE m.state = 'waiting' AND m.next_try <= %s AND r.active AND NOT (m.robot_id = ANY(%s))"
            " ORDER BY m.next_try, m.id LIMIT 1 FOR NO KEY UPDATE OF m SKIP LOCKED", now, tired))
        message = self.browse(row[0] for row in rows)
        message.invalidate_recordset()
        for one in message:
            one.write({"state": "sending", "tries": one.tries + 1, "tried_at": now, "problem": False})
        return message

    @api.model
    def _get_tired(self, now):
        """Ids of the robots that have said as much in the last minute as they may."""
        said = Counter({robot: count for robot, count in self._read_group(
            [("tried_at", ">", now - timedelta(minutes=1))], ["robot_id"], ["__count"])})
        return [robot.id for robot, count in said.items() if count >= robots.PER_MINUTE.get(robot.kind, 1)]

    def _send(self):
        """Send this message and note what became of it."""
        self.ensure_one()
        robot = self.robot_id
        message = robots.Message(self.title, tuple(tuple(line) for line in self.lines or ()), tuple(self.phones or ()))
        base = self.env["ir.config_parameter"].get_param(f"order_sla_robot.base.{robot.kind}")
        request = robots.request_of(robot.kind, robot.address, message, robot.secret, time.time(), base)
        try:
            reply = requests.post(
                request.url, data=request.body, timeout=TIMEOUT, allow_redirects=False,
                headers={"Content-Type": "application/json; charset=utf-8"})
            outcome, code = robots.answer_of(robot.kind, reply.status_code, reply.content[:10_000])
        except requests.exceptions.ConnectTimeout:
            outcome, code = robots.RETRY, "timeout"
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
            # No such host, refused, no certificate: nothing was sent. A line that broke later: nobody knows.
            unsent = isinstance(error, requests.exceptions.SSLError) or "NewConnectionError" in repr(error) or (
                "NameResolutionError" in repr(error))
            outcome, code = (robots.RETRY if unsent else robots.UNCERTAIN), type(error).__name__
        except requests.exceptions.RequestException as error:
            outcome, code = robots.REFUSED, type(error).__name__
        self._note(outcome, code)

    def _get_words(self):
        """Environment in the language of the group: the cron that writes what is wrong has none."""
        return self.with_context(lang=self.robot_id.lang or self.env.lang).env

    def _note(self, outcome, code):
        now, words = fields.Datetime.now(), self._get_words()
        if outcome == robots.SENT:
            self.write({"state": "sent", "sent_at": now})
            return
        _logger.info("Group robot %s: message %s: %s (%s)", self.robot_id.id, self.id, outcome, code)
        if outcome == robots.RETRY and self.tries < MOST_TRIES:
            wait = WAITS[min(self.tries, len(WAITS)) - 1]
            self.write({
                "state": "waiting", "next_try": now + timedelta(minutes=wait),
                "problem": words._("Not reached (%(code)s); it is tried again.", code=code)})
        elif outcome == robots.UNCERTAIN:
            self.write({"state": "uncertain", "problem": words._(
                "No answer (%(code)s): it may have been said. Look into the group; send it again if it is not there.",
                code=code)})
        else:
            self.write({"state": "refused", "problem": words._(
                "The group chat refused it (%(code)s). Look at the robot's address, its signing secret and its "
                "keywords there.", code=code)})

    @api.model
    def _plan(self):
        """Come back when the next message may be sent."""
        following = self.search([("state", "=", "waiting"), ("robot_id.active", "=", True)], order="next_try", limit=1)
        if following:
            soon = fields.Datetime.now() + timedelta(seconds=30)
            self.env.ref("order_sla_robot.ir_cron_send")._trigger(max(following.next_try, soon))
