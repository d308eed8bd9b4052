from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    service_file_size = fields.Integer(
        string="Largest File of Customers", default=10,
        help="MB that a photo or a paper of a customer may have.")
    service_code_years = fields.Integer(
        string="Cabinet Codes Valid", default=10,
        help="Years after which the code on a cabinet opens nothing any more.")
    warranty_extends = fields.Boolean(
        string="Repairs Extend the Warranty", default=True,
        help="The days from the request to the end of the repair are added to the warranty of the serial number.")

    _service_file_size_range = models.Constraint(
        "CHECK(service_file_size BETWEEN 1 AND 25)", "A file of a customer may have 1 to 25 MB.")
    _service_code_years_range = models.Constraint(
        "CHECK(service_code_years BETWEEN 1 AND 50)", "The code of a cabinet is valid for 1 to 50 years.")
