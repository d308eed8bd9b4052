"""Which symbol a code is printed as: GS1 DataMatrix where the code is GS1's, EAN or Code 128 where any scanner reads
them, a QR code for the rest."""
import re

from .gs1 import GS, has_check_digit

#: What may stand in a value of GS1 (General Specifications, figure 7.11-1): no #, no Chinese.
GS1_TEXT = re.compile(r"[!\"%-?A-Z_a-z]{1,20}")
#: A longer Code 128 has bars too fine for the camera of a phone on a label of this width.
SHORT = re.compile(r"[ -~]{1,10}")


def is_gtin(code):
    """Whether a barcode is a number of GS1 with the right check digit."""
    return code.isascii() and code.isdigit() and len(code) in (8, 12, 13, 14) and has_check_digit(code)


def get_elements(gtin, lot="", serial=""):
    """Element string of goods; empty where GS1 cannot say it."""
    number = serial or lot
    if not is_gtin(gtin) or number and not GS1_TEXT.fullmatch(number):
        return ""
    return f"01{gtin.zfill(14)}" + (f"21{serial}" if serial else f"10{lot}" if lot else "")


def spell_elements(elements):
    """What is printed below: identifiers in brackets."""
    text = f"({elements[:2]}){elements[2:16]}" if elements.startswith("01") else f"({elements[:2]}){elements[2:20]}"
    rest = elements[16 if elements.startswith("01") else 20:].lstrip(GS)
    return text + (f"({rest[:2]}){rest[2:]}" if rest else "")


def choose(code):
    """Name of the symbol for a code that is no element string: EAN13, EAN8, Code128 or QR."""
    if is_gtin(code) and len(code) in (8, 13):
        return f"EAN{len(code)}"
    return "Code128" if SHORT.fullmatch(code) else "QR"
