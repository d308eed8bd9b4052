from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    process_card_policy = fields.Selection(
        [("none", "No process cards"), ("product", "Products that ask for one"), ("all", "Every manufacturing order")],
        string="Process Cards", default="product", required=True,
        help="Which manufacturing orders get a process card when they are confirmed. Key operations and special "
             "processes ask for one, too, unless there are no process cards at all.")
    process_card_gate = fields.Boolean(
        string="Process Card Must Be Complete", default=True,
        help="Work orders and manufacturing orders are finished only when their process card is signed.")
    process_card_receipt_check = fields.Boolean(
        string="Components Checked Before Assembly", default=True,
        help="The team signs the appearance and completeness of the received components before the first "
             "operation is signed.")
    material_controller_id = fields.Many2one(
        "res.users",
        help="Is told of missing parts and of material that comes back from production.")

    def _get_material_controller(self, production):
        """Who is told; where he has left, who answers for the order (MAT-10, MAT-11)."""
        controller = self.material_controller_id
        users = controller and controller | production.user_id
        return users.filtered(lambda user: user.active and not user.share)[:1]
