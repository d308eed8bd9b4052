"""Papers put together to one PDF: plain functions, no database."""
import io

from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from odoo.tools.pdf import PdfReader, PdfWriter

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"}
#: Pixels of a page at 150 dpi: more is not seen, and makes the file large.
PAGE_PIXELS = (1240, 1754)
MARGIN = 36


class Unreadable(ValueError):
    """What is no paper that can be put into a PDF."""


def read(content):
    """Pages of a PDF.

    :raise Unreadable: broken, empty, or closed by a password
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("closed by a password")
        pages = list(reader.pages)
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes the library raise
        raise Unreadable(str(error)) from error
    if not pages:
        raise Unreadable("without pages")
    return reader, pages


def count_pages(content):
    """:raise Unreadable: as ``read``, and where its pages cannot be written"""
    reader, pages = read(content)
    try:
        writer = PdfWriter()
        for page in pages:
            writer.add_page(page)
        writer.write(io.BytesIO())
    except Exception as error:  # noqa: BLE001 - as above
        raise Unreadable(str(error)) from error
    return len(pages)


def draw_picture(content):
    """A picture as a page: upright as it was taken, as large as the page allows.

    :raise Unreadable: no picture, or one so large that it is dangerous
    """
    try:
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
        picture.thumbnail(PAGE_PIXELS if picture.height >= picture.width else PAGE_PIXELS[::-1])
        flat = Image.new("RGB", picture.size, "white")
        picture = picture.convert("RGBA")
        flat.paste(picture, mask=picture.getchannel("A"))
    except Exception as error:  # noqa: BLE001 - as above
        raise Unreadable(str(error)) from error
    size = A4 if flat.height >= flat.width else A4[::-1]
    scale = min((size[0] - 2 * MARGIN) / flat.width, (size[1] - 2 * MARGIN) / flat.height, 1)
    width, height = flat.width * scale, flat.height * scale
    buffer, jpeg = io.BytesIO(), io.BytesIO()
    flat.save(jpeg, "JPEG", quality=85)
    canvas = Canvas(buffer, pagesize=size)
    canvas.drawImage(ImageReader(jpeg), (size[0] - width) / 2, (size[1] - height) / 2, width, height)
    canvas.save()
    return buffer.getvalue()


def bind(papers, foot=""):
    """One PDF with page numbers and an outline.

    :param papers: pairs (title, content); papers without title have no entry in the outline
    :param foot: printed before the page number, as far as it is Latin
    """
    writer, total = PdfWriter(), sum(len(read(content)[1]) for _title, content in papers)
    foot = foot if foot.isascii() else ""
    number = 0
    for title, content in papers:
        reader, pages = read(content)
        if title:
            marks = (title, number)
        for page in pages:
            number += 1
            _stamp(page, f"{foot}   {number} / {total}".strip())
            writer.add_page(page)
        if title:
            writer.add_outline_item(*marks)
        if _holds_more(reader):  # fields of a form and enclosed files get lost with the pages
            writer.add_attachment(f"{title or number}.pdf", content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _holds_more(reader):
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    return "/AcroForm" in root or bool(names is not None and "/EmbeddedFiles" in names.get_object())


def _stamp(page, text):
    """The number at the foot of the page as it is shown, whichever way it is turned."""
    box = page.mediabox
    left, bottom, width, height = (float(value) for value in (box.left, box.bottom, box.width, box.height))
    turn = int(page.get("/Rotate", 0) or 0) % 360
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(left + width, bottom + height))
    canvas.translate(left, bottom)
    canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}.get(turn, (0, 0)))
    canvas.rotate(turn)
    shown = height if turn in (90, 270) else width
    half = canvas.stringWidth(text, "Helvetica", 8) / 2 + 4
    canvas.setFillGray(1)
    canvas.rect(shown / 2 - half, 10, 2 * half, 13, stroke=0, fill=1)
    canvas.setFillGray(0.25)
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(shown / 2, 13.5, text)
    canvas.save()
    page.merge_page(PdfReader(io.BytesIO(buffer.getvalue()), strict=False).pages[0])
