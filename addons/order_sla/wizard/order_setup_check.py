from odoo import api, fields, models


class OrderSetupCheck(models.TransientModel):
    """One thing that must be set before the suite can do its work, whether it is, and where it is set.

    An addon adds its own to :meth:`_get_checks`, for those of its users who may set them.
    """

    _name = "order.setup.check"
    _inherit = ["document.number.mixin"]
    _description = "Setup Checklist"
    _order = "sequence, id"

    sequence = fields.Integer()
    name = fields.Char(string="What", required=True)
    is_ready = fields.Boolean(string="Ready")
    missing = fields.Text()
    action = fields.Char(help="External id of the action that shows where it is set.")

    @api.model
    def action_open(self):
        """Look at the company anew and show the checklist."""
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        self.create([
            {"sequence": number, "name": name, "is_ready": not missing, "missing": missing or False, "action": action}
            for number, (name, missing, action) in enumerate(self._get_checks(self.env.company))])
        return self.env["ir.actions.act_window"]._for_xml_id("order_sla.order_setup_check_action")

    def action_set(self):
        """Open the place where it is set."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(self.action)

    @api.model
    def _get_checks(self, company):
        """What a company needs: list of (name, what is missing or "", external id of the action to set it)."""
        return [
            (self.env._("Working hours"), not company.resource_calendar_id.attendance_ids and self.env._(
                "The company has no working hours: time limits cannot be counted."),
             "resource.action_resource_calendar_form"),
            (self.env._("General manager"), not company.sla_general_manager_id.active and self.env._(
                "Nobody is told when a department's manager does not answer, either."),
             "order_sla.res_config_settings_action"),
        ]

    @api.model
    def _get_colleagues(self, company, group):
        """Active users of the company with a group, given by its external id."""
        # sudo: who sets the checklist need not see the users
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and not user.share and company in user.company_ids)
