import unittest
from datetime import date

from odoo.addons.warehouse_scan.tools import code_reader, gs1

ONE = gs1.Identifier
TABLE = gs1.Table([
    ONE("00", "sscc", "digits", 18, 18), ONE("01", "gtin", "digits", 14, 14), ONE("02", "content", "digits", 14, 14),
    ONE("10", "lot", "text", 1, 20), ONE("11", "production", "date", 6, 6), ONE("17", "expiry", "date", 6, 6),
    ONE("21", "serial", "text", 1, 20), ONE("30", "quantity", "digits", 1, 8), ONE("37", "quantity", "digits", 1, 8),
    ONE("92", "other", "text", 1, 90), ONE("240", "part", "text", 1, 30), ONE("250", "other", "text", 1, 30),
    ONE("310n", "weight", "digits", 6, 6), ONE("7003", "expiry", "time", 10, 10), ONE("8008", "production", "time",
    8, 12)])
GTIN = "06901234567892"
TODAY = date(2026, 11, 29)


def read(raw, **more):
    return code_reader.read(raw, TABLE, today=TODAY, **more)


class TestCodeReader(unittest.TestCase):
    def test_elements_with_separators(self):
        """SCN-2: identifiers of fixed and free length, in any order; # belongs to the number of a cabinet."""
        reading = read(f"]C101{GTIN}21 1#\x1d10L/7\x1d3730\x1d11260930".replace("21 1#", "211#"))
        self.assertEqual((reading.kind, reading.gtin, reading.serial, reading.lot), ("gs1", GTIN, "1#", "L/7"))
        self.assertEqual((reading.quantity, reading.production), (30, date(2026, 9, 30)))

    def test_devices_write_the_separator_in_many_ways(self):
        """SCN-2: identifiers ]C1 ]d2 ]Q3 or a first FNC1; GS as the character, a picture of it or in words."""
        for head in ("]C1", "]d2", "]Q3", "\x1d", ""):
            for separator in ("\x1d", "\u241d", "<GS>", "{GS}", "^]"):
                with self.subTest(head=head, separator=separator):
                    reading = read(f"{head}01{GTIN}10AB-1{separator}21S9\r\n")
                    self.assertEqual((reading.gtin, reading.lot, reading.serial), (GTIN, "AB-1", "S9"))

    def test_identifiers_beyond_odoos(self):
        """SCN-2: 11, 16, 240, 250, 7003, 8008 and 92 are known; weights have their decimals."""
        reading = read(f"]C101{GTIN}240PN-7\x1d250X\x1d70032711301200\x1d800826093014\x1d92Z\x1d3103001250")
        self.assertEqual((reading.part, reading.expiry, reading.production), ("PN-7", date(2027, 11, 30),
            date(2026, 9, 30)))
        self.assertEqual(reading.weight, 1.25)

    def test_dates_that_are_none(self):
        """SCN-2: day 00 is the last of its month; a day that does not exist is left away, the rest is read."""
        self.assertEqual(read(f"]C101{GTIN}17270200").expiry, date(2027, 2, 28))
        for wrong in ("171300", "270230", "270001"):
            reading = read(f"]C101{GTIN}17{wrong}10L")
            self.assertEqual((reading.kind, reading.expiry, reading.lot), ("gs1", None, "L"))
            self.assertEqual(reading.doubts, (f"(17) {wrong}",))
        self.assertEqual(gs1.read_date("991231", TODAY), date(1999, 12, 31))

    def test_text_below_the_code(self):
        """SCN-2: the brackets that a camera gives; a bracket inside a number is no identifier of its own."""
        reading = read(f"(01){GTIN}(10)A(1)2(37)5")
        self.assertEqual((reading.gtin, reading.lot, reading.quantity), (GTIN, "A(1)2", 5))

    def test_digital_link(self):
        """SCN-2: a GS1 Digital Link, with short names, escapes and a query; any other address is a plain code."""
        reading = read("https://id.gs1.org/01/6901234567892/10/L%231?17=271200&3103=001500&utm=x")
        self.assertEqual((reading.kind, reading.gtin, reading.lot, reading.weight), ("link", GTIN, "L#1", 1.5))
        self.assertEqual(read("HTTPS://firma.cn/x/gtin/06901234567892/ser/9").serial, "9")
        self.assertEqual(read(f"https://id.gs1.org/01/{GTIN}/21/26%2F0107").serial, "26/0107")
        self.assertEqual(read(f"https://id.gs1.org/01/{GTIN}/21/26/0107").kind, "plain")  # as some software writes it
        self.assertEqual(read("https://firma.cn/visit/01").kind, "plain")

    def test_damaged(self):
        """SCN-4: what says that it is GS1 and is none is damaged, not unknown: check digit, length, letters."""
        for raw, problem in ((f"]C101{GTIN[:-1]}3", "check digit"), ("]C1010690123", "length"),
                             ("]C110", "length"), (f"]C1{'01'}0690123456789X", "digits"), ("]C1ZZ", "identifier")):
            with self.subTest(raw):
                self.assertEqual((read(raw).kind, read(raw).problem), ("damaged", problem))

    def test_plain_codes_stay_plain(self):
        """SCN-2: numbers of one's own are not taken for GS1: 1#, 10, WH/IN/00042, an EAN."""
        for raw in ("1#", "10", "1#柜", "WH/IN/00042", "6901234567892", "0106901234567", "(A)1", "21-0001"):
            with self.subTest(raw):
                self.assertEqual((read(raw).kind, read(raw).text), ("plain", raw))
        self.assertFalse(read(f"01{GTIN}10L7").sure, "it may be somebody's own number")

    def test_suppliers_own_code(self):
        """SCN-2: a pattern with named groups, before a text is guessed at; a bad number is left away."""
        patterns = [("cable", code_reader.re.compile(
            r"P:(?P<product>[^;]+);L:(?P<lot>[^;]+);Q:(?P<quantity>[^;]+)(;E:(?P<expiry>\d+))?"))]
        reading = read("P:YJV-4x16;L:26#11;Q:250.5;E:20271130", patterns=patterns)
        self.assertEqual((reading.kind, reading.product, reading.lot, reading.quantity, reading.expiry),
                         ("pattern", "YJV-4x16", "26#11", 250.5, date(2027, 11, 30)))
        self.assertEqual(read("P:Y;L:2;Q:many", patterns=patterns).doubts, ("many",))

    def test_wedge(self):
        """SCN-2: prefix and suffix that the scanner is set to send, and its line end."""
        self.assertEqual(read("~SCN-1$\r", prefixes=("~",), suffixes=("$",)).text, "SCN-1")
        self.assertEqual(read("]E06901234567892\t").text, "6901234567892")

    def test_numbers_of_one_product(self):
        """SCN-2: with and without zeros before it, never a number inside another one."""
        self.assertEqual(code_reader.numbers_of("6901234567892"), {"6901234567892", GTIN})
        self.assertEqual(code_reader.numbers_of("BM8"), {"BM8"})
        self.assertIn("12345670", code_reader.numbers_of("00000012345670"))
        self.assertNotIn("901234567892", code_reader.numbers_of("6901234567892"))

    def test_character_by_character(self):
        """SCN-2: the self-test names what cannot be seen."""
        self.assertEqual([char["name"] for char in code_reader.spell("A\x1d\r")], [
            "LATIN CAPITAL LETTER A", "GS (FNC1)", "CR"])

    def test_never_an_error(self):
        """SCN-4: whatever is sent, it is read as something."""
        for raw in (None, "", "\x1d", "]C1", "](", "(01", "http://", "http://[", "x" * 10000, "\0\ud800", "٣٤"):
            with self.subTest(repr(raw)[:30]):
                self.assertIn(read(raw).kind, ("plain", "gs1", "damaged"))
