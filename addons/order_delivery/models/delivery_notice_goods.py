from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.lines import fetch_lines

from .stock_picking import NOTICE

#: What a notice takes over from the former one of its order.
SITE = ("partner_id", "place", "contact_name", "contact_phone", "packing", "carriage")


class DeliveryNotice(models.Model):
    """Which goods a notice is about: the moves of its transfers (DLV-1, DLV-8)."""

    _inherit = "delivery.notice"

    @api.model
    def _make(self, pickings):
        """One notice for the transfers of one order, all that is to leave of them.

        :param pickings: transfers to the customer, open and without notice
        :raise AccessError: not the order desk, or no right to the order
        :raise UserError: a transfer that has a notice, is done, or is of no sales order
        :return: the notices, one for each order
        """
        self._check_groups("order_delivery.group_delivery_desk")
        pickings.check_access("read")
        pickings._lock()
        made = self.browse()
        for order, mine in pickings._get_noticeable().items():
            made |= self.sudo().create(self._prepare_notice(order, mine)).sudo(False)  # sudo: made by this button only
            made[-1].sudo()._take_goods(mine)
        return made

    @api.model
    def _prepare_notice(self, order, pickings):
        address = pickings.partner_id[:1] or order.partner_shipping_id
        person = address if not address.is_company and address.parent_id else address.child_ids.filtered(
            lambda child: child.type == "contact")[:1] or address
        planned = min(pickings.mapped("scheduled_date"))
        return {
            "order_id": order.id, "company_id": order.company_id.id, "user_id": self.env.uid,
            "partner_id": address.id, "date_planned": planned, "contact_name": person.name,
            "contact_phone": person.phone or address.phone, **self._prepare_as_before(order, pickings),
            **self._prepare_agreed_day(pickings, planned),
        }

    @api.model
    def _prepare_as_before(self, order, pickings):
        """What follows a first part goes where that went, packed and carried alike: the rest of it (DLV-8), what came
        back to be repaired, what replaces it (AFT-4). What the order desk had found out of the site is not asked again.
        A transfer that was sent elsewhere since says so itself."""
        # sudo: what the notice is made from is not narrower than the transfers that its maker reads
        before = order.sudo().picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.delivery_notice_id
            and picking.partner_id == pickings.partner_id)
        former = before.delivery_notice_id.sorted("id")[-1:]
        return {name: former._fields[name].convert_to_write(former[name], former) for name in SITE} if former else {}

    @api.model
    def _prepare_agreed_day(self, pickings, planned):
        """The rest leaves on the day that was agreed with the customer, not on the day of the first part (DLV-8).

        :param planned: moment at which the transfers are to leave; its hour stays
        """
        # sudo: as in _prepare_as_before
        agreed = pickings.backorder_id.sudo().delivery_notice_id.filtered("consent_due").sorted("consent_due")[:1]
        company = agreed.company_id
        if not planned or not agreed or agreed.consent_due < company._get_today():
            return {}
        return {"date_planned": planned + (agreed.consent_due - company._get_day(planned))}

    def _take_goods(self, pickings=None):
        """The goods as the transfers say now; what the notice said before is forgotten."""
        if pickings:
            pickings.sudo().delivery_notice_id = self  # sudo: the link is the notice's
            pickings.sudo().activity_unlink([NOTICE])  # sudo: the to-do of whoever was asked for it
        vals_list = []
        for notice in self:
            moves = notice.picking_ids.move_ids.filtered(lambda move: move.state != "cancel").sorted(
                lambda move: (move.picking_id.id, move.sequence, move.id))
            vals_list += [notice._prepare_line(number, move) for number, move in enumerate(moves, 1)]
        self.line_ids.unlink()
        self.env["delivery.notice.line"].create(vals_list)

    def _prepare_line(self, number, move):
        return {
            "notice_id": self.id, "sequence": number, "move_id": move.id, "sale_line_id": move.sale_line_id.id,
            "product_id": move.product_id.id, "uom_id": move.product_uom.id, "quantity": move.product_uom_qty,
            "name": self._get_description(move),
        }

    @staticmethod
    def _get_description(move):
        """What the order says of the goods beside the name of the product: its item, its specification."""
        return "; ".join(text for text in (move.sale_line_id.name or "").splitlines()
                         if text.strip() and text != move.product_id.display_name)

    def _read_goods(self):
        """The lines of the notices, with what the gate asks of them: one query."""
        return fetch_lines(self, "line_ids", [
            "notice_id", "company_id", "move_id", "product_id", "uom_id", "quantity", "quantity_agreed"])

    def _get_moves(self, lines=None):
        """The moves of its lines, without what went to another transfer: no transfer is searched for them.

        :param lines: the lines of several notices, where they were read already
        """
        self.ensure_one()
        moves = (self.line_ids if lines is None else lines.filtered(lambda line: line.notice_id == self)).move_id
        mine = moves.filtered(lambda move: move.picking_id.delivery_notice_id == self)
        return mine.with_prefetch(moves._prefetch_ids) or self.picking_ids.move_ids

    def _check_goods(self, leaving, goods):
        """Whether what leaves is what the notices say, or less where the customer has agreed (DLV-8).

        :param leaving: quantity by move, in the move's unit, of all that is validated now
        :param goods: the lines of the notices, see :meth:`_read_goods`
        :raise UserError: too much, something else, or something missing to which the customer has not agreed
        """
        goods = goods.filtered(lambda line: line.notice_id in self)
        by_move = {(line.move_id, line.product_id): line for line in goods}
        left = {}
        for move, quantity in leaving.items():
            line = by_move.get((move, move.product_id))
            if line:
                left[line] = quantity = move.product_uom._compute_quantity(quantity, line.uom_id)
            if quantity and (line.uom_id if line else move.product_uom).compare(
                    quantity, line.quantity if line else 0.0) > 0:
                raise UserError(self.env._(
                    "%(notice)s says %(released)s %(unit)s of %(product)s, not %(quantity)s. The order desk withdraws "
                    "the notice and releases it anew.", notice=move.picking_id.delivery_notice_id.name,
                    product=move.product_id.display_name, quantity=f"{quantity:g}",
                    unit=(line.uom_id if line else move.product_uom).name,
                    released=f"{line.quantity if line else 0:g}"))
        pickings = self.env["stock.picking"].union(*(move.picking_id for move in leaving))
        for line in goods:
            if line.move_id and line.move_id.picking_id not in pickings:
                continue  # another transfer of the notice, which leaves later
            missing = line.quantity - line._get_shipped() - left.get(line, 0.0)
            if line.uom_id.compare(missing, line.quantity_agreed) > 0:
                raise UserError(self.env._(
                    "%(notice)s: %(quantity)s %(unit)s of %(product)s would be missing. The order desk records that "
                    "the customer agrees, and who sends it later; or it withdraws the notice.",
                    notice=line.notice_id.name, product=line.product_id.display_name, quantity=f"{missing:g}",
                    unit=line.uom_id.name))
