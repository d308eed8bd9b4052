from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_robot_phones(self):
        """Telephone numbers by which group chats know these people, digits only; who has none is not called."""
        # sudo: a work phone of an employee is no secret in the company, the employee's other data is
        phones = [user.sudo().employee_id.mobile_phone or user.sudo().phone for user in self]
        digits = ["".join(char for char in phone if char.isdigit()) for phone in phones if phone]
        # The chats want the number as people write it at home.
        return [number.removeprefix("86") if len(number) == 13 else number for number in digits if len(number) >= 7]
