from odoo import fields, models


class ProjectPlanWeek(models.Model):
    """The rates of the week that has been closed, and of its month, to those who answer for them (PLN-5)."""

    _inherit = "project.plan.week"

    def _get_rates(self):
        """What each department has achieved.

        :return: ``[{"department", "planned", "achieved", "rate", "month_rate"}]``, rates in percent, by name; the last
            row, without department, is the company's; two queries
        """
        self.ensure_one()
        counted = [("company_id", "=", self.company_id.id), ("week_state", "=", "closed"), ("result", "!=", "dropped")]
        month = {department: achieved for department, achieved in self._read_rates([
            *counted, ("date_planned", ">=", self.date_to.replace(day=1)), ("date_planned", "<=", self.date_to)])}
        rows = []
        for department, (count, achieved) in self._read_rates([*counted, ("week_id", "=", self.id)]):
            rows.append(self._prepare_rate(department, count, achieved, month.get(department, (0, 0.0))))
        rows.sort(key=lambda row: row["department"].name or "")
        total = [sum(row[name] for row in rows) for name in ("planned", "achieved")]
        whole = [sum(values) for values in zip(*month.values(), strict=True)] or (0, 0.0)
        return [*rows, self._prepare_rate(self.env["hr.department"], *total, whole)] if rows else []

    def _read_rates(self, domain):
        lines = self.env["project.plan.week.line"]
        return [(department, (count, round(achieved / 100))) for department, count, achieved in lines._read_group(
            domain, ["department_id"], ["__count", "achieved_percent:sum"])]

    def _prepare_rate(self, department, planned, achieved, month):
        return {"department": department, "planned": planned, "achieved": achieved,
                "rate": 100 * achieved / planned if planned else 0.0,
                "month_rate": 100 * month[1] / month[0] if month[0] else 0.0}

    def _tell_rates(self):
        """Mail the rates to the managers of the departments and to the general manager, each in his language."""
        template = self.env.ref("project_plan.mail_template_plan_week", raise_if_not_found=False)
        departments = self.line_ids.department_id
        people = self.env["res.users"].union(
            *(department._get_next_manager(self.company_id) for department in departments),
            departments[:1]._get_general_manager(self.company_id))
        for user in people.filtered("email") if template else ():
            template.with_context(lang=user.lang).send_mail(
                self.id, email_values={"recipient_ids": [fields.Command.link(user.partner_id.id)]})
