from odoo.tests import BaseCase, tagged

from ..tools.revision import next_revision


@tagged("-at_install", "post_install")
class TestRevision(BaseCase):
    def test_next_revision(self):
        """PLN-17: the revision that follows, as people count them."""
        for text, after in {"A": "B", "Z": "AA", "AZ": "BA", "a": "b", "1": "2", "09": "10", "V1.9": "V1.10",
                            "Rev. C": "Rev. D", "第1版": "第1版2", "": "2"}.items():
            self.assertEqual(next_revision(text), after, text)
