"""What a supplier types into his page: dates and numbers as people write them in China and elsewhere."""
import re
from datetime import date

from odoo.addons.document_control.tools.entered_values import is_number

DATE = re.compile(r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$")
NUMBER = re.compile(r"^-?\d{1,12}(\.\d{1,9})?$")


def parse_date(text):
    """A date written year first: 2026-12-01, 2026/12/1, 2026.12.1, 2026年12月1日.

    :return: date, or None where it is none
    """
    found = DATE.match(text or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def parse_number(text):
    """A number with a point or, as thousands, commas: 1,200.5; also in full-width digits.

    :return: float, or None where it is none
    """
    plain = (text or "").strip().translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
    plain = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", plain)
    number = float(plain) if NUMBER.match(plain) else None
    return number if number is not None and is_number(number) else None
