from odoo.tests import TransactionCase, tagged

from odoo.addons.document_control.tools.handover import take_over


@tagged("post_install", "-at_install")
class TestHandover(TransactionCase):

    def _load(self, addon, name, noupdate, **values):
        return self.env["ir.sequence"]._load_records([{
            "xml_id": f"{addon}.{name}", "noupdate": noupdate, "values": {"name": name, **values}}])

    def test_records_are_taken_over(self):
        """REV-3: a record of an addon that was cut up is found by its new one; what users set is not loaded over."""
        kept = self._load("giver", "seq_kept", True, padding=3)
        loaded = self._load("giver", "seq_loaded", False, padding=3)
        self._load("giver", "other", True, padding=3)
        take_over(self.env, "giver", "taker", ["^seq_"])
        for name, noupdate in (("seq_kept", True), ("seq_loaded", False)):
            self._load("taker", name, noupdate, padding=9)
        self.assertEqual((kept.padding, loaded.padding), (3, 9))
        self.assertEqual(self.env.ref("taker.seq_kept"), kept)
        self.assertTrue(self.env.ref("giver.other"))
        self.assertFalse(self.env.ref("giver.seq_kept", raise_if_not_found=False))
