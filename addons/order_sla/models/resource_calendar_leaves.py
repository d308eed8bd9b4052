from odoo import api, fields, models


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "document.fence.mixin"]

    official_year_id = fields.Many2one(
        "resource.calendar.official.year", string="Loaded with", readonly=True, copy=False, index="btree_not_null",
        ondelete="set null", help="The year of official working days that this time off was loaded with.")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"official_year_id"}  # which load made it, so that a load may undo it

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._sla_leaves_changed()
        return leaves

    def write(self, vals):
        if not {"date_from", "date_to", "calendar_id", "company_id", "resource_id", "time_type"}.intersection(vals):
            return super().write(vals)
        self._sla_leaves_changed()  # where they were
        result = super().write(vals)
        self._sla_leaves_changed()  # where they are now
        return result

    def unlink(self):
        self._sla_leaves_changed()
        result = super().unlink()
        self.env.registry.clear_cache("stable")  # nothing laid out meanwhile stays
        return result

    def _sla_leaves_changed(self):
        """Time off of everybody changes working time; that of one employee or machine does not."""
        general = self.filtered(lambda leave: not leave.resource_id)
        if not general:
            return
        self.env.registry.clear_cache("stable")
        unbound = general.filtered(lambda leave: not leave.calendar_id)
        companies = unbound.company_id
        if any(not leave.company_id for leave in unbound):
            # sudo: it is off for all of them, archived ones too
            companies = self.env["res.company"].sudo().search([("active", "in", (True, False))])
        self.env["sla.clock"]._wake_later(calendars=general.calendar_id, companies=companies)
