from odoo import http
from odoo.http import content_disposition, request


class PlanFile(http.Controller):
    """Download of a plan."""

    @http.route("/project_plan/<int:project_id>/file", type="http", auth="user", readonly=True)
    def download(self, project_id):
        """The plan as a file of Microsoft Project (XML), for whoever may read it."""
        plan = request.env["project.project"].search([("id", "=", project_id), ("is_plan", "=", True)])
        if not plan:
            return request.not_found()
        return request.make_response(plan._get_file(), [
            ("Content-Type", "application/xml; charset=utf-8"),
            ("Content-Disposition", content_disposition(f"{plan.name}.xml"))])
