import threading
from datetime import datetime

from odoo import fields
from odoo.tests import BaseCase, TransactionCase, tagged

from ..tools.paper import paper
from ..tools.past import living_at

PAST = datetime(2026, 10, 10, 1, 30)


@tagged("post_install", "-at_install")
class TestStoryTeller(TransactionCase):
    def test_past_moment_is_now_for_records(self):
        """Demo: what is written while living at a past moment bears its date; afterwards it is now again."""
        with living_at(self.env.cr, PAST):
            partner = self.env["res.partner"].create({"name": "Somebody"})
            self.assertEqual(fields.Datetime.now(), PAST)
            self.assertEqual(fields.Date.today(), PAST.date())
            self.assertEqual(fields.Date.context_today(partner), PAST.date())
        self.assertEqual(partner.create_date, PAST)
        self.assertGreater(fields.Datetime.now(), PAST)
        self.assertGreater(fields.Date.context_today(partner), PAST.date())
        self.assertGreater(self.env["res.partner"].create({"name": "Somebody"}).create_date, PAST)

    def test_past_moment_ends_with_an_error(self):
        """Demo: an error does not leave the server in the past."""
        with self.assertRaises(ZeroDivisionError), living_at(self.env.cr, PAST):
            raise ZeroDivisionError
        self.assertGreater(fields.Datetime.now(), PAST)

    def test_past_moment_is_not_for_other_threads(self):
        """Demo: the other threads of the server keep the real time."""
        seen = []
        with living_at(self.env.cr, PAST):
            thread = threading.Thread(target=lambda: seen.extend([
                fields.Datetime.now(), fields.Date.today(), fields.Date.context_today(self.env.user)]))
            thread.start()
            thread.join()
        self.assertGreater(seen[0], PAST)
        self.assertGreater(seen[1], PAST.date())
        self.assertGreater(seen[2], PAST.date())

    def test_stories_are_out_of_reach_of_rpc(self):
        """Demo: the model that tells the stories adds no public method."""
        story = self.env.registry["switchgear.demo"]
        public = {name for name in dir(story) if not name.startswith("_")}
        self.assertEqual(public, {name for name in dir(self.env.registry["base"]) if not name.startswith("_")}
                         | {"display_name", "id"} & public)


class TestPaper(BaseCase):
    def test_paper_is_a_pdf_of_one_page(self):
        """Demo: the customers' papers are real PDF files."""
        content = paper("技术协议", ["KYN28A-12，31.5kA"])
        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertEqual(content.count(b"/Type /Page\n"), 1)
