from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    delivery_notice_required = fields.Boolean(
        string="Deliver by Notice",
        help="What was sold leaves with a released delivery notice only, whoever validates the transfer.")
    delivery_page_days = fields.Integer(
        string="Days of a Crate's Page", default=90,
        help="Days after the shipment for which the code on a crate opens its page.")
    delivery_file_size = fields.Integer(
        string="Largest Photo (MB)", default=10,
        help="Largest file that the site may send, in megabytes. Phones make their photos smaller before they send "
        "them.")

    _delivery_limits = models.Constraint(
        "CHECK(delivery_page_days BETWEEN 1 AND 730 AND delivery_file_size BETWEEN 1 AND 50)",
        "Deliveries: the code on a crate holds 1 to 730 days, a photo has 1 to 50 MB.")

    def _get_delivery_people(self, group):
        """Who of the company is in a group of the deliveries, as superuser; the administrator comes last."""
        self.ensure_one()
        return self.env.ref(group).sudo().all_user_ids.filtered(  # sudo: whoever asks need not see the users
            lambda user: user.active and self in user.company_ids).sorted(
                lambda user: user.has_group("base.group_system"))
