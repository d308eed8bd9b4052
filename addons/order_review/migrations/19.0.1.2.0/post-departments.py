from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Departments that were made at installation bear their English name in every language: translate them."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    for role in env["order.review.role"].search([]):
        for department in role.department_ids:
            names = {department.with_context(lang=code).name for code, _name in env["res.lang"].get_installed()}
            if names == {role.name}:
                role._name_department(department)
