from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.document_control.models.document_control_mixin import Transition

from .service_request import OPEN, STAFF


class ServiceRequest(models.Model):
    """Two requests of one matter become one: the other is closed with a link, and stays readable (AFT-1)."""

    _inherit = "service.request"
    _transitions = {"merge": Transition(OPEN, "cancelled", (STAFF,))}

    merged_into_id = fields.Many2one(
        "service.request", string="Merged into", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)
    merged_ids = fields.One2many("service.request", "merged_into_id", string="Merged Requests", readonly=True)

    def action_merge(self):
        """Open the window in which the request that survives is chosen."""
        self.ensure_one()
        self._check_groups(STAFF)
        self._check_state(*OPEN)
        return {
            "type": "ir.actions.act_window", "res_model": "service.request.merge", "view_mode": "form",
            "name": self.env._("Merge"), "target": "new", "context": {"default_request_id": self.id},
        }

    def _merge_into(self, target):
        """The other request goes on with the words, papers, contacts and followers of this one.

        :raise AccessError: nobody of after-sales, or he may not read one of them
        :raise UserError: of another customer or company, solved or closed, or this one has documents of its own
        """
        self.ensure_one()
        target.check_access("read")
        (self | target)._lock()
        self._check_mergeable(target)
        self._transit(
            "merge", merged_into_id=target.id, closed_by=self.env.uid, closed_on=fields.Datetime.now(),
            cancel_reason=self.env._("Merged into %(request)s", request=target.name))
        self._ask_next()
        target._take_over(self)

    def _check_mergeable(self, target):
        if self == target:
            raise UserError(self.env._("%(request)s: choose another request.", request=self.name))
        if self.company_id != target.company_id or not self._is_same_customer(target):
            raise UserError(self.env._(
                "%(request)s and %(other)s are of different customers or companies: they are not merged.",
                request=self.name, other=target.name))
        target._check_state(*OPEN)  # a solved one has no clock that would go on: it is reopened first
        if labels := [self._fields[name]._description_string(self.env)
                      for name in self._get_document_fields() if self.sudo()[name]]:  # sudo: whether there are any
            raise UserError(self.env._(
                "%(request)s has documents of its own (%(documents)s). Merge %(other)s into it instead.",
                request=self.name, documents=", ".join(labels), other=target.name))

    def _is_same_customer(self, target):
        mine, other = self.partner_id.commercial_partner_id, target.partner_id.commercial_partner_id
        if mine and other:
            return mine == other
        return bool(self.email_normalized) and self.email_normalized == target.email_normalized

    @api.model
    def _get_document_fields(self):
        """Names of the fields with the documents that follow from a request."""
        return ["repair_ids", "quotation_ids", "move_ids", "cause_ids", "cost_ids"]

    def _take_over(self, other):
        """What was said of the other request is found here, too."""
        self.message_subscribe(other.message_partner_ids.ids)
        words = "\n".join(filter(None, (
            self.env._("%(request)s was merged into this one.", request=other.display_name), other.description)))
        self.sudo().message_post(body=plaintext2html(words), subtype_xmlid="mail.mt_note")
        other._get_own_files()._adopt(self.sudo())
        for contact in other.contact_ids:  # they prove here, too, that the customer was contacted
            self.env["service.contact"]._note(
                self, kind=contact.kind, moment=contact.moment, user_id=contact.user_id.id, person=contact.person,
                is_reached=contact.is_reached, note=contact.note)

    def _get_survivor(self):
        """The request that goes on in this one's place; itself, where it was not merged."""
        survivor = self
        while survivor.merged_into_id:
            survivor = survivor.merged_into_id
        return survivor

    def _get_living_fields(self):
        return super()._get_living_fields() | {"merged_ids"}
