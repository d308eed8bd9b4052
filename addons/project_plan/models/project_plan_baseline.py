from odoo import fields, models


class ProjectPlanBaseline(models.Model):
    """One released revision of a master plan: what the departments were told, and what changed (PLN-7)."""

    _name = "project.plan.baseline"
    _description = "Released Plan"
    _inherit = ["document.control.mixin", "mail.thread"]
    _order = "project_id, revision desc, id desc"
    _rec_name = "name"

    name = fields.Char(required=True, readonly=True)
    project_id = fields.Many2one("project.project", string="Plan", required=True, index=True, readonly=True,
                                 ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    revision = fields.Integer(required=True, readonly=True, aggregator=False)
    released_by_id = fields.Many2one("res.users", required=True, readonly=True)
    released_on = fields.Datetime(required=True, readonly=True)
    reason = fields.Text(readonly=True)
    meeting_id = fields.Many2one("project.plan.meeting", string="Coordination Meeting", readonly=True)
    promised_date = fields.Date(readonly=True)
    planned_finish = fields.Datetime(readonly=True)
    line_ids = fields.One2many("project.plan.baseline.line", "baseline_id", string="Items", readonly=True)

    _revision_uniq = models.Constraint(
        "UNIQUE(project_id, revision)", "This revision of the plan has been released already.")

    def _is_frozen(self):
        return True

    def _get_lines_to_tell(self):
        """Lines whose departments have not been told yet: what changed against the former revision (PLN-7)."""
        return self.line_ids.filtered(lambda line: line.change != "unchanged" and not line.told_on)

    def _tell_departments(self):
        """Mail each department its items that changed, item by item; nothing is mailed twice."""
        template = self.env.ref("project_plan.mail_template_plan_release", raise_if_not_found=False)
        lines = self._get_lines_to_tell()
        for (baseline, department), some in lines.grouped(lambda line: (line.baseline_id, line.department_id)).items():
            partners = some._get_partners_to_tell()
            if template and partners:
                template.with_context(plan_department=department, plan_lines=some).send_mail(
                    baseline.id, email_values={"recipient_ids": [(4, partner.id) for partner in partners]})
        lines._write_signed({"told_on": fields.Datetime.now()})
