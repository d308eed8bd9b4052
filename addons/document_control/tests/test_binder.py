import io

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from odoo.tests import BaseCase
from odoo.tools.pdf import PdfReader, PdfWriter

from ..tools import binder


def paper(*texts, turn=0, size=(595, 842)):
    """A PDF with a page for each text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for text in texts:
        canvas.drawString(100, 100, text)
        canvas.showPage()
    canvas.save()
    if not turn:
        return buffer.getvalue()
    writer = PdfWriter()
    for page in PdfReader(buffer, strict=False).pages:
        writer.add_page(page.rotate(turn))
    turned = io.BytesIO()
    writer.write(turned)
    return turned.getvalue()


def picture(size=(40, 20), kind="PNG", mode="RGB", **options):
    """A picture file."""
    buffer = io.BytesIO()
    Image.new(mode, size, None if mode == "P" else "red").save(buffer, kind, **options)
    return buffer.getvalue()


def texts(content):
    """Text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(content), strict=False).pages]


def marks(content):
    """Page on which each paper begins, by title, from the outline."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    return {mark.title: (mark.page if isinstance(mark.page, int) else reader.get_destination_page_number(mark)) + 1
            for mark in reader.outline}


class TestBinder(BaseCase):
    def test_numbers_and_outline(self):
        """EVA-3: every page has its number of all, and each paper its entry, in whatever language."""
        bound = binder.bind([("", paper("cover")), ("技术协议", paper("a", "b")), ("图纸", paper("c"))], "S00001")
        self.assertEqual([text.split("\n")[0] for text in texts(bound)], ["cover", "a", "b", "c"])
        for number, text in enumerate(texts(bound), 1):
            self.assertIn(f"S00001 {number} / 4", " ".join(text.split()))
        self.assertEqual(marks(bound), {"技术协议": 2, "图纸": 4})

    def test_number_stands_upright_on_turned_pages(self):
        """EVA-3: on a page that is turned for the screen the number stands at the foot of what is shown."""
        for turn in (0, 90, 180, 270):
            page = PdfReader(io.BytesIO(binder.bind([("", paper("x", turn=turn))])), strict=False).pages[0]
            places = []
            page.extract_text(visitor_text=lambda text, cm, _tm, _font, _size, places=places: places.append(cm)
                              if "/ 1" in text else None)
            self.assertEqual(len(places), 1, turn)
            self.assertEqual([round(value) for value in places[0][:4]], {
                0: [1, 0, 0, 1], 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0]}[turn])

    def test_pictures_become_pages(self):
        """EVA-3: pictures of all kinds are pages, lying ones lie; large ones do not make the file large."""
        for content in (picture(), picture(mode="RGBA"), picture(mode="P", kind="GIF"), picture(kind="JPEG")):
            page = PdfReader(io.BytesIO(binder.draw_picture(content)), strict=False).pages[0]
            self.assertGreater(page.mediabox.width, page.mediabox.height)
        large = binder.draw_picture(picture((5000, 8000)))
        self.assertEqual(binder.count_pages(large), 1)
        self.assertLess(len(large), 300_000)

    def test_what_cannot_be_read(self):
        """EVA-3: broken, empty and locked files are told apart from papers, whatever the library raises."""
        writer = PdfWriter()
        writer.add_page(PdfReader(io.BytesIO(paper("secret")), strict=False).pages[0])
        writer.encrypt("key")
        locked = io.BytesIO()
        writer.write(locked)
        for content in (b"", b"%PDF-1.4 nothing", paper("a")[:200], locked.getvalue()):
            with self.assertRaises(binder.Unreadable):
                binder.count_pages(content)
        for content in (b"", b"no picture", picture()[:30]):
            with self.assertRaises(binder.Unreadable):
                binder.draw_picture(content)

    def test_enclosed_files_are_kept(self):
        """EVA-3: a paper with enclosed files is enclosed whole, since its pages are all that can be bound."""
        writer = PdfWriter()
        writer.add_page(PdfReader(io.BytesIO(paper("drawing")), strict=False).pages[0])
        writer.add_attachment("parts.csv", b"a;b")
        holding = io.BytesIO()
        writer.write(holding)
        bound = PdfReader(io.BytesIO(binder.bind([("图纸", holding.getvalue())])), strict=False)
        enclosed = bound.trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"]
        self.assertEqual(enclosed[0], "图纸.pdf")
