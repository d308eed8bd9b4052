from odoo import api, fields, models


class ResCompany(models.Model):
    """Settings of quality."""
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    quality_department_id = fields.Many2one(
        "hr.department", help="Its manager is the head of quality: is told of poor lots "
        "and answers for inspections that nobody has taken.")
    quality_own_decision = fields.Boolean(
        string="Reporter May Decide", help="Who reported a nonconformity may decide its disposition too.")
    quality_repeat_days = fields.Integer(
        string="Repeats Within (Days)", default=180, help="The same defect of the same product and supplier within "
        "this time is a repeat.")
    quality_gate_own_approval = fields.Boolean(
        string="Requester May Approve Gate Passes", help="Else a gate pass is approved by another person.")
    quality_hourly_cost = fields.Monetary(
        string="Cost of an Hour", help="Hours of sorting and rework are charged back at this rate, unless another is "
        "given.")
    quality_report_rate = fields.Float(
        string="Report Below (%)", default=95.0, help="A lot with a lower qualified rate is reported to the heads of "
        "quality and purchasing at once.")
    quality_urgent_hours = fields.Integer(
        string="Urgent Within (Hours)", default=24, help="An inspection is urgent when its product is needed within "
        "this time.")

    _quality_rate_bounds = models.Constraint(
        "CHECK(quality_report_rate IS NULL OR quality_report_rate BETWEEN 0 AND 100)",
        "The qualified rate is a percentage between 0 and 100.")
    _quality_days_positive = models.Constraint(
        "CHECK(COALESCE(quality_repeat_days, 0) >= 0 AND COALESCE(quality_urgent_hours, 0) >= 0)",
        "Days and hours of the quality settings must not be negative.")

    def _get_quality_head(self):
        """The head of quality: manager of the quality department or of the next one above with a manager.

        :return: res.users, empty when no department is set or nobody manages it
        """
        self.ensure_one()
        # sudo: everybody may cause the head to be told
        return self.sudo().quality_department_id._get_next_manager(self)

    @api.model
    def _prepare_quality_repair_location_vals(self, company):
        return {
            "name": self.env._("At supplier for repair"),
            "usage": "internal",
            "is_quality_hold": True,
            "company_id": company.id,
        }

    def _get_quality_repair_location(self):
        """Where goods under repair at a supplier are kept in the books; made when it is first needed.

        :return: stock.location, internal, a hold location without warehouse; as superuser
        """
        self.ensure_one()
        # sudo: the location is made by whoever first sends goods to repair
        Location = self.env["stock.location"].sudo()
        location = Location.search([
            ("company_id", "=", self.id), ("usage", "=", "internal"), ("is_quality_hold", "=", True),
            ("warehouse_id", "=", False), ("location_id", "=", False)], limit=1)
        return location or Location.create(self._prepare_quality_repair_location_vals(self))
