from odoo import models

from .sampling_words import plain


class QualityUrgentRelease(models.Model):
    """The recall: what is left comes back, what was used is traced by its lot (REC-8)."""
    _inherit = "quality.urgent.release"

    def _recall(self):
        self.ensure_one()
        inspection = self.inspection_id
        inspection._lock()
        wanted = self._get_outstanding()
        quants = self._get_recallable_quants()
        taken, lots = self._bring_back(quants, wanted)
        missing = self.product_uom_id.round(wanted - taken)
        usage = self._get_usage()
        self.write({
            "state": "recalled",
            "quantity_recalled": self.quantity_recalled + taken,
            "recalled_lot_ids": [(4, lot.id) for lot in lots],
            "usage_note": "\n".join(usage) or False,
            "recall_needed": False,
        })
        self.activity_unlink(["quality_inspection.mail_activity_type_recall"])
        inspection._update_quantities()
        if taken and inspection.state == "done":
            self._report_recalled(taken, lots)
        if self.product_uom_id.compare(missing, 0.0) > 0:
            self._report_missing(missing, usage)
        inspection.message_post(body=self.env._(
            "Recall: %(taken)s %(uom)s came back, %(missing)s were used. %(usage)s", taken=plain(taken),
            missing=plain(missing), uom=self.product_uom_id.name, usage=", ".join(usage)))

    def _get_recallable_quants(self):
        """Quants of the released lots that stand in the company's stock, outside of hold locations."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        return self.env["stock.quant"].search([
            ("product_id", "=", self.product_id.id), ("lot_id", "in", self._get_outstanding_lots().ids),
            ("quantity", ">", 0),
            ("location_id.usage", "in", ("internal", "transit")), ("location_id", "not in", tuple(hold_ids)),
            ("company_id", "=", self.company_id.id)], order="in_date, id")

    def _bring_back(self, quants, wanted):
        """Move up to ``wanted`` back to the inspection area; reservations on it are freed.

        :return: (quantity that came back, its lots)
        """
        goods, taken, lots = {}, 0.0, self.lot_ids.browse()
        for quant in quants:
            quantity = min(quant.quantity, wanted - taken)
            if self.product_uom_id.compare(quantity, 0.0) <= 0:
                break
            goods.setdefault(quant.location_id, []).append((quant, quantity))
            taken += quantity
            lots |= quant.lot_id
        if goods:
            self._free_reservations(quants, lots)
            picking = self.env["stock.picking"]._create_into_hold(goods, self.inspection_id.location_id, self.name)
            picking.move_ids.picked = True
            picking._action_done()
        return taken, lots

    def _free_reservations(self, quants, lots):
        lines = self.env["stock.move.line"].search([
            ("product_id", "=", self.product_id.id), ("lot_id", "in", lots.ids),
            ("location_id", "in", quants.location_id.ids),
            ("state", "in", ("confirmed", "waiting", "partially_available", "assigned"))])
        lines.move_id._do_unreserve()

    def _get_usage(self):
        """Documents that took goods that are out, and not accepted, out of stock; ready to be shown."""
        lines = self.env["stock.move.line"].search([
            ("product_id", "=", self.product_id.id), ("lot_id", "in", self._get_outstanding_lots().ids),
            ("state", "=", "done"),
            ("location_id.usage", "in", ("internal", "transit")),
            ("location_dest_id.usage", "in", ("customer", "production", "supplier")),
            ("date", ">=", self.decided_on)])
        return [self.env._("%(document)s: %(lot)s, %(quantity)s", lot=line.lot_id.name,
                           document=line.reference or line.move_id.display_name,
                           quantity=plain(line.quantity_product_uom)) for line in lines]

    def _report_recalled(self, taken, lots):
        """The verdict is spoken already, so no other report comes over what returned: this one owns it (REC-8)."""
        inspection = self.inspection_id
        report = self.env["quality.nonconformity"]._create_from_inspection(
            inspection, taken, lots=lots, defects=inspection._get_defects())
        report.message_post(body=self.env._(
            "Recalled from the urgent release out of %(inspection)s.", inspection=inspection.name))
        inspection._update_quantities()

    def _report_missing(self, missing, usage):
        """Open a nonconformity for what was used; it stands where it was used, so nothing is held for it."""
        report = self.env["quality.nonconformity"].create(self._prepare_nonconformity_vals(missing, usage))
        report.action_open()
        return report

    def _prepare_nonconformity_vals(self, missing, usage):
        return {
            "source": "process",
            "severity": "major",
            "product_id": self.product_id.id,
            "quantity": missing,
            "lot_ids": [(6, 0, self._get_outstanding_lots().ids)],
            "is_stocked": False,
            "partner_id": self.inspection_id.partner_id.id,
            "company_id": self.company_id.id,
            "description": self.env._(
                "Urgently released from %(inspection)s before its verdict, and used: %(usage)s",
                inspection=self.inspection_id.name, usage=", ".join(usage) or "–"),
        }
