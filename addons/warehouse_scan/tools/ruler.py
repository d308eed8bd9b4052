"""How large a printer of pages draws: the width of a picture, read from the PDF that it made."""
import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
#: What moves, keeps, brings back, and uses the coordinates.
STEP = re.compile(rb"(?<!\S)(?:((?:[-+.\d]+\s+){6})cm|(q)|(Q)|/\S+\s+(Do))(?!\S)")
POINTS, MILLIMETRES = 72, 25.4


def get_width(pdf):
    """Width on paper of the first picture of a PDF whose pages are neither turned nor skewed, in mm; 0 without one.

    Read from the content itself: the PDF libraries that Odoo allows have no common way to it.
    """
    for stream in STREAM.finditer(pdf):
        try:
            content = zlib.decompress(stream[1])
        except zlib.error:
            continue
        scale, kept = 1.0, []
        for matrix, keep, back, draw in STEP.findall(content):
            if matrix:
                scale *= float(matrix.split()[0])
            elif keep:
                kept.append(scale)
            elif back and kept:
                scale = kept.pop()
            elif draw:
                return abs(scale) * MILLIMETRES / POINTS
    return 0.0
