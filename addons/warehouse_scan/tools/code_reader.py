"""What a scanner has sent, read: plain Python, no database. What it is in the company is ``scan.code``'s question."""
import re
import unicodedata
from dataclasses import dataclass, field

from . import gs1

#: Longer than any code.
LONGEST = 4000
SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
#: What devices send where the code has a FNC1 and their keyboard has no such key.
SEPARATORS = ("\u241d", "<GS>", "{GS}", "\\x1d", "\\x1D", "\\u001d", "^]")
CONTROLS = {
    0: "NUL", 2: "STX", 3: "ETX", 4: "EOT", 9: "TAB", 10: "LF", 13: "CR", 27: "ESC", 28: "FS", 29: "GS (FNC1)",
    30: "RS", 31: "US", 32: "SPACE", 160: "NO-BREAK SPACE", 0x200B: "ZERO WIDTH SPACE", 0xFEFF: "BOM",
    0x3000: "IDEOGRAPHIC SPACE"}
#: What a pattern's group may be called.
GROUPS = ("product", "gtin", "lot", "serial", "quantity", "weight", "expiry", "production", "order", "location",
          "package")
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
DAY = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})|(\d{6})")


@dataclass(frozen=True)
class Reading:
    """A code that was read.

    ``kind``: gs1, link, pattern, plain or damaged. ``text`` is the code without what the device has put round it;
    ``sure`` is False where plain text only looks like GS1, and may be somebody's own number as well. ``problem`` says
    what is damaged (length, digits, check digit, identifier), ``doubts`` which parts have no meaning (dates).
    """

    kind: str
    raw: str
    text: str
    symbology: str = ""
    parts: tuple = ()
    values: dict = field(default_factory=dict)
    sure: bool = True
    problem: str = ""
    detail: str = ""
    doubts: tuple = ()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self.values.get(name)


def clean(raw, prefixes=(), suffixes=()):
    """The code without line ends, and without what the device is set to put before and behind it."""
    text = raw[:LONGEST].strip("\r\n\t\0\ufeff\u200b\x02\x03 ")
    for prefix in prefixes:
        if prefix and text.startswith(prefix) and len(text) > len(prefix):
            text = text[len(prefix):]
            break
    for suffix in suffixes:
        if suffix and text.endswith(suffix) and len(text) > len(suffix):
            text = text[:-len(suffix)]
            break
    return text.strip("\r\n\t\0 ")


def read(raw, table, symbology="", patterns=(), prefixes=(), suffixes=(), today=None):
    """Read what a device has sent.

    :param table: :class:`gs1.Table` of the identifiers that are known
    :param symbology: AIM identifier where the device gives it apart (a camera)
    :param patterns: pairs of a name and a compiled expression with named groups, tried in order
    :return: :class:`Reading`; never an error
    """
    raw = str(raw or "")
    text = clean(raw, prefixes, suffixes)
    if SYMBOLOGY.match(text):
        symbology, text = text[:3], text[3:]
    plain = Reading("plain", raw, text, symbology)
    certain = symbology in gs1.GS1_SYMBOLOGIES or text.startswith(gs1.GS)
    element = text
    for mark in SEPARATORS:
        element = element.replace(mark, gs1.GS)
    element = element.strip(gs1.GS)
    try:
        if parts := gs1.read_link(text, table, today):
            return _gathered(plain, "link", parts)
        if parts := gs1.read_brackets(element, table, today):
            return _gathered(plain, "gs1", parts)
        if certain:
            return _gathered(plain, "gs1", gs1.read_elements(element, table, today))
    except gs1.Damaged as damage:
        if certain or damage.reason != "identifier":
            return Reading("damaged", raw, text, symbology, problem=damage.reason, detail=damage.detail)
    if reading := _by_pattern(plain, patterns):
        return reading
    return _as_bare_elements(plain, element, table, today)


def _as_bare_elements(plain, element, table, today):
    """Many wedges leave identifier and FNC1 away: a text that is whole as GS1 and begins like a label is taken for
    it."""
    if element[:2] not in ("00", "01", "02") and gs1.GS not in element:
        return plain
    try:
        return _gathered(plain, "gs1", gs1.read_elements(element, table, today), sure=gs1.GS in element)
    except gs1.Damaged:
        return plain


def _by_pattern(plain, patterns):
    for name, expression in patterns:
        match = expression.fullmatch(plain.text)
        if not match:
            continue
        values, doubts = {"pattern": name}, []
        for group, text in match.groupdict().items():
            if text is None or group not in GROUPS:
                continue
            value = _read_value(group, text.strip())
            if value is None:
                doubts.append(text)
            else:
                values[group] = value
        return Reading("pattern", plain.raw, plain.text, plain.symbology, values=values, doubts=tuple(doubts))
    return None


def _read_value(group, text):
    """Value of a group; None where it is no number or day."""
    if group in ("quantity", "weight"):
        return float(text) if NUMBER.fullmatch(text) else None
    if group in ("expiry", "production"):
        match = DAY.fullmatch(text)
        try:
            if match and match.group(1):
                return gs1.date(*(int(match.group(place)) for place in (1, 2, 3)))
            return gs1.read_date(text) if match else None
        except ValueError:
            return None
    return text


def _gathered(plain, kind, parts, sure=True):
    """A reading of GS1 parts; the first of each role counts."""
    values, doubts = {}, []
    for part in parts:
        if part.value is None:
            doubts.append(f"({part.ai}) {part.text}")
        else:
            values.setdefault(part.role, part.value)
    if "content" in values:  # what is in the box is what is counted; its own number is another thing
        values.setdefault("gtin", values["content"])
    return Reading(kind, plain.raw, plain.text, plain.symbology, parts, values, sure, doubts=tuple(doubts))


def numbers_of(code):
    """Ways to write one GTIN: with and without the zeros before it, never a part of another number.

    >>> numbers_of("06901234567892") == {"06901234567892", "6901234567892"}
    True
    """
    if not (code.isascii() and code.isdigit() and len(code) in (8, 12, 13, 14)):
        return {code}
    whole = code.zfill(14)
    return {code} | {whole[-length:] for length in (8, 12, 13, 14) if not whole[:-length].strip("0")}


def spell(raw):
    """Each character with its number and name, for the self-test."""
    def name(char):
        return CONTROLS.get(ord(char)) or unicodedata.name(char, f"U+{ord(char):04X}")
    return [{"char": char if char.isprintable() else "", "code": ord(char), "name": name(char)} for char in raw]
