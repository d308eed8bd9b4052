from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.tools.entered_values import is_number

from ..tools.words import tell


class OrderFeasible(models.TransientModel):
    """When a quotation can be delivered, and what if (REV-10). It keeps an answer, books nothing."""

    _name = "order.feasible"
    _inherit = ["document.number.mixin"]
    _description = "Feasible Date of a Quotation"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    computed_on = fields.Datetime(string="As Of", readonly=True)
    asked_date = fields.Date(string="Requested Date")
    feasible_date = fields.Date(readonly=True)
    gap_days = fields.Integer(
        string="Days after the Request", readonly=True, help="Negative: so many days before the requested date.")
    is_late = fields.Boolean(readonly=True)
    obstacles = fields.Text(string="What Drives It", readonly=True)
    overtime_centre = fields.Selection("_selection_overtime_centre", string="Overtime At")
    overtime_hours = fields.Float(string="Hours a Day More")
    is_what_if = fields.Boolean(readonly=True, help="Of other quantities or with overtime: cannot be taken over.")
    line_ids = fields.One2many("order.feasible.line", "window_id", string="Lines")

    @api.model
    def _selection_overtime_centre(self):
        # sudo: sales may name a work centre without rights on manufacturing
        centres = self.env["mrp.workcenter"].sudo().search([("company_id", "in", [False, *self.env.companies.ids])])
        return [(str(centre.id), centre.name) for centre in centres]

    def action_compute(self):
        """Compute with the other quantities, the other date, the overtime.

        :raise UserError: a quantity or the overtime is none
        """
        self.ensure_one()
        self._compute_anew()
        return self._show()

    def action_take_over(self):
        """Write the date on the quotation.

        :raise UserError: it is a what-if, or the date cannot be promised
        """
        self.ensure_one()
        if self.is_what_if:
            raise UserError(self.env._(
                "%(order)s: this date is of other quantities or with overtime. Change the quotation first, then "
                "compute its date.", order=self.order_id.name))
        self.order_id._take_over_feasible_date(self.feasible_date)
        return {"type": "ir.actions.act_window_close"}

    def _compute_anew(self):
        order = self.order_id
        order.check_access("read")
        quantities, overtime = self._get_quantities(), self._get_overtime()
        found = order._get_feasible(quantities, self.asked_date, overtime)
        driving = [row for row in found["lines"] if row["needed"] and row["date"] == found["date"]]
        self.write({
            "computed_on": found["as_of"], "asked_date": found["asked"], "feasible_date": found["date"],
            "gap_days": found["gap"], "is_late": found["gap"] is not False and found["gap"] > 0,
            "obstacles": "\n".join(tell(self.env, obstacle) for row in driving[:1] for obstacle in row["obstacles"]),
            "is_what_if": bool(overtime) or self._has_other_quantities(quantities),
            "line_ids": [Command.clear(), *(Command.create(self._prepare_line(row)) for row in found["lines"])],
        })

    def _prepare_line(self, row):
        texts = [tell(self.env, obstacle) for obstacle in row["obstacles"]] + ["", "", ""]
        if not row["needed"]:
            texts[0] = self.env._("No date needed")
        return {
            "order_line_id": row["line_id"], "name": row["product"], "quantity": row["quantity"], "unit": row["unit"],
            "kit_date": row["kit"], "feasible_date": row["date"], "gap_days": row["gap"],
            "is_late": row["gap"] is not False and row["gap"] > 0, "is_needed": row["needed"], "count": row["count"],
            "constraint": texts[0], "next_one": texts[1], "next_two": texts[2]}

    def _get_quantities(self):
        """The quantities of the window by line of the order; those of other orders count for nothing."""
        wrong = [line.name for line in self.line_ids if not is_number(line.quantity, 0)]
        if wrong:
            raise UserError(self.env._(
                "Enter how many, zero or more: %(products)s.", products=", ".join(name or "-" for name in wrong)))
        return {line.order_line_id: line.quantity for line in self.line_ids}

    def _has_other_quantities(self, quantities):
        return any(line.product_uom_id.compare(quantities.get(line.id, line.product_uom_qty), line.product_uom_qty)
                   for line in self.order_id._get_feasible_lines())

    def _get_overtime(self):
        if not is_number(self.overtime_hours, 0, 24):
            raise UserError(self.env._("Overtime is between 0 and 24 hours a day."))
        return {int(self.overtime_centre): self.overtime_hours} if self.overtime_centre and self.overtime_hours else {}

    def _show(self):
        return {
            "name": self.env._("Feasible date of %(order)s", order=self.order_id.name),
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "target": "new", "context": {"dialog_size": "extra-large"}}
