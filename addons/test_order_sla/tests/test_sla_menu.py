from odoo.tests import HttpCase, tagged

from .common import SlaCommon


@tagged("post_install", "-at_install")
class TestSlaMenu(SlaCommon, HttpCase):
    def test_systray_opens_the_document_of_a_clock(self):
        """SLA-2: the systray counts own clocks and late ones, opens a clock's document, and leads to all of them."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            self._new_document(name="Tour: late document")
        self._new_document(name="Tour: running document")
        self._new_document(name="Tour: document of another person", user_id=self.sun.id)
        self.env.user.flush_recordset()
        self.start_tour("/odoo", "order_sla_clock_menu", login=self.li.login)
