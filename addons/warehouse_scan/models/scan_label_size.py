import logging

from odoo import api, models, tools
from odoo.exceptions import UserError

from ..tools import ruler

#: Laid out as this wide, in mm: more than half of what a page holds, so that nothing is shrunk to fit.
RULER = 150
#: The ruler: a picture of 2x2 dots (one of a single dot is printed as a filled area, not as a picture).
PICTURE = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNgYGBgYAAAAAYAAXKCmeoAAAAA"
           "SUVORK5CYII=")
_logger = logging.getLogger(__name__)


class ScanLabel(models.AbstractModel):
    """Labels as large on paper as they say: wkhtmltopdf without the patched Qt, which Debian and Ubuntu carry, shrinks
    every page and knows no switch against it (SCN-2)."""

    _inherit = "scan.label"

    @api.model
    def _get_zoom(self):
        """How many times larger labels have to be laid out to be printed in their size; 1 where nobody can say."""
        try:
            return self._measure_zoom()
        except (UserError, ValueError) as problem:
            _logger.warning("Labels may be printed too small: %s", problem)
            return 1.0

    @api.model
    @tools.ormcache()
    def _measure_zoom(self):
        """The same from a ruler that is printed once by each server, with the paper of the labels."""
        page = (f'<!DOCTYPE html><html><body style="margin: 0"><img src="{PICTURE}" alt="" '
                f'style="display: block; width: {RULER}mm; height: 5mm"></body></html>')
        width = ruler.get_width(self.env["ir.actions.report"]._run_wkhtmltopdf(
            [page], report_ref="warehouse_scan.action_report_label_sheet"))
        if not RULER / 2 < width < RULER * 2:
            raise ValueError(f"a ruler of {RULER} mm is {width} mm wide")
        return RULER / width
