from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    shortage_planner_id = fields.Many2one(
        "res.users", string="Planner",
        help="Is asked where an order has no responsible, and where nobody else is found.")
    shortage_buyer_id = fields.Many2one(
        "res.users", string="Head of Purchasing", help="Brings what has neither an order nor a buyer of its supplier.")
    shortage_engineering_department_id = fields.Many2one(
        "hr.department", string="Engineering", check_company=True,
        help="Its manager answers for parts that wait for engineering, and agrees to substitutes.")
    shortage_quality_department_id = fields.Many2one(
        "hr.department", string="Quality", check_company=True, help="Its manager answers for parts that quality holds.")
    shortage_group_manager_id = fields.Many2one(
        "res.users", string="Group General Manager",
        help="Approves what is made outside. Left empty: the general manager of the parent company, else of this one.")
    shortage_horizon_days = fields.Integer(
        string="Chase Ahead", default=30,
        help="Days: what is missing for an order that starts later than this is not chased yet.")
    shortage_check_days = fields.Integer(
        string="Completeness Check", default=3,
        help="Working days before the start of production by which the planner checks that all parts are there.")
    shortage_swap_policy = fields.Selection(
        [("agree", "The planner of the other order agrees"), ("free", "Carried out at once")], string="Swaps",
        required=True, default="agree", help="Parts that are reserved for a later order and given to an earlier one.")

    _shortage_horizon_range = models.Constraint(
        "CHECK(shortage_horizon_days BETWEEN 0 AND 730)", "Chase ahead: a number of days from 0 to 730.")
    _shortage_check_range = models.Constraint(
        "CHECK(shortage_check_days BETWEEN 0 AND 60)", "Completeness check: a number of days from 0 to 60.")

    def _get_shortage_group_manager(self):
        """Who approves what is made outside: the group's general manager; empty where nobody is named."""
        self.ensure_one()
        company = self.sudo()  # sudo: who it is is no secret
        users = (company.shortage_group_manager_id, company.root_id.sla_general_manager_id,
                 company.sla_general_manager_id)
        return next((user for user in users if user.active), users[0].browse()).sudo(False)
