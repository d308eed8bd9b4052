from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.document_control.tools.sent_files import LONGEST_NAME, clean_name, get_file_problem

from ..tools.said import parse_date, parse_number

#: Files that one order takes from its supplier.
MOST_FILES = 50


class PurchaseOrder(models.Model):
    """What the supplier enters on his page, as he types it; each method refuses in words that he understands."""

    _inherit = "purchase.order"

    def _answer_line(self, line_id, said, author):
        """One line: another date with its reason, a part of the quantity, another price, another article.

        :param said: dict of texts: day, quantity, only, price, name, reason
        :raise UserError: what was typed cannot be; nothing of it is taken then
        """
        self.ensure_one()
        line = self.order_line.filtered(lambda line: line.id == line_id and not line.display_type)
        if not line:
            raise UserError(self.env._("This line is not on the order (any more). Reload the page."))
        day = self._read(parse_date, said.get("day"), self.env._(
            "%(line)s: %(value)s is no date. Write it like 2026-12-31.", line=line._get_label(),
            value=said.get("day"))) or line._get_day_of(line.date_planned)
        open_quantity = line._get_open_quantity()
        quantity, price = (self._read(parse_number, said.get(name), self.env._(
            "%(line)s: %(value)s is no number. Write it like 1200.5.", line=line._get_label(),
            value=said.get(name))) for name in ("quantity", "price"))
        quantity = line._check_promised(day, quantity)
        is_less = line.product_uom_id.compare(quantity, open_quantity) < 0
        total = line.qty_received + quantity if is_less and said.get("only") else None
        promise = None
        if day != line._get_day_of(line.date_planned) or is_less and total is None:
            promise = line._promise(
                day, said.get("reason"), quantity if total is None else None, source="supplier", author=author)
        line._confirm(quantity=total, price=price, name=said.get("name"), promise=promise, author=author)

    def _read(self, parse, text, refusal):
        """:return: what was typed; None where nothing was"""
        if not (text or "").strip():
            return None
        value = parse(text)
        if value is None:
            raise UserError(refusal)
        return value

    def _ship(self, said, author):
        """On the shipping day: shipped, by whom, under which number; or not, and when then (PUR-7).

        :raise UserError: nothing is to come, the carrier is missing, or the new date and its reason
        """
        self.ensure_one()
        self._lock()
        self._check_answerable()
        pickings = self.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        lines = self.order_line.filtered(lambda line: line._get_open_quantity() > 0)
        if self.state != "purchase" or not pickings or not lines:
            raise UserError(self.env._("%(order)s: nothing is to be shipped.", order=self.name))
        if said.get("shipped") == "yes":
            self._note_shipment(pickings, said, author)
        elif said.get("shipped") == "no":
            day = self._read(parse_date, said.get("day"), self.env._(
                "%(value)s is no date. Write it like 2026-12-31.", value=said.get("day")))
            if not day or not is_reason(said.get("reason")):
                raise UserError(self.env._("Not shipped yet: say on which day the goods will arrive, and why."))
            for line in lines:
                line._promise(day, said.get("reason"), source="supplier", author=author)
            pickings.supplier_shipment = "not_shipped"
        else:
            raise UserError(self.env._("Say whether the goods are shipped or not."))
        self.activity_unlink(["supplier_promise.mail_activity_type_ask_shipment"])

    def _note_shipment(self, pickings, said, author):
        carrier, contact, tracking = ((said.get(name) or "").strip()[:LONGEST_NAME] for name in (
            "carrier", "contact", "tracking"))
        if not carrier:
            raise UserError(self.env._("Give the carrier: its name, or \"own truck\"."))
        vals = {"supplier_shipment": "shipped", "supplier_carrier": carrier, "supplier_carrier_contact": contact,
                "supplier_tracking_ref": tracking}
        if "carrier_tracking_ref" in pickings._fields and tracking:  # stock_delivery, where it is installed
            vals["carrier_tracking_ref"] = tracking
        changed = pickings.filtered(lambda picking: any((picking[name] or "") != vals[name] for name in vals))
        if changed:
            changed.write(vals | {"supplier_shipped_on": fields.Date.context_today(self)})
            self._note(self.env._(
                "Shipped with %(carrier)s, contact %(contact)s, number %(tracking)s.", carrier=carrier,
                contact=contact or "–", tracking=tracking or "–"), author)

    def _take_files(self, kind, files, author):
        """Files of the supplier: waybills go to the receipt, certificates to the order.

        Each file is judged for itself; the same one once more is not kept twice.

        :param files: list of pairs (name, content)
        :return: (ir.attachment of what was taken, list of refusals in words)
        """
        self.ensure_one()
        self._lock()
        self._check_answerable()
        receipt = self.picking_ids.filtered(lambda picking: picking.state != "cancel")[-1:]
        owner = receipt if kind == "waybill" and receipt else self
        there = self.env["ir.attachment"].search([
            ("res_model", "=", owner._name), ("res_id", "=", owner.id), ("res_field", "=", False)])
        taken, refused = there.browse(), []
        for name, content in files:
            name, room = clean_name(name, content), MOST_FILES - len(there) - len(taken)
            if problem := get_file_problem(
                    self.env, name, content, self.company_id.supplier_file_size, room, MOST_FILES):
                refused.append(problem)
                continue
            checksum = there._compute_checksum(content)
            if not there.filtered(lambda file, name=name, checksum=checksum: (file.name, file.checksum) == (
                    name, checksum)):
                taken |= there.create({
                    "name": name, "raw": content, "res_model": owner._name, "res_id": owner.id})
        if taken:
            label = self.env._("Waybill") if kind == "waybill" else self.env._("Certificate")
            owner.message_post(
                body=self.env._("From the supplier: %(kind)s", kind=label), author_id=author.id,
                attachment_ids=taken.ids, subtype_xmlid="mail.mt_note", message_type="notification")
        return taken, refused

    def _get_taken_files(self):
        """What the supplier has sent by his page, for him to see: pairs of day and names, the newest first.

        Nothing else that lies with the order: our own papers, what others have sent.
        """
        self.ensure_one()
        # sudo: the page has no user of ours; its link names the order
        messages = self.env["mail.message"].sudo().search([
            "|", "&", ("model", "=", self._name), ("res_id", "=", self.id),
            "&", ("model", "=", "stock.picking"), ("res_id", "in", self.picking_ids.ids),
            ("author_id", "child_of", self.partner_id.commercial_partner_id.id),
            ("message_type", "=", "notification"), ("attachment_ids", "!=", False)], order="id desc")
        return [(self._get_local_day(message.date), file.name) for message in messages
                for file in message.attachment_ids.sorted("id")]
