from odoo import fields, models


class ServiceRequest(models.Model):
    _inherit = "service.request"

    visit_ids = fields.One2many("service.visit", "request_id", string="Visits", readonly=True)
    visit_count = fields.Integer(compute="_compute_visit_count")

    def _compute_visit_count(self):
        # sudo: how many there are is shown to whoever reads the request
        counts = dict(self.env["service.visit"].sudo()._read_group(
            [("request_id", "in", self.ids)], ["request_id"], ["__count"]))
        for request in self:
            request.visit_count = counts.get(request._origin, 0)

    def action_new_visit(self):
        """Plan a visit for this request (AFT-3).

        :raise UserError: nobody has spoken with the customer yet, or it is over
        """
        self.ensure_one()
        self._check_state("contacted", "in_progress")
        visit = self.env["service.visit"].create({
            "request_id": self.id, "company_id": self.company_id.id, "technician_id": self.user_id.id,
            "kind_id": self._get_visit_kind().id, "instruction": self.subject})
        if not self.needs_visit:
            self.needs_visit = True
        return visit._get_records_action()

    def action_view_visits(self):
        """Open the visits of this request."""
        self.ensure_one()
        return self.visit_ids._get_records_action(name=self.env._("Visits"))

    def _get_visit_kind(self):
        repair = self.env.ref("aftersales_visit.kind_repair", raise_if_not_found=False)
        kinds = self.env["service.visit.kind"]
        return repair if repair and repair.active and self.kind == "quality" else kinds._default_kind()

    def _get_living_fields(self):
        return super()._get_living_fields() | {"visit_ids"}
