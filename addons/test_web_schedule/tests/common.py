from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

ROLES = {
    "date_start": "planned_start", "date_stop": "planned_finish", "baseline_start": "baseline_start",
    "baseline_stop": "baseline_finish", "actual_start": "actual_start", "actual_stop": "actual_finish",
    "forecast_start": "forecast_start", "forecast_stop": "forecast_finish", "parent": "parent_id",
    "progress": "progress",
}


class ScheduleCase(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["test.schedule.item"]
        cls.partner = cls.env["res.partner"].create({"name": "Transformer works"})
        cls.user = new_test_user(cls.env, "schedule_user", groups="base.group_user")
        cls.as_user = cls.items.with_user(cls.user)

    @classmethod
    def item(cls, name, start=None, stop=None, **values):
        return cls.items.create({
            "name": name, "planned_start": start and f"{start} 01:00:00", "planned_finish": stop and f"{stop} 09:00:00",
            **values})

    def look(self, model=None, domain=(), start="2026-03-01 00:00:00", stop="2026-04-01 00:00:00", **options):
        spec = {"roles": options.pop("roles", ROLES), "fields": options.pop("fields", {}), **options.pop("spec", {})}
        return (self.items if model is None else model).schedule_read(
            list(domain), spec, options.pop("groupby", []), start, stop, **options)

    def names(self, result):
        return [record["display_name"] for record in result["records"]]
