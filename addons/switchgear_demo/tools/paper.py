"""Paper of the demo orders: one-page PDF files in Chinese, without a font of our own."""
import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # one of the Chinese fonts that every PDF reader has or replaces
LEFT, TOP, LINE = 72, 760, 22


def paper(title, lines):
    """A page in A4 with a title and lines of text, as bytes of a PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    page = Canvas(file)
    page.setTitle(title)
    page.setFont(FONT, 18)
    page.drawString(LEFT, TOP, title)
    page.line(LEFT, TOP - 10, 595 - LEFT, TOP - 10)
    page.setFont(FONT, 11)
    for number, line in enumerate(lines, start=2):
        page.drawString(LEFT, TOP - number * LINE, line)
    page.save()
    return file.getvalue()
