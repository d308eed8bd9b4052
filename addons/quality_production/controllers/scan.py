from odoo.http import Controller, request, route


class QualityScan(Controller):
    """Short addresses for the QR codes of printed forms; who opens them logs in and meets the usual rights."""

    @route("/quality/card/<int:card_id>", type="http", auth="user", readonly=True)
    def open_process_card(self, card_id):
        """QR code of a process card: its page for the phone (FQC-1)."""
        return request.redirect(f"/odoo/process-card/{card_id}")

    @route("/quality/passport/<int:lot_id>", type="http", auth="user", readonly=True)
    def open_passport(self, lot_id):
        """QR code of a finished product: its passport."""
        return request.redirect(f"/odoo/serial-passport/{lot_id}")
