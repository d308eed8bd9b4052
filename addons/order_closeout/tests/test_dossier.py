from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestDossier(CloseoutCommon):
    def _titles(self, user, kind=None):
        events = self.order.with_user(user).get_dossier()["events"]
        return [event["title"] for event in events if kind in (None, event["kind"])]

    def test_everything_in_time_order(self):
        """EVA-3: documents, messages, changes of status, files and clocks of the order and its documents."""
        self.order.message_post(body="The customer called")
        problem = self._exception().sudo()
        self.env["ir.attachment"].create({
            "name": "photo.jpg", "raw": b"x", "res_model": "order.exception", "res_id": problem.id})
        self.env.flush_all()
        self.cr.precommit.run()  # nothing is told of what is new in the same transaction
        boss = problem.with_user(self.general_manager)
        boss.write({"owner_id": self.desk.id, "measures": "Two fitters", "date_due": fields.Date.today()})
        boss.with_context(tracking_disable=False, mail_notrack=False).action_assign()
        self.env.flush_all()
        self.cr.precommit.run()  # what was changed is told
        dossier = self.order.with_user(self.sales).get_dossier()
        events = dossier["events"]
        self.assertEqual([event["at"] for event in events], sorted(event["at"] for event in events))
        self.assertEqual({event["kind"] for event in events}, set(dossier["kinds"]))
        self.assertTrue(any("customer called" in event["text"] for event in events))
        self.assertTrue(any(event["title"] == "photo.jpg" and event["url"] for event in events))
        documents = {(event["model"], event["id"]) for event in events if event["kind"] == "document"}
        self.assertIn(("order.exception", problem.id), documents)
        self.assertIn("order.document", {model for model, _id in documents})

    def test_reader_sees_what_he_may_read(self):
        """EVA-3, EXC-2: a restricted failure, its messages and files stand in the dossier of those named only."""
        seller = self.general_manager_seller()
        failure = self._exception("failure", user=seller).sudo()
        failure.message_post(body="Who did it?")
        self.env["ir.attachment"].create({
            "name": "minutes.pdf", "raw": b"x", "res_model": "order.exception", "res_id": failure.id})
        self.assertIn("minutes.pdf", self._titles(seller, "file"))
        shown = self.order.with_user(self.sales).get_dossier()["events"]
        self.assertFalse([event for event in shown if event["model"] == "order.exception"])
        self.assertNotIn("minutes.pdf", self._titles(self.sales))
        with self.assertRaises(AccessError):
            self.order.with_user(self.outsider).get_dossier()

    def general_manager_seller(self):
        self.general_manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        return self.general_manager

    def test_hidden_fields_stay_hidden(self):
        """EVA-3: a change of a field that the reader may not see is not told to him."""
        order = self.order
        field = self.env["ir.model.fields"]._get("sale.order", "amount_total")
        order.message_post(body="", tracking_value_ids=[(0, 0, {
            "field_id": field.id, "old_value_float": 1, "new_value_float": 4711.5})])
        self.assertTrue([event for event in order.with_user(self.sales).get_dossier()["events"]
                         if "4711.5" in event["text"]])
        self.patch(self.env.registry["sale.order"]._fields["amount_total"], "groups", "base.group_no_one")
        self.assertFalse([event for event in order.with_user(self.sales).get_dossier()["events"]
                          if "4711.5" in event["text"]])

    def test_mail_is_told_by_its_words(self):
        """EVA-3: a mail stands there by its words: no stars, no empty lines, no addresses behind its links."""
        self.order.message_post(body=Markup(
            "<p>It <i class='x'>is</i> <b>issued</b>.</p><br/><br/>"
            "<p><a href='https://plant.example/mail/view'>Read it</a></p><p></p>"))
        told = [event["text"] for event in self.order.with_user(self.sales).get_dossier()["events"]]
        self.assertIn("It is issued.\nRead it", told)

    def test_thousand_events_within_fifteen_queries(self):
        """EVA-1, EVA-3: as many queries for a thousand events as for ten, at most fifteen; so do the papers of the PDF
        and the figures of the evaluation, which read the same."""
        order = self.order.with_user(self.sales)
        self._exception()

        def count(function):
            self.env.flush_all()
            function()  # who may read what, and models' names, are cached
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            return len(function()), self.cr.sql_log_count - before

        asked = [lambda: order.get_dossier()["events"], order._prepare_dossier_papers,
                 lambda: self.order._get_evaluation_figures() and self.order._get_evaluation_clocks()]
        (few, queries), *others = map(count, asked)
        self.env["mail.message"].create([{
            "model": "sale.order", "res_id": order.id, "body": f"Call {number}", "message_type": "comment",
            "author_id": self.env.user.partner_id.id} for number in range(1000)])
        (many, more), *others_after = map(count, asked)
        self.assertEqual(many, few + 1000)
        self.assertGreater(queries, 0)
        self.assertEqual(more, queries)
        self.assertLessEqual(more, 15)
        self.assertEqual(others_after, others)

    def test_forms_of_the_worker_by_their_bare_address(self):
        """EVA-3: who prints the cover or the chronicle by its address gets an empty form, no error of the template."""
        for form in ("cover", "chronicle"):
            report = self.env["ir.actions.report"].with_user(self.sales)
            content, _kind = report._render_qweb_html(f"order_closeout.report_dossier_{form}", self.order.ids)
            self.assertIn("</html>", str(content, "utf-8"))
