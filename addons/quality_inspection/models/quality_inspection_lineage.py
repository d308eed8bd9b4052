from odoo import fields, models


class QualityInspection(models.Model):
    """Which inspections are of the same goods: re-inspections, parts split off, those merged into others (REC-2).

    All of them name the one that they began with as their root; their order among each other is in ``parent_id`` and
    ``split_from_id``. One query brings a family, the steps within it are gone in memory.
    """
    _inherit = "quality.inspection"

    split_ids = fields.One2many("quality.inspection", "split_from_id", string="Parts Split Off")

    def _get_root(self):
        """The first inspections of these goods, those of the receipt."""
        return self.browse().union(*(inspection.root_id or inspection for inspection in self))

    def _get_family(self):
        """All inspections of goods that came together: what these follow or were split off, and what comes of them."""
        roots = self._get_root()
        return roots | self.search([("root_id", "in", roots.ids)]) if roots else roots

    def _adopt(self, others):
        """Goods of the others are one lot with these now: so is their lineage."""
        root = self._get_root()
        if joining := others._get_family() - root._get_family():
            joining.write({"root_id": root.id})

    def _get_reinspections(self):
        """These inspections, those that they follow and those that follow them; parts split off go their own way."""
        family, line = self._get_family(), self
        while more := (line.parent_id | family.filtered(lambda one, line=line: one.parent_id in line)) - line:
            line |= more
        return line

    def _get_parts(self):
        """All parts that were split off these inspections, and off those parts."""
        by_origin = self._get_family().grouped("split_from_id")
        parts, origins = self.browse(), self
        while origins := self.browse().union(*(by_origin.get(origin, self.browse()) for origin in origins)) - parts:
            parts |= origins
        return parts

    def _get_split_origins(self):
        """What a part was split off, with what that followed, back to the first inspection of the goods."""
        origins, origin = self.browse(), self.split_from_id
        while origin:
            origins |= origin
            origin = origin.split_from_id or origin.parent_id
        return origins
