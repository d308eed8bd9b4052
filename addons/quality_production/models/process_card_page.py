from odoo import api, fields, models
from odoo.fields import Domain


class ProcessCard(models.Model):
    """What the card's page on the phone shows; every button of the page is an action of the models."""

    _inherit = "process.card"

    @api.readonly
    def get_page_data(self):
        """The card as the phone's page draws it: operations with control points, missing parts, who may sign what.

        Times are UTC, quantities in the product's unit, durations in minutes. One query per model, whatever the
        number of operations.

        :return: dict
        :raise AccessError: the user may not see the card
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the card names its order, work centres and people also to those who may not open them
        card = self.sudo()
        return {
            "id": card.id, "name": card.name, "state": card.state, "closed": card._is_frozen(),
            "state_label": card._label("state"), "note": card.note or "",
            "order": card.production_id.name, "product": card.product_id.display_name,
            "quantity": card.quantity, "uom": card.product_uom_id.name,
            "lots": card.lot_ids.mapped("name"), "leader": card._get_leader().name or "",
            "received": card._get_received_data(),
            "lines": [line._get_page_data() for line in card.line_ids],
            "missing": [part._get_page_data() for part in card.missing_ids],
            "checks": [check._get_page_data() for check in card.check_ids[:7]],
            "check_due": card.is_check_due or card.state == "draft",
            "components": card._get_component_data(),
            "rights": self._get_page_rights(),
        }

    def _label(self, name):
        return self._get_selection_label(name)

    def _get_page_rights(self):
        user = self.env.user
        leaders = self.sudo()._get_leader() | self.sudo().line_ids.leader_id  # only to compare
        return {
            "operator": user.has_group("mrp.group_mrp_user"),
            "quality": user.has_group("quality_inspection.group_quality_user"),
            "quality_head": user.has_group("quality_inspection.group_quality_manager"),
            "leader": user in leaders or user.has_group("quality_production.group_process_leader"),
            "user_id": user.id,
        }

    def _get_received_data(self):
        return {"needed": self.company_id.process_card_receipt_check, "result": self.received_result,
                "by": self.received_checked_by.name or "",
                "on": fields.Datetime.to_string(self.received_checked_on) or False, "note": self.received_note or ""}

    def _get_component_data(self):
        moves = self.production_id.move_raw_ids.filtered(lambda move: move.state != "cancel")
        return [{"id": product.id, "name": product.display_name, "uom": product.uom_id.name}
                for product in moves.product_id]

    def _get_passport_data(self):
        """The card in the passport of what its order made."""
        self.ensure_one()
        return {
            "id": self.id, "name": self.name, "state": self.state, "state_label": self._label("state"),
            "leader": self._get_leader().name or "", "received": self._get_received_data(),
            "operations": [line._get_page_data() for line in self.line_ids],
            "missing": [part._get_page_data() for part in self.missing_ids],
            "check_count": len(self.check_ids),
        }

    @api.model
    def find_card(self, code):
        """The card for a scanned code: QR address, card number, order's number, barcode of a work order, serial number.

        A serial number may be digits only, as the card's own id is: digits are the id where they come in the card's
        address, or where nothing else has them.

        :param str code: what the scanner read
        :return: id of the card the user may see, or False
        """
        _before, is_address, code = (code or "").strip().rstrip("/").rpartition("/quality/card/")
        if is_address:
            return self._find_by_id(code)
        domain = Domain("state", "!=", "cancelled") & (
            Domain("name", "=", code) | Domain("production_id.name", "=", code)
            | Domain("line_ids.workorder_id.barcode", "=", code) | Domain("lot_ids.name", "=", code))
        return self.search(domain, limit=1).id or self._find_by_id(code)

    @api.model
    def _find_by_id(self, code):
        """:return: id of the card that the user may see, or False; 0012 is the number of something else"""
        known = code.isascii() and code.isdigit() and not code.startswith("0") and len(code) < 10
        return self.search([("id", "=", int(code))], limit=1).id if known else False
