from odoo import api, fields, models


class TestScheduleItem(models.Model):
    _name = "test.schedule.item"
    _description = "Test Item"
    _order = "planned_start, id"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner")
    kind = fields.Selection([("design", "Design"), ("parts", "Parts"), ("assembly", "Assembly")])
    state = fields.Selection([("open", "Open"), ("done", "Done")], default="open", required=True)
    parent_id = fields.Many2one("test.schedule.item", index=True)
    planned_start = fields.Datetime()
    planned_finish = fields.Datetime()
    baseline_start = fields.Datetime()
    baseline_finish = fields.Datetime()
    actual_start = fields.Datetime()
    actual_finish = fields.Datetime()
    forecast_start = fields.Datetime()
    forecast_finish = fields.Datetime()
    promised = fields.Date()
    day_start = fields.Date()
    day_finish = fields.Date()
    cost_until = fields.Datetime(groups="base.group_system")
    progress = fields.Float()
    is_critical = fields.Boolean()
    is_milestone = fields.Boolean()
    is_pinned = fields.Boolean()
    note = fields.Char()
    upper_name = fields.Char(compute="_compute_upper_name")
    shadow_start = fields.Datetime(compute="_compute_shadow_start")

    @api.depends("name")
    def _compute_upper_name(self):
        for item in self:
            item.upper_name = (item.name or "").upper()

    @api.depends("planned_start")
    def _compute_shadow_start(self):
        for item in self:
            item.shadow_start = item.planned_start

    @api.model
    def _get_schedule_links(self, records):
        links = self.env["test.schedule.link"].search_fetch(
            ["|", ("source_id", "in", records.ids), ("target_id", "in", records.ids)],
            ["source_id", "target_id", "kind"])
        return [
            {"id": link.id, "source": link.source_id.id, "target": link.target_id.id, "type": link.kind, "lag": ""}
            for link in links
        ]

    @api.model
    def _may_link_on_schedule(self):
        return self.env["test.schedule.link"].has_access("create")

    @api.model
    def _create_schedule_link(self, source, target, kind):
        link = self.env["test.schedule.link"].create({
            "source_id": source.id, "target_id": target.id, "kind": kind})
        return {"id": link.id, "messages": []}

    @api.model
    def _delete_schedule_link(self, link_id):
        self.env["test.schedule.link"].browse(link_id).unlink()
        return {"messages": []}

    @api.model
    def _get_schedule_markers(self, records):
        return [
            {"date": f"{day} 00:00:00", "text": f"Promised {day}", "css": "promised"}
            for day in sorted({record.promised for record in records if record.promised})
        ]

    @api.model
    def _simulate_schedule(self, moved):
        """What follows an item moves along by as much; what is pinned stays, and this is said."""
        result = super()._simulate_schedule(moved)
        for item, sides in moved.items():
            if "stop" not in sides or not item.planned_finish:
                continue
            shift = sides["stop"] - item.planned_finish
            for follower in self.env["test.schedule.link"].search([("source_id", "=", item.id)]).target_id - item:
                if follower.is_pinned:
                    result["messages"].append(f"{follower.name} is pinned by hand and does not move.")
                elif follower not in moved:
                    result["changes"] |= self._format_schedule_changes({follower: {
                        "start": follower.planned_start + shift, "stop": follower.planned_finish + shift}})
        return result
