import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import check_quantity, is_id
from odoo.addons.document_control.tools.sent_files import clean_name, get_file_problem
from odoo.addons.web_outbox.tools.handler import outbox_method

from .service_visit import HEAD

#: Photos of one point of a checklist.
MOST_PHOTOS = 10
LONGEST = 4000


class ServiceVisit(models.Model):
    """What technicians enter on their page, with network or without (AFT-3).

    Each method takes one entry of the outbox in; what has happened to the visit meanwhile is said, with what to do.
    """

    _inherit = "service.visit"

    @api.model
    @outbox_method()
    def outbox_arrive(self, said, moment):
        """``id``: the technician has arrived; where his colleague has said so already, nothing happens."""
        visit = self._find_for_device(said)
        if visit.state == "planned":
            visit._arrive(moment)
        return visit.state

    @api.model
    @outbox_method()
    def outbox_check(self, said, moment):
        """``id``, ``check``, and what is entered of ``yes_no``, ``answer``, ``remark``."""
        check = self._find_for_device(said)._find_check(said)
        names = [name for name in ("yes_no", "answer", "remark") if name in said]
        check.write({name: str(said[name])[:LONGEST] or False for name in names})
        return check.result

    @api.model
    @outbox_method()
    def outbox_photo(self, said, moment):
        """``id``, ``name``, ``photo`` (base64), and ``check`` where it belongs to a point of the checklist."""
        visit = self._find_for_device(said)
        owner = visit._find_check(said) if said.get("check") else visit
        try:
            content = base64.b64decode(said.get("photo") or "", validate=True)
        except (binascii.Error, ValueError):
            content = b""
        photos = self.env["ir.attachment"].sudo()  # sudo: a technician of the visit
        there = photos.search_count([("res_model", "=", owner._name), ("res_id", "=", owner.id)])
        name = clean_name(str(said.get("name") or ""), content)
        size = visit.company_id.service_file_size
        if problem := get_file_problem(self.env, name, content, size, MOST_PHOTOS - there, MOST_PHOTOS):
            raise UserError(problem)
        photos.create({"name": name, "raw": content, "res_model": owner._name, "res_id": owner.id})
        return there + 1

    @api.model
    @outbox_method()
    def outbox_part(self, said, moment):
        """``id``, ``product``, ``lot`` and ``quantity``: so much was used; none where ``quantity`` is left out."""
        visit = self._find_for_device(said)
        ids = {name: said.get(name) if is_id(said.get(name)) else False for name in ("product", "lot")}
        part = visit.part_ids.filtered(
            lambda part: (part.product_id.id, part.lot_id.id, part.user_id) == (
                ids["product"], ids["lot"], self.env.user))
        if "quantity" not in said:
            part.unlink()
            return 0
        quantity = check_quantity(self.env, part.product_id.display_name or self.env._("Part"), said["quantity"])
        if quantity <= 0:
            raise UserError(self.env._("A part that was used has a quantity."))
        if part:
            part.quantity = quantity
        else:
            part = part.create({"visit_id": visit.id, "product_id": ids["product"], "lot_id": ids["lot"],
                                "quantity": quantity})
        part._check_there()
        return part.quantity

    @api.model
    @outbox_method()
    def outbox_hours(self, said, moment):
        """``id``, ``work``, ``travel`` (hours) and ``cost``: the technician's own."""
        visit = self._find_for_device(said)
        values = {field: check_quantity(self.env, visit.name, said.get(name) or 0.0) for name, field in (
            ("work", "work_hours"), ("travel", "travel_hours"), ("cost", "travel_cost"))}
        mine = visit.hours_ids.filtered(lambda line: line.user_id == self.env.user)
        if mine:
            mine.write(values)
        else:
            mine.create({"visit_id": visit.id, "user_id": self.env.uid, **values})
        return values

    @api.model
    @outbox_method()
    def outbox_complete(self, said, moment):
        """``id``, ``work_done``, and ``signer``, ``signature`` (PNG, base64): the customer has signed; or
        ``unsigned_why``, ``unsigned_note``: he has not."""
        visit = self._find_for_device(said)
        if visit.state == "planned":  # he has not said that he arrived: he is there now
            visit._arrive(moment)
        why = said.get("unsigned_why")
        visit.write({
            "work_done": str(said.get("work_done") or "")[:LONGEST],
            "signer": not why and str(said.get("signer") or "")[:100],
            "signature": not why and said.get("signature") or False,
            "unsigned_why": why if why in visit._get_selection_labels("unsigned_why") else False,
            "unsigned_note": str(said.get("unsigned_note") or "")[:LONGEST] or False})
        visit._complete(moment)
        return visit.state

    @api.model
    def _find_for_device(self, said):
        """The visit that an entry is about, still open and still the user's.

        :raise UserError: what has happened to it meanwhile, and what to do
        """
        visit = self.sudo().browse(said.get("id") if is_id(said.get("id")) else 0).exists()  # sudo: to say why not
        people = visit._get_people() if visit.company_id in self.env.user.company_ids else self.env["res.users"]
        if not visit or self.env.user not in people and not self.env.user.has_group(HEAD):
            raise UserError(self.env._(
                "This visit was taken over by %(people)s meanwhile. Tell them what you have done, then discard what "
                "you have entered.", people=", ".join(people.mapped("name")) or "–"))
        if visit.state == "cancelled":
            raise UserError(self.env._(
                "%(visit)s was cancelled meanwhile: %(reason)s. If you are there all the same, call the office: a new "
                "visit is needed. Then discard what you have entered.", visit=visit.name,
                reason=visit.cancel_reason or "–"))
        if visit.state == "done":
            raise UserError(self.env._(
                "%(visit)s was signed already, reported by %(user)s: nothing is added to it. What is missing needs a "
                "new visit.", visit=visit.name, user=visit.done_by.name))
        if visit.state == "draft":
            raise UserError(self.env._(
                "%(visit)s is being planned anew. Call the office, then try again.", visit=visit.name))
        return visit.sudo(False).with_company(visit.company_id)

    def _find_check(self, said):
        check = self.check_ids.filtered(lambda check: check.id == said.get("check"))
        if not check:
            raise UserError(self.env._(
                "%(visit)s has another checklist now. Reload the page and enter it anew.", visit=self.name))
        return check
