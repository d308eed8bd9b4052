from odoo import http
from odoo.http import request


class Outbox(http.Controller):
    """The one door through which devices send what was entered on them (SCN-3, AFT-3)."""

    @http.route("/web_outbox/send", type="jsonrpc", auth="user", methods=["POST"])
    def send(self, user, now, entries):
        """Take entries in, each exactly once, and answer each.

        :param user: id of the user who has entered them; nobody else's session takes them
        :param now: what the device's clock says, in milliseconds
        :param entries: dicts, see ``web.outbox.entry._take``
        :return: ``{"user": id of the session's user, "answers": {uuid: answer}}``
        """
        if user != request.env.uid:
            return {"user": request.env.uid, "answers": {}}
        me = request.env.user
        companies = me.company_id | me.company_ids  # what is entered names its document; its company may be any of his
        outbox = request.env["web.outbox.entry"].with_context(allowed_company_ids=companies.ids)
        return {"user": user, "answers": outbox._take(entries, now)}
