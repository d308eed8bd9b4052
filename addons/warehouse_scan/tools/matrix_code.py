"""GS1 DataMatrix (ECC 200) and QR code as pictures: Odoo's own ``barcode`` knows one size of DataMatrix and no FNC1.

Reportlab places the modules and reckons the correction; what is said here is which symbol is taken and what is in it.
"""
import io

from PIL import Image
from reportlab.graphics.barcode.ecc200datamatrix import ECC200DataMatrix
from reportlab.graphics.barcode.qr import QrCodeWidget

from .gs1 import GS

FNC1, PAD, PAIR = 232, 129, 130
#: Modules of a side, regions of a side, code words of data and of correction (ISO/IEC 16022, table 7).
SIZES = (
    (12, 1, 5, 7), (14, 1, 8, 10), (16, 1, 12, 12), (18, 1, 18, 14), (20, 1, 22, 18), (22, 1, 30, 20), (24, 1, 36, 24),
    (26, 1, 44, 28), (32, 2, 62, 36), (36, 2, 86, 42), (40, 2, 114, 48), (44, 2, 144, 56))
#: Light modules round a symbol.
QUIET, QUIET_QR = 2, 4


class TooLong(ValueError):
    """No symbol holds so much, or a character is none of GS1."""


class Symbol(ECC200DataMatrix):
    """One symbol of a size, filled with code words."""

    def __init__(self, words):
        fitting = next((size for size in SIZES if len(words) <= size[2]), None)
        if not fitting:
            raise TooLong(len(words))
        side, regions, room, correction = fitting
        super().__init__("")
        self.row_modules = self.col_modules = side
        self.row_regions = self.col_regions = regions
        self.row_usable_modules = self.col_usable_modules = side - 2 * regions
        self.words = [*words, *self._get_padding(len(words), room)]
        self.words += self._get_reed_solomon_code(self.words, correction)

    @staticmethod
    def _get_padding(used, room):
        """The first pad is plain, those behind it differ by their place (annex B)."""
        for place in range(used + 1, room + 1):
            word = PAD if place == used + 1 else PAD + (149 * place) % 253 + 1
            yield word if word <= 254 else word - 254

    def get_rows(self):
        """Rows of modules, 1 for dark."""
        matrix = self._create_matrix(list(self.words))
        if self.row_usable_modules % 4:  # the corner that no code word fills
            matrix[-1][-1] = matrix[-2][-2] = 1
        return self._merge_data_regions(self._wrap_data_regions_with_finders(self._create_data_regions(matrix)))


def get_words(elements):
    """Code words of a GS1 element string, pairs of digits in one.

    :raise TooLong: a character is no ASCII
    """
    words, place = [FNC1], 0
    while place < len(elements):
        pair = elements[place:place + 2]
        if len(pair) == 2 and pair.isascii() and pair.isdigit():
            words.append(PAIR + int(pair))
            place += 2
            continue
        if not pair[0].isascii():
            raise TooLong(pair[0])
        words.append(FNC1 if pair[0] == GS else ord(pair[0]) + 1)
        place += 1
    return words


def draw(elements, scale=8):
    """PNG of a GS1 element string, with GS behind values of no fixed length.

    :param scale: pixels of a module
    :raise TooLong: it does not fit
    """
    return paint(Symbol(get_words(elements)).get_rows(), QUIET, scale)


def draw_qr(text, scale=8):
    """PNG of a QR code whose modules are all of one width; Odoo's ``barcode`` stretches them to a size, and some
    readers give up."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    return paint(code.modules, QUIET_QR, scale)


def paint(rows, quiet, scale):
    """PNG of rows of modules."""
    side = len(rows) + 2 * quiet
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                picture.putpixel((x + quiet, y + quiet), 0)
    file = io.BytesIO()
    picture.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()
