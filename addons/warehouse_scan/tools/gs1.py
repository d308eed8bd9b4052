"""GS1: element strings, human readable text and Digital Links. Plain Python; the table of identifiers is data."""
import calendar
import re
from collections import namedtuple
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

GS = "\x1d"
#: Of the symbologies that carry GS1 element strings: GS1-128, DataBar, DataMatrix, QR Code, DotCode.
GS1_SYMBOLOGIES = frozenset({"]C1", "]e0", "]d2", "]Q3", "]J1"})
#: Names that a Digital Link may use in place of numbers.
LINK_NAMES = {"gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "sscc": "00", "gln": "414", "exp": "17",
    "party": "417"}
LINK_KEYS = ("00", "01", "414", "8006", "8003", "8004")
ORDINARY = re.compile(r"[!-~]+")

#: One element: identifier, what it is for, value as it stands and as it is meant.
Part = namedtuple("Part", "ai role text value")


@dataclass(frozen=True)
class Identifier:
    """An application identifier: ``code`` such as 10 or 310n (n: number of decimals), ``kind`` digits, text, date or
    time, ``least`` and ``most`` characters of its value."""

    code: str
    role: str
    kind: str
    least: int
    most: int
    name: str = ""


class Damaged(ValueError):
    """It says that it is a GS1 code and is none: ``reason`` and the ``detail`` that it concerns."""

    def __init__(self, reason, detail=""):
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Table:
    """The identifiers that are known, by the digits that they begin with."""

    def __init__(self, identifiers):
        self._by_code = {one.code: one for one in identifiers}

    def find(self, text, start=0):
        """Identifier at a place of a text, and its digits; (None, "") where there is none."""
        for length in (2, 3, 4):
            digits = text[start:start + length]
            if len(digits) < length or not digits.isascii() or not digits.isdigit():
                break
            found = self._by_code.get(digits) or self._by_code.get(digits[:-1] + "n" if length == 4 else "")
            if found:
                return found, digits
        return None, ""

    def get(self, digits):
        """Identifier by its digits, None if it is not known."""
        found, read = self.find(digits)
        return found if read == digits else None


def has_check_digit(digits):
    """Whether the last digit is the check digit of GS1 (GTIN, SSCC, GLN)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    return (10 - total % 10) % 10 == int(digits[-1])


def read_date(text, today=None):
    """Day of YYMMDD; day 00 is the last of its month (General Specifications 7.12).

    :raise ValueError: there is no such day
    """
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    now = (today or date.today()).year
    gap = year - now % 100
    century = now // 100 + (-1 if gap >= 51 else 1 if gap <= -50 else 0)
    year += century * 100
    if not 1 <= month <= 12:
        raise ValueError(f"month {month}")
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _check(found, text):
    """:raise Damaged: the value is not as its identifier says"""
    if not found.least <= len(text) <= found.most:
        raise Damaged("length", f"({found.code}) {text}")
    if found.kind != "text" and not (text.isascii() and text.isdigit()):
        raise Damaged("digits", f"({found.code}) {text}")
    if found.role in ("gtin", "content", "sscc", "location", "place") and text.isdigit() and not has_check_digit(text):
        raise Damaged("check digit", f"({found.code}) {text}")


def make_part(found, digits, text, today=None):
    """Element with its meaning; a date that does not exist has none.

    :raise Damaged: the value is not as its identifier says
    """
    _check(found, text)
    value = text
    if found.kind in ("date", "time"):
        try:
            value = read_date(text[:6], today)
        except ValueError:
            value = None
    elif found.kind == "digits" and found.role in ("quantity", "weight", "measure"):
        decimals = int(digits[-1]) if found.code.endswith("n") else 0
        value = int(text) / 10 ** decimals if decimals else int(text)
    return Part(digits, found.role, text, value)


def read_elements(text, table, today=None):
    """Parts of an element string, with GS behind values of no fixed length.

    :raise Damaged: it is none
    """
    parts, place = [], 0
    while place < len(text):
        if text[place] == GS:
            place += 1
            continue
        found, digits = table.find(text, place)
        if not found:
            raise Damaged("identifier", text[place:place + 4])
        place += len(digits)
        end = text.find(GS, place)
        end = len(text) if end < 0 else end
        if found.least == found.most:
            end = min(end, place + found.most)
        parts.append(make_part(found, digits, text[place:end], today))
        place = end
    if not parts:
        raise Damaged("identifier", "")
    return tuple(parts)


def read_brackets(text, table, today=None):
    """Parts of the text that is printed below a code: (01)...(10)...; None where it is no such text.

    A bracket within a value is one of the value unless a known identifier stands in it and both sides fit.
    """
    if not re.match(r"\(\d{2,4}\)", text):
        return None
    pieces = []
    for match in re.finditer(r"\((\d{2,4})\)", text):
        found = table.get(match.group(1))
        if found:
            pieces.append((match.start(), match.end(), found, match.group(1)))
    if not pieces or pieces[0][0] != 0:
        raise Damaged("identifier", text[:6])
    parts, index = [], 0
    while index < len(pieces):
        _start, begin, found, digits = pieces[index]
        following = index + 1
        while True:
            end = pieces[following][0] if following < len(pieces) else len(text)
            value = text[begin:end].strip(" " + GS)
            if len(value) >= found.least or following >= len(pieces):
                break
            following += 1
        parts.append(make_part(found, digits, value, today))
        index = following
    return tuple(parts)


def read_link(text, table, today=None):
    """Parts of a GS1 Digital Link; None where the address is none.

    :raise Damaged: it is one, and a value in it cannot be
    """
    if not re.match(r"https?://", text, re.IGNORECASE):
        return None
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    steps = [unquote(step) for step in address.path.split("/") if step]
    steps = [(LINK_NAMES.get(step.lower(), step), step) for step in steps]
    for place, (key, _step) in enumerate(steps):
        if key in LINK_KEYS and place + 1 < len(steps) and (len(steps) - place) % 2 == 0:
            break
    else:
        return None
    pairs = [(steps[at][0], steps[at + 1][1]) for at in range(place, len(steps), 2)]
    pairs += [(LINK_NAMES.get(name, name), value) for name, value in parse_qsl(address.query)]
    parts = []
    for digits, value in pairs:
        found = table.get(digits)
        if not found:
            continue  # extensions of the address are no elements
        if found.role in ("gtin", "content") and value.isdigit():
            value = value.zfill(14)
        parts.append(make_part(found, digits, value, today))
    return tuple(parts) or None
