from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .delivery_notice import LOGISTICS


class DeliveryNotice(models.Model):
    """The crates of a notice, as the store packs them (DLV-2, DLV-3)."""

    _inherit = "delivery.notice"

    def action_print_labels(self):
        """A label with its code for each crate of what is packed, before it leaves.

        :raise AccessError: neither logistics nor the store
        :raise UserError: not released, or nothing is packed
        """
        self._check_groups(LOGISTICS, "stock.group_stock_user")
        self.check_access("read")
        for notice in self.sudo():  # sudo: crates are made by this button only
            notice._check_state("released", "shipped", "signed")
            notice._make_crates()
            if not notice.crate_ids:
                raise UserError(self.env._("%(notice)s: nothing is reserved or packed yet.", notice=notice.name))
        return self.env.ref("order_delivery.action_report_crate_labels").report_action(self.crate_ids)

    def _make_crates(self):
        """The crates as they are packed now; what the site has answered for stays."""
        for notice in self:
            packed = notice._get_packed()
            there = {crate.package_id: crate for crate in notice.crate_ids}
            for package, crate in list(there.items()):
                if package not in packed and not crate._is_frozen():
                    there.pop(package).unlink()
            end = notice._get_page_end()
            vals_list, number = [], max((crate.number for crate in there.values()), default=0)
            for package, rows in packed.items():
                crate = there.get(package)
                if not crate:
                    number += 1
                    vals_list.append({"notice_id": notice.id, "number": number, "package_id": package.id,
                                      "content": rows, "expires_on": end})
                elif not crate._is_frozen():
                    crate.write({"content": rows, "expires_on": end})
            notice.crate_ids.create(vals_list)

    def _get_packed(self):
        """What is in which package: dict of ``stock.package``: list of rows; the empty one: what has none. In the words
        of the customer, who reads it on label, mail and page."""
        packed, lang = {}, self.partner_id.lang or self.order_id.partner_id.lang or self.env.lang
        rows = self.with_context(lang=lang).picking_ids.move_line_ids.filtered(
            lambda row: row.quantity and row.state != "cancel").sorted(
                lambda row: (row.result_package_id.id or 0, row.id))
        for row in rows:
            package = row.result_package_id
            while package.package_dest_id or package.parent_package_id:  # the crate around the box
                package = package.package_dest_id or package.parent_package_id
            packed.setdefault(package, []).append({
                "name": row.product_id.display_name, "lot": row.lot_id.name or False, "quantity": row.quantity,
                "unit": row.product_uom_id.name, "move_id": row.move_id.id, "product_id": row.product_id.id,
                "uom_id": row.product_uom_id.id})
        return packed

    def _get_packing_list(self):
        """What stands in which crate, for paper: pairs (name of the crate, its rows); what is packed now, where no
        label has been printed yet.
        """
        self.ensure_one()
        notice = self.sudo()  # sudo: the paper says what the store has packed, whoever prints it
        if notice.crate_ids:
            return [(crate.display_name, crate.content) for crate in notice.crate_ids.sorted("number") if crate.content]
        return [(package.name or "-", rows) for package, rows in notice._get_packed().items()]

    def _get_address_line(self, partner=None):
        """An address in one line, without the gaps of what is not filled in; the country only where it is another's.

        :param partner: None: where it is delivered
        """
        partner = partner or self.partner_id
        home = partner.country_id == self.company_id.country_id and partner.country_id.name
        parts = map(str.strip, (partner.contact_address_inline or "").split(","))
        return ", ".join(part for part in parts if part and part != home) or partner.display_name

    def _get_page_end(self):
        return (self.shipped_on or fields.Datetime.now()) + timedelta(days=self.company_id.delivery_page_days)
