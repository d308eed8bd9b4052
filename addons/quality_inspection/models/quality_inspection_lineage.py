from odoo import fields, models


class QualityInspection(models.Model):
    """Which inspections are of the same goods: re-inspections, and the parts that a lot was split into (REC-2)."""
    _inherit = "quality.inspection"

    split_ids = fields.One2many("quality.inspection", "split_from_id", string="Parts Split Off")

    def _get_family(self):
        """All inspections of goods that came together: what these follow or were split off, and what comes of them."""
        family = self
        while more := (family.parent_id | family.child_ids | family.split_from_id | family.split_ids) - family:
            family |= more
        return family

    def _get_reinspections(self):
        """These inspections, those that they follow and those that follow them; parts split off go their own way."""
        line = self
        while more := (line.parent_id | line.child_ids) - line:
            line |= more
        return line

    def _get_parts(self):
        """All parts that were split off these inspections, and off those parts."""
        parts = self.split_ids
        while more := parts.split_ids - parts:
            parts |= more
        return parts

    def _get_split_origins(self):
        """What a part was split off, with what that followed, back to the first inspection of the goods."""
        origins, origin = self.browse(), self.split_from_id
        while origin:
            origins |= origin
            origin = origin.split_from_id or origin.parent_id
        return origins
