from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDocumentCached(TransactionCase):

    def test_answers_are_kept_until_the_configuration_changes(self):
        """REV-3: what is kept in memory is forgotten by each change that matters, and by no other."""
        Rate = self.env["test.document.control.rate"]
        self.assertEqual(Rate._get_rate("A"), [])
        rate = Rate.create({"name": "A", "rate": 5})
        self.assertEqual(Rate._get_rate("A"), [5], "created")
        rate.note = "Read once"
        self.env.flush_all()
        with self.assertQueryCount(0):
            self.assertEqual(Rate._get_rate("A"), [5], "a note changes no answer")
        rate.rate = 7
        self.assertEqual(Rate._get_rate("A"), [7], "written")
        rate.name = "B"
        self.assertEqual((Rate._get_rate("A"), Rate._get_rate("B")), ([], [7]), "renamed")
        rate.unlink()
        self.assertEqual(Rate._get_rate("B"), [], "deleted")
