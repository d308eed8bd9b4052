import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.order_delivery.models.delivery_notice import LOGISTICS

from .delivery_claim import OPEN

_logger = logging.getLogger(__name__)
#: Notices of which goods have left.
LEFT = ("shipped", "signed", "closed")
TODO = "delivery_claim.mail_activity_type_claim"


class DeliveryClaim(models.Model):
    """How a claim comes about: by a click on notice or crate, or by what the site reports (DLV-6, DLV-7)."""

    _inherit = "delivery.claim"

    @api.model
    def _make(self, notice, kind="damage", crates=None, **vals):
        """A claim, or a trace, of what a notice has brought on its way; a draft that logistics completes.

        :param notice: ``delivery.notice`` that has left
        :param kind: damage, not_arrived or lost
        :param crates: ``delivery.crate`` of it; else those with a report, else all that are in no claim yet
        :raise UserError: it has not left, or what it brings is in a claim already
        :return: the claim
        """
        notice.ensure_one()
        notice.check_access("read")
        notice._lock()  # of two who click at once the second meets the claim of the first
        notice._check_state(*(LEFT if kind != "not_arrived" else ("shipped",)))
        crates = self._get_claimable(notice.sudo(), kind, crates)  # sudo: crates that one need not see
        # sudo: made by this method only
        claim = self.sudo().create({**self._prepare_claim(notice.sudo(), kind, crates), **vals})
        claim._take_goods()
        claim._ask_responsible()
        claim._tell_freight()
        return claim.with_env(self.env)

    @api.model
    def _get_claimable(self, notice, kind, crates=None):
        """The crates that a claim can be about.

        :raise UserError: they are in a claim already, or the notice, which has no crates, is
        """
        there = self.sudo().search([("notice_id", "=", notice.id), ("state", "!=", "cancelled")])  # sudo: seen or not
        if kind == "not_arrived":
            self._refuse_second(there.filtered(lambda claim: claim.kind == kind and claim.state in OPEN), notice)
            return notice.crate_ids.filtered(lambda crate: crate.state == "open")
        same = there.filtered(lambda claim: claim.kind != "not_arrived")
        for crate in (crates or notice.crate_ids.browse()):
            self._refuse_second(same.filtered(lambda claim, crate=crate: crate in claim.crate_ids), crate)
        free = notice.crate_ids - same.crate_ids
        if not free:
            self._refuse_second(same, notice)
        return crates or free.filtered(lambda crate: crate.state == "reported") or free

    @api.model
    def _refuse_second(self, claims, document):
        if claims:
            raise UserError(self.env._(
                "%(document)s is in the claim %(claim)s already. Complete that one; a claim that is wrong is cancelled "
                "first.", document=document.display_name, claim=claims[0].name))

    @api.model
    def _prepare_claim(self, notice, kind, crates):
        company = notice.company_id
        leader = company.delivery_claim_user_id
        responsible = (leader | notice.user_id).filtered("active")[:1] or notice._get_answering_user()
        received = notice.signed_on
        if answered := [crate.answered_on for crate in crates if crate.answered_on]:
            received = company._get_day(min(answered))
        if kind != "damage":
            received = notice.date_arrival and company._get_day(notice.date_arrival)
        return {
            "notice_id": notice.id, "company_id": company.id, "kind": kind, "crate_ids": [Command.set(crates.ids)],
            "user_id": responsible.id, "waybill": notice.waybill,
            "forwarder_id": notice.forwarder_id.id if notice.carriage == "carrier" else False,
            "currency_id": company.currency_id.id, "received_on": received or False,
            "report_text": self._get_report_text(crates)}

    @api.model
    def _get_report_text(self, crates):
        return "\n".join(f"{crate.display_name}: {crate.report_text}" for crate in crates.sorted("number")
                         if crate.report_text) or False

    def action_take_goods(self):
        """Propose the goods of the crates anew; what was entered is lost.

        :raise AccessError: not logistics
        :raise UserError: filed already
        """
        self.check_access("read")
        self._check_groups(LOGISTICS)
        self._lock()
        self._check_state("draft")
        self.sudo()._take_goods()  # sudo: lines are made by the claim only
        return True

    def _take_goods(self):
        """The goods as they are in the crates, or on a notice without crates: all of it, until somebody corrects."""
        claims = self.filtered(lambda claim: claim.kind != "not_arrived")  # a trace claims nothing
        claims.line_ids.unlink()
        self.env["delivery.claim.line"].create([vals for claim in claims for vals in claim._prepare_goods(
            claim.crate_ids)])

    def _prepare_goods(self, crates):
        """Values of the lines for some of the crates."""
        notice, found = self.notice_id, {}
        by_move = {line.move_id.id: line for line in notice.line_ids if line.move_id}
        for crate in crates.sorted("number"):
            for row in crate.content or []:
                if not row.get("product_id"):
                    continue  # a crate that was packed before rows named their product
                line = by_move.get(row["move_id"])
                key = crate.id, row["product_id"], row["lot"] or "", row["uom_id"], line and line.id
                vals = found.setdefault(key, {
                    "claim_id": self.id, "crate_id": crate.id, "product_id": row["product_id"],
                    "lot_name": row["lot"] or False, "uom_id": row["uom_id"], "quantity_shipped": 0.0,
                    "notice_line_id": line and line.id, "condition": self._get_condition(crate)})
                vals["quantity_shipped"] += row["quantity"]
        if not found:
            found = {line.id: {
                "claim_id": self.id, "product_id": line.product_id.id, "uom_id": line.uom_id.id,
                "quantity_shipped": line.quantity_shipped, "notice_line_id": line.id,
                "condition": self._get_condition(crates.browse()),
            } for line in notice.line_ids if line.quantity_shipped}
        return [{**vals, "sequence": number, "quantity": vals["quantity_shipped"]}
                for number, vals in enumerate(found.values(), 1)]

    def _get_condition(self, crate):
        if self.kind == "lost":
            return "lost"
        return "missing" if crate.is_missing and not crate.is_damaged else "damaged"

    @api.model
    def _note_report(self, crate):
        """What the site reports becomes a claim, or is added to the one that is there; it is kept in any case."""
        try:
            with self.env.cr.savepoint():
                self._take_report(crate)
        except Exception:  # whatever it is: the word of the site is not lost, and the claim is made by hand
            _logger.exception("%s: its report made no claim", crate.display_name)

    @api.model
    def _take_report(self, crate):
        claims = self.search([
            ("notice_id", "=", crate.notice_id.id), ("state", "!=", "cancelled"), ("kind", "!=", "not_arrived")])
        claim = claims.filtered(lambda one: crate in one.crate_ids)[:1]
        draft = claims.filtered(lambda one: one.state == "draft" and one.kind == "damage")[:1]
        if not claim and not draft:
            made = self.with_context(lang=crate.notice_id.user_id.lang)._make(crate.notice_id, crates=crate)
            made._log(made.env._("Made by the report of the site."))
        elif not claim:
            draft._lock()
            draft.write({"crate_ids": [Command.link(crate.id)]})
            self.env["delivery.claim.line"].create(draft._prepare_goods(crate))
            draft.report_text = self._get_report_text(draft.crate_ids)
        elif claim.state == "draft":
            claim.report_text = self._get_report_text(claim.crate_ids)
        else:
            claim._log(claim.with_context(lang=claim.user_id.lang).env._(
                "The site reports more: %(text)s", text=crate.report_text))
            claim._ask_responsible()

    def _ask_responsible(self):
        """A to-do of who leads the claim, until it is filed."""
        for claim in self:
            if claim.activity_search([TODO]):
                continue
            user = claim.user_id
            claim.message_subscribe(user.partner_id.ids)
            env = claim.with_context(lang=user.lang).env
            if claim.kind == "not_arrived":
                summary = env._("Ask the carrier where the goods of %(notice)s are", notice=claim.notice_id.name)
            else:
                summary = env._("%(notice)s: complete the claim and file it", notice=claim.notice_id.name)
            claim.activity_schedule(
                TODO, user_id=user.id, summary=summary,
                date_deadline=claim.notice_until or claim.company_id._get_today())
