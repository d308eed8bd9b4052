from odoo import api, fields, models
from odoo.exceptions import UserError

from .quality_defect_record import OPEN


class QualityInspection(models.Model):
    """Inspection in the process and of finished goods (FQC-2, FQC-4, FQC-5)."""

    _inherit = "quality.inspection"
    _dossier_path = "production_id"

    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)
    process_card_id = fields.Many2one(
        "process.card", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)
    process_line_id = fields.Many2one(
        "process.card.line", string="Operation", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    defect_record_ids = fields.One2many("quality.defect.record", "inspection_id", string="Defect Records")
    missing_ids = fields.One2many(related="process_card_id.missing_ids", string="Missing Parts on the Card")
    defect_open_count = fields.Integer(string="Open Defects", compute="_compute_release_counts")
    missing_open_count = fields.Integer(string="Parts Missing", compute="_compute_release_counts")

    @api.depends("defect_record_ids.state", "process_card_id.missing_ids.state")
    def _compute_release_counts(self):
        # sudo: how many there are belongs to the inspection, what they say does not
        defects = dict(self.env["quality.defect.record"].sudo()._read_group(
            [("inspection_id", "in", self.ids), ("state", "in", OPEN)],
            ["inspection_id"], ["__count"]))
        missing = dict(self.env["process.card.missing"].sudo()._read_group(  # sudo: as above
            [("card_id", "in", self.process_card_id.ids), ("state", "=", "open")], ["card_id"], ["__count"]))
        for inspection in self:
            inspection.defect_open_count = defects.get(inspection._origin, 0)
            inspection.missing_open_count = missing.get(inspection.process_card_id, 0)

    @api.model
    def _prepare_created(self, vals_list):
        """A re-inspection belongs to the order of the inspection that it follows."""
        for vals in vals_list:
            if vals.get("parent_id") and "production_id" not in vals:
                parent = self.sudo().browse(vals["parent_id"])  # only links are handed down
                vals.update(parent._prepare_production_vals())
        return super()._prepare_created(vals_list)

    def _prepare_production_vals(self):
        """Order, card and operation, for an inspection of the same goods."""
        return {"production_id": self.production_id.id, "process_card_id": self.process_card_id.id,
                "process_line_id": self.process_line_id.id}

    def _prepare_split_vals(self, quantity, lots):
        """A part that is split off stays in its order, with its card and missing parts."""
        return {**super()._prepare_split_vals(quantity, lots), **self._prepare_production_vals()}

    def _get_living_fields(self):
        """Records of defects have rules of their own, and a missing part may come later."""
        return super()._get_living_fields() | {"defect_record_ids", "missing_ids"}

    def _get_release_location(self):
        """Finished goods are released to where their order would have put them."""
        if self.production_id and self.location_id:
            return self.production_id.location_dest_id
        return super()._get_release_location()

    def _get_picking_type(self):
        """Operation type of the manufacturing order that made the goods."""
        return self.sudo().production_id.picking_type_id or super()._get_picking_type()  # sudo: as in super

    def _get_merge_fields(self):
        """Inspections of two orders, or of two operations, are not one."""
        return [*super()._get_merge_fields(), "production_id", "process_card_id", "process_line_id"]

    def action_merge(self):
        """Merge waiting inspections; one that ends by it has no open defect records.

        :raise UserError: see ``super``; or names the open defect records
        """
        # sudo: the rule holds for records that the inspector may not see
        if records := self.sudo().sorted("id")[1:].defect_record_ids.filtered(lambda record: record.state in OPEN):
            raise UserError(self.env._(
                "These inspections cannot be merged: the defect records %(records)s must be settled first.",
                records=", ".join(records.mapped("name"))))
        return super().action_merge()

    def action_cancel(self):
        """Cancel inspections without verdict; finished goods are not let go past their defects by it (FQC-5).

        :raise UserError: see ``super``; or names the open defect records and missing parts
        """
        self._check_manager()
        self.filtered(lambda inspection: inspection.state != "draft" and inspection.location_id)._check_release()
        return super().action_cancel()

    def _get_defect_records(self):
        """Defect records of these goods (FQC-5).

        Those of this inspection, of those that it follows and of those that follow it; and what was written before
        this part was split off. A defect of a known serial number goes where its number goes.
        """
        line = self._get_reinspections()
        moved = line._get_parts().lot_ids
        records = line.defect_record_ids.filtered(lambda record: record.lot_id not in moved)
        for part in line.filtered("split_from_id"):
            lots = part.lot_id | part.lot_ids
            records |= part._get_split_origins().defect_record_ids.filtered(
                lambda record, part=part, lots=lots: record.create_date <= part.create_date
                and (not record.lot_id or record.lot_id in lots))
        return records

    def _check_release(self):
        """Goods are released only when defects are closed or conceded and no part is missing unnoticed (FQC-5).

        :raise UserError: names the defect records and the missing parts
        """
        for inspection in self.sudo():  # the rule holds whoever releases
            if inspection.trigger not in ("final", "production"):
                continue
            defects = inspection._get_defect_records().filtered(lambda record: record.state in OPEN)
            parts = inspection.process_card_id.missing_ids.filtered(lambda part: part.state == "open")
            problems = [f"{record.name}: {record.description}" for record in defects]
            if inspection.trigger == "final":
                problems += [self.env._(
                    "Missing part: %(product)s, %(quantity)s %(uom)s", product=part.product_id.display_name,
                    quantity=f"{part.quantity:g}", uom=part.product_uom_id.name) for part in parts]
            if problems:
                raise UserError(self.env._(
                    "%(name)s cannot be released yet:\n%(problems)s\nHave the defects corrected and re-inspected, the "
                    "missing parts installed, or let the head of quality concede them.",
                    name=inspection.name, problems="\n".join(problems)))

    def _get_verdict_preview(self):
        """Say before the conclusion what keeps accepted goods from being released (FQC-5)."""
        preview = super()._get_verdict_preview()
        if preview and preview.get("verdict") == "accept":
            try:
                self._check_release()
            except UserError as error:
                preview["blocked"] = str(error)
        return preview

    def action_record_defect(self, description, lot_id=None, defect_code_id=None, attachment_ids=None):
        """Write a defect on the defect record; the team leader is told to have it corrected (FQC-5).

        :param str description: what is wrong
        :param int lot_id: the serial number where it is
        :return: the ``quality.defect.record``
        :raise AccessError: the user is no inspector
        :raise UserError: the inspection is concluded or cancelled
        """
        self.ensure_one()
        return self.env["quality.defect.record"].create({
            "inspection_id": self.id, "description": description, "lot_id": lot_id or False,
            "defect_code_id": defect_code_id or False, "attachment_ids": [(6, 0, attachment_ids or [])]})

    def action_ask_defect(self):
        """Ask what is wrong, then write it on the defect record."""
        return self.env["quality.production.remark"]._get_remark_action("inspection_defect", self)

    def action_view_production(self):
        """Open the manufacturing order."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "mrp.production", "view_mode": "form",
                "res_id": self.production_id.id}

    def action_view_defect_records(self):
        """Open the defect records of this inspection, of those it follows and of the parts split off."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "quality.defect.record", "view_mode": "list,form",
                "domain": [("inspection_id", "in", self._get_family().ids)], "name": self.env._("Defect Records"),
                "context": {"default_inspection_id": self.id}}

    def action_view_process_card(self):
        """Open the process card."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "process.card", "view_mode": "form",
                "res_id": self.process_card_id.id}
