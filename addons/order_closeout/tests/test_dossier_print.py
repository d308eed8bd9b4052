import base64
from contextlib import suppress

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.document_control.tests.test_binder import marks, paper, picture, texts

from .common import CloseoutCommon


class Killed(BaseException):
    """The end of the worker: no error that anybody handles."""


@tagged("-at_install", "post_install")
class TestDossierPrint(CloseoutCommon):
    def setUp(self):
        super().setUp()
        self.printed, self.rows, self.front = [], [], ("cover",)

        def render(report, name, res_ids=None, data=None):
            """Each form is a page; wkhtmltopdf is tried by hand and by the demo company."""
            self.printed.append((name, report.env.uid, report.env.lang))
            if "print_rows" in (data or {}) and name.endswith("cover"):
                self.rows = data["print_rows"]
                return paper(*self.front), "pdf"
            return paper(name), "pdf"

        self.patch(self.registry["ir.actions.report"], "_render_qweb_pdf", render)
        self.mine = self.order.with_user(self.sales)

    def _attach(self, name, content, mimetype, record=None):
        record = record or self.order
        return self.env["ir.attachment"].create({
            "name": name, "raw": content, "mimetype": mimetype, "res_model": record._name, "res_id": record.id})

    def _job(self):
        return self.env["order.dossier.print"].search([("order_id", "=", self.order.id)], limit=1)

    def _work(self):
        self.env["order.dossier.print"]._cron_print()

    def _content(self):
        return base64.b64decode(self._job().content)

    def test_papers_in_time_order(self):
        """EVA-3: forms and files in time order, pictures as pages, the rest listed with the reason; the contents say
        the page on which each begins."""
        self._attach("技术协议.pdf", paper("agreed", "signed"), "application/pdf")
        self._attach("photo.png", picture(), "image/png")
        self._attach("price.xlsx", b"PK", "application/vnd.ms-excel")
        self._attach("broken.pdf", b"%PDF-1.4 nothing", "application/pdf")
        self.mine.action_print_dossier()
        self.assertRecordValues(self._job(), [{"state": "working", "done_count": 0, "user_id": self.sales.id}])
        self._work()
        job, told = self._job(), self.mine.get_dossier_print()
        self.assertEqual((told["state"], told["done"], told["pages"]), ("done", job.part_count, job.page_count))
        self.assertFalse(job.part_ids, "the single papers are dropped")
        begins = marks(self._content())
        shown = {row["title"]: row for row in self.rows}
        for title, page in begins.items():
            self.assertEqual(shown[title]["page"], page, title)
        self.assertIn("agreed", texts(self._content())[begins["技术协议.pdf"] - 1])
        self.assertIn("photo.png", begins)
        for name in ("price.xlsx", "broken.pdf"):
            self.assertFalse(shown[name]["page"])
            self.assertTrue(shown[name]["note"])
        moments = [row["at"] for row in self.rows[:-1]]
        self.assertEqual(moments, sorted(moments))
        self.assertEqual({user for _name, user, _lang in self.printed}, {self.sales.id}, "with the rights of who asked")

    def test_long_contents_move_the_pages(self):
        """EVA-3: contents of several pages are counted in."""
        self._attach("a.pdf", paper("a"), "application/pdf")
        self.front = ("cover", "contents", "contents")
        self.mine.action_print_dossier()
        self._work()
        begins = marks(self._content())
        self.assertEqual(next(row["page"] for row in self.rows if row["title"] == "a.pdf"), begins["a.pdf"])
        self.assertEqual(self.rows[0]["page"], 4)

    def test_same_file_is_printed_once(self):
        """EVA-3: a file that hangs on two documents is a paper once, both entries lead to it."""
        content = paper("same")
        self._attach("one.pdf", content, "application/pdf")
        self._attach("two.pdf", content, "application/pdf")
        self.mine.action_print_dossier()
        self._work()
        pages = [row["page"] for row in self.rows if row["title"] in ("one.pdf", "two.pdf")]
        self.assertEqual(len(pages), 2)
        self.assertEqual(pages[0], pages[1])
        self.assertEqual(sum("same" in text for text in texts(self._content())), 1)

    def test_interrupted_goes_on_where_it_stopped(self):
        """EVA-3: the worker that has no time left stops after a paper, the next one prints the others only."""
        for number in range(3):
            self._attach(f"{number}.pdf", paper(f"file {number}"), "application/pdf")
        self.mine.action_print_dossier()
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0.0)
        self._work()
        self.assertEqual((self._job().done_count, self._job().state), (1, "working"))
        self.assertEqual(self.mine.get_dossier_print()["done"], 1)
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)
        self._work()
        self.assertEqual(self._job().state, "done")
        names = [name for name, _user, _lang in self.printed]
        self.assertEqual(names.count("sale.action_report_saleorder"), 1)
        self.assertEqual(len(names), len(set(names)) + names.count("order_closeout.action_report_dossier_cover") - 1)

    def test_paper_that_stops_the_server_is_given_up(self):
        """EVA-3: an attempt is counted before it is made; the fourth lists the paper instead."""
        self._attach("bomb.pdf", paper("bomb"), "application/pdf")
        self.mine.action_print_dossier()
        bomb = self._job().part_ids.filtered(lambda part: part.title == "bomb.pdf")

        def die(part, order):
            if part == bomb:
                raise Killed
            return original(part, order)

        original = self.registry["order.dossier.print.part"]._prepare_printed
        self.patch(self.registry["order.dossier.print.part"], "_prepare_printed", die)
        for _attempt in range(3):
            with suppress(Killed):  # as committed; assertRaises would take it back
                self._work()
            self.assertEqual(bomb.state, "waiting")
        self._work()
        self.assertEqual(self._job().state, "done")
        row = next(row for row in self.rows if row["title"] == "bomb.pdf")
        self.assertTrue(row["note"] and not row["page"])

    def test_one_paper_does_not_hold_up_the_others(self):
        """EVA-3: a form that fails is listed; where the whole cannot be bound, who waits is told."""
        self.mine.action_print_dossier()
        self._job().part_ids[0].report_name = "no.such_report"
        render = self.registry["ir.actions.report"]._render_qweb_pdf

        def fail(report, name, *args, **kwargs):
            if name == "no.such_report":
                raise ValueError("no such report")
            return render(report, name, *args, **kwargs)

        self.patch(self.registry["ir.actions.report"], "_render_qweb_pdf", fail)
        with mute_logger("odoo.addons.order_closeout.models.order_dossier_print_part"):
            self._work()
        self.assertEqual(self._job().state, "done")
        self.assertTrue(self.rows[0]["note"])

    def test_stopped_and_gone_on(self):
        """EVA-3: who asked stops it and goes on; what is printed is kept; asked again it goes on, too."""
        self.mine.action_print_dossier()
        job = self._job().with_user(self.sales)
        job.action_stop()
        self._work()
        self.assertEqual((job.state, job.done_count), ("stopped", 0))
        with self.assertRaises(UserError):
            job.action_stop()
        self.mine.action_print_dossier()
        self.assertEqual((self._job(), job.state), (job, "working"))
        self._work()
        self.assertEqual(job.state, "done")

    def test_asked_twice_is_one(self):
        """EVA-3: asked again while it is made, the same one is told; of another person it is another one."""
        first = self.mine.action_print_dossier()
        self.assertEqual(self.mine.action_print_dossier()["id"], first["id"])
        self.desk.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertNotEqual(self.order.with_user(self.desk).action_print_dossier()["id"], first["id"])
        self._work()
        again = self.mine.action_print_dossier()
        self.assertEqual(again["state"], "working", "a new one may be wanted later")
        self.assertNotEqual(again["id"], first["id"])

    def test_read_by_who_asked_and_reads_the_order(self):
        """EVA-3, EXC-2: nobody else reads it, nor he once the order is closed to him; not by its attachment either."""
        failure = self._exception("failure", user=self.sales).sudo()
        self._attach("minutes.pdf", paper("minutes"), "application/pdf", failure)
        self.mine.action_print_dossier()
        self._work()
        job = self._job()
        file = self.env["ir.attachment"].search([
            ("res_model", "=", job._name), ("res_id", "=", job.id), ("res_field", "=", "content")])
        self.assertTrue(job.with_user(self.sales).content)
        file.with_user(self.sales).check_access("read")
        boss = self._user("boss", "base.group_user,sales_team.group_sale_manager")
        self.assertTrue(self.order.with_user(boss).has_access("read"))
        for stranger in (boss, self.general_manager, self.outsider):
            self.assertFalse(self.env[job._name].with_user(stranger).search([("id", "=", job.id)]))
            for record in (job, file):
                with self.assertRaises(AccessError):
                    record.with_user(stranger).check_access("read")
        self.order.user_id = boss
        self.env.invalidate_all()
        for record in (job, file):
            with self.assertRaises(AccessError):
                record.with_user(self.sales).check_access("read")
        with self.assertRaises(AccessError):
            job.with_user(self.sales).read(["content"])

    def test_nobody_writes_it_by_hand(self):
        """EVA-3: what it holds, and for whom, is written by the worker only."""
        self.mine.action_print_dossier()
        job = self._job().with_user(self.sales)
        for call in (lambda: job.write({"state": "done"}), job.unlink,
                     lambda: job.create({"order_id": self.order.id, "user_id": self.sales.id, "state": "working"}),
                     lambda: job.part_ids.read(["title"]), lambda: job.with_user(self.desk).action_stop()):
            with self.assertRaises(AccessError):
                call()

    def test_customers_have_no_dossier(self):
        """EVA-3: a portal user reads his order, and neither its dossier nor a PDF of it."""
        customer = new_test_user(self.env, "customer", "base.group_portal")
        self.order.partner_id = customer.partner_id
        self.order.message_subscribe(customer.partner_id.ids)
        order = self.order.with_user(customer)
        self.assertTrue(order.has_access("read"))
        for method in ("get_dossier", "action_print_dossier", "get_dossier_print"):
            with self.assertRaises(AccessError):
                getattr(order, method)()

    def test_rights_that_are_lost_meanwhile(self):
        """EVA-3: what may not be read any more is not printed; without the order, or the person, nothing is."""
        self._attach("a.pdf", paper("a"), "application/pdf")
        self.mine.action_print_dossier()
        self.sales.active = False
        self._work()
        self.assertRecordValues(self._job(), [{"state": "failed", "content": False}])
        self.sales.active = True
        self.mine.action_print_dossier()
        self.order.user_id = self._user("heir", "base.group_user,sales_team.group_sale_salesman")
        self.env.invalidate_all()
        self._work()
        self.assertRecordValues(self._job(), [{"state": "failed", "content": False}])
        self.assertFalse(self.printed, "nothing was printed for him")

    def test_who_asked_is_told(self):
        """EVA-3: when it is ready, by message and at once."""
        self.mine.action_print_dossier()
        before = self.env["mail.message"].search_count([("partner_ids", "in", self.sales.partner_id.ids)])
        self._work()
        self.assertEqual(
            self.env["mail.message"].search_count([("partner_ids", "in", self.sales.partner_id.ids)]), before + 1)
        self.assertNotIn(self.order.name, [
            event["text"] for event in self.mine.get_dossier()["events"] if event["kind"] == "message"])

    def test_old_ones_go(self):
        """EVA-3: after a month it is printed anew when it is wanted."""
        self.mine.action_print_dossier()
        job = self._job()
        self.env.flush_all()
        self.env.cr.execute("UPDATE order_dossier_print SET create_date = %s WHERE id = %s", (
            fields.Datetime.subtract(fields.Datetime.now(), days=40), job.id))
        self.env[job._name]._gc_old()
        self.assertFalse(job.exists())
