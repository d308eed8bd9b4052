"""Working hours that people, files and other programs enter for items and links."""
from odoo.exceptions import ValidationError

from odoo.addons.document_control.tools.entered_values import is_number, shown
from odoo.addons.order_sla.kernel.limits import LONGEST_DAYS

#: More than the longest time limit is a slip of the keyboard.
LONGEST = LONGEST_DAYS * 24


def check_hours(records, name, lowest=0):
    """:raise ValidationError: a record's hours are no number, below the lowest or beyond ten years"""
    for record in records:
        if not is_number(record[name], lowest, LONGEST):
            raise ValidationError(record.env._(
                "%(item)s, %(field)s: %(value)s is no number of hours from %(lowest)s to %(longest)s.",
                item=record.display_name, field=record._fields[name]._description_string(record.env),
                value=shown(record[name]), lowest=lowest, longest=LONGEST))
