import base64
import io

from PIL import Image, ImageDraw

from odoo.tests import BaseCase, tagged

from ..tools.signature import find_fault


@tagged("post_install", "-at_install")
class TestSignature(BaseCase):

    def _picture(self, kind="PNG", mode="RGBA", paper=(0, 0, 0, 0), drawn=True):
        picture = Image.new(mode, (40, 20), paper)
        if drawn:
            ImageDraw.Draw(picture).line((3, 15, 12, 4, 20, 15, 36, 6), fill="black")
        stream = io.BytesIO()
        picture.save(stream, kind)
        return base64.b64encode(stream.getvalue())

    def test_drawn_signature_is_accepted(self):
        """REV-5: on transparent or white paper, in the formats that browsers send."""
        self.assertIsNone(find_fault(self._picture()))
        self.assertIsNone(find_fault(self._picture().decode()))
        self.assertIsNone(find_fault(self._picture("JPEG", "RGB", "white")))
        self.assertIsNone(find_fault(self._picture("GIF", "L", 255)))

    def test_what_is_no_signature(self):
        """REV-5: nothing, no base64, no picture, half of one, an empty one."""
        self.assertEqual(find_fault(None), "missing")
        self.assertEqual(find_fault(b""), "missing")
        for data in ("äöü", "####", base64.b64encode(b"text"), base64.b64encode(b"<svg/>"), 17):
            self.assertEqual(find_fault(data), "unreadable", data)
        self.assertTrue(find_fault(self._picture()[:80]), "Odoo lets Pillow read what there is of a broken picture")
        self.assertEqual(find_fault(self._picture(drawn=False)), "blank")
        self.assertEqual(find_fault(self._picture("JPEG", "RGB", "white", drawn=False)), "blank")
        self.assertEqual(find_fault(self._picture(paper=(255, 255, 255, 255), drawn=False)), "blank")
