import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models import supplier_link_hit
from .common import PromiseMixin

PDF = b"%PDF-1.4 waybill"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@tagged("-at_install", "post_install")
class TestPage(PromiseMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchase()
        cls.order = cls._order(cls.terminal | cls.rail)
        cls.first, cls.second = cls.order.order_line
        cls.token = cls._token(cls.order)

    def _get(self, token=None, query=""):
        return self.url_open(f"/supplier/{token or self.token}{query}", allow_redirects=False)

    def _post(self, act, token=None, files=None, **said):
        token = token or self.token
        page = self._get(token)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        said["csrf_token"] = found.group(1) if found else ""
        response = self.url_open(
            f"/supplier/{token}/{act}", data=said, files=files, allow_redirects=False, timeout=60)
        self.env.invalidate_all()
        return response

    def _later(self, **said):
        return {"line_id": self.first.id, "day": self._day(30).isoformat(), "reason": "Copper is short", **said}

    # What is shown

    def test_own_order_only(self):
        """PUR-4: the page shows the lines of the one order and nothing else: no other order, no internal note, no
        needed date, no margin of the buyer; no page keeps or passes on the address."""
        other = self._order(self.env["product.product"].create({"name": "Secret busbar", "type": "consu"}))
        self.order.message_post(body="Their price is too high")
        page = self._get()
        self.assertEqual(page.status_code, 200)
        for word in ("UK-2.5B terminal", "TS35 rail", self.order.name):
            self.assertIn(word, page.text)
        for word in ("Secret busbar", other.name, "too high", "<script"):
            self.assertNotIn(word, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        response = self._post("line", line_id=other.order_line.id, price="1")
        self.assertEqual(response.status_code, 422)
        self.assertFalse(other.confirmation_ids)

    def test_language(self):
        """PUR-4: the page is in the supplier's language; another that is installed can be chosen."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.lang = "zh_CN"
        self.assertIn('lang="zh-CN"', self._get().text)
        self.assertIn('lang="en-US"', self._get(query="?lang=en_US").text)
        self.assertIn('lang="zh-CN"', self._get(query="?lang=xx_XX").text)

    def test_what_is_typed_is_no_markup(self):
        """PUR-4: what the supplier types comes back as text."""
        response = self._post("line", **self._later(day="soon", reason="<b onclick=x>Copper</b>"))
        self.assertEqual(response.status_code, 422)
        self.assertIn("&lt;b onclick=x&gt;", response.text)

    def test_what_no_form_sends(self):
        """PUR-4: an id of thousands of digits, a NUL, a file where a text belongs: refused or cleaned, no traceback."""
        self.assertEqual(self._post("line", **self._later(line_id="9" * 5000)).status_code, 422)
        self.assertEqual(self._post("line", files={"reason": ("x.pdf", PDF)}, line_id=self.first.id, day=self._day(
            30).isoformat()).status_code, 422)
        self.assertEqual(self._post("line", **self._later(reason="Copper\0 is short")).status_code, 303)
        self.assertEqual(self.order.promise_ids.reason, "Copper is short")
        response = self._post("files", files={"files": ("way\0bill.pdf", PDF)}, kind="waybill")
        self.assertIn(response.status_code, (303, 422))

    # What is answered

    def test_confirm_in_one_tap(self):
        """PUR-4, PUR-5: one tap confirms; the second tap changes nothing."""
        for _turn in range(2):
            self.assertEqual(self._post("confirm").status_code, 303)
        self.assertRecordValues(self.order, [{"confirmation_state": "confirmed", "acknowledged": True}])
        self.assertEqual(len(self.order.confirmation_ids), 2)
        self.assertEqual(self.order.confirmation_ids.author_id, self.supplier)

    def test_receipt_of_the_order(self):
        """PUR-5: he has the order and will answer later: core's mark and a word in the history."""
        self._post("received")
        self.assertTrue(self.order.acknowledged)
        self.assertEqual(self.order.confirmation_state, "none")

    def test_other_date_with_reason(self):
        """PUR-4, PUR-8: a later date with its reason is a promise to be decided; sent twice it is one."""
        for _turn in range(2):
            self.assertEqual(self._post("line", **self._later()).status_code, 303)
        self.assertRecordValues(self.first.promise_ids, [{
            "state": "proposed", "source": "supplier", "reason": "Copper is short", "author_id": self.supplier.id}])
        self.assertEqual(self.first.confirmation_state, "differs")

    def test_part_of_the_quantity(self):
        """PUR-6: a part now, the rest as ordered."""
        self._post("line", line_id=self.first.id, day=self._day(10).isoformat(), quantity="60")
        self.assertRecordValues(self.first.promise_ids, [{"state": "accepted", "quantity": 60}])
        self.assertIn("60 Units", self._get().text)

    def test_refusal_keeps_what_was_typed(self):
        """PUR-4: what cannot be is said in a clear word, and what was typed is still there."""
        response = self._post("line", **self._later(quantity="1000", price="2.9"))
        self.assertEqual(response.status_code, 422)
        self.assertIn("still to come", response.text)
        for typed in ('value="1000"', 'value="2.9"', ">Copper is short</textarea>"):
            self.assertIn(typed, response.text)
        self.assertFalse(self.order.confirmation_ids | self.order.promise_ids.line_id.confirmation_ids)
        self.assertFalse(self.order.promise_ids)

    def test_overdue_line_needs_a_new_date(self):
        """PUR-4: a line whose date is over is not confirmed as ordered; the others are."""
        self.first.date_planned = fields.Datetime.now() - timedelta(days=3)
        response = self._post("confirm")
        self.assertEqual(response.status_code, 422)
        self.assertIn("its date is over", response.text)
        self.assertEqual((self.first.confirmation_state, self.second.confirmation_state), ("none", "confirmed"))

    def test_page_asks_for_what_is_to_be_said(self):
        """PUR-4: the form of a line whose date is over is open until he has given another; what cannot be confirmed has
        no button to confirm it."""
        self.assertNotIn("<details open", self._get().text)
        self.first.date_planned = fields.Datetime.now() - timedelta(days=3)
        self.assertEqual(self._get().text.count("<details open"), 1)
        self._post("line", **self._later())
        page = self._get().text
        self.assertNotIn("<details open", page)
        self.assertIn("/confirm", page, "of the other line")
        self.second.date_planned = self.first.date_planned
        self.assertNotIn("/confirm", self._get().text)

    def test_shipped(self):
        """PUR-7: carrier, contact and number stand on the receipt."""
        self._post("ship", shipped="yes", carrier="SF Express", contact="Li 138", tracking="SF123")
        self.assertRecordValues(self.order.picking_ids, [{
            "supplier_shipment": "shipped", "supplier_carrier": "SF Express", "supplier_tracking_ref": "SF123"}])

    # Files

    def test_files_land_where_they_belong(self):
        """PUR-7: the waybill at the receipt, the certificate at the order; the same file is kept once."""
        for _turn in range(2):
            self._post("files", kind="waybill", files=[("files", ("waybill.pdf", PDF))])
        self._post("files", kind="certificate", files=[("files", ("cert.png", PNG))])
        found = self.env["ir.attachment"].search([("name", "in", ("waybill.pdf", "cert.png"))], order="name")
        self.assertEqual(found.mapped(lambda file: (file.name, file.res_model, file.res_id)), [
            ("cert.png", "purchase.order", self.order.id), ("waybill.pdf", "stock.picking", self.order.picking_ids.id)])
        self.assertFalse(any(found.mapped("public")))

    def test_what_was_sent_is_listed(self):
        """PUR-7: the supplier sees on his page what he has sent, and nothing else that lies with the order."""
        self.order.message_post(body="Our drawing", attachments=[("internal.pdf", PDF)])
        self._post("files", kind="waybill", files=[("files", ("waybill.pdf", PDF))])
        self._post("files", kind="certificate", files=[("files", ("cert.png", PNG))])
        text = self._get().text
        self.assertIn("waybill.pdf", text)
        self.assertIn("cert.png", text)
        self.assertNotIn("internal.pdf", text)

    def test_bad_file_does_not_lose_the_good(self):
        """PUR-7: 30 MB, a program, nothing: each named; the good file of the same form is kept."""
        response = self._post("files", kind="certificate", files=[
            ("files", ("huge.pdf", PDF + b"0" * (30 * 2 ** 20))), ("files", ("tool.exe", b"MZ\x90\x00program")),
            ("files", ("empty.pdf", b"")), ("files", ("../../good.pdf", PDF))])
        self.assertEqual(response.status_code, 422)
        for word in ("huge.pdf has 30.0 MB", "tool.exe: send a PDF", "empty.pdf is empty"):
            self.assertIn(word, response.text)
        found = self.env["ir.attachment"].search([("res_model", "=", "purchase.order"), ("res_id", "=", self.order.id)])
        self.assertEqual(found.mapped("name"), ["good.pdf"])

    def test_no_file_chosen(self):
        """PUR-7: sending nothing says so."""
        self.assertIn("Choose a file", self._post("files", kind="waybill").text)

    # Who may

    def test_one_answer_to_all_who_have_no_link(self):
        """PUR-4: unknown, malformed, expired, revoked, of an archived or another supplier: the same page, 404."""
        link = self.order.supplier_link_ids
        answers = [self._get("x" * 43), self._get("short"), self._get("x" * 5000)]
        link.sudo().revoked_on = fields.Datetime.now()
        answers.append(self._get())
        token = self._token(self.order)
        self.env.cr.execute("UPDATE supplier_link SET expires_on = %s WHERE id = %s", [
            fields.Datetime.now() - timedelta(minutes=1), self.order.supplier_link_ids[0].id])
        self.env.invalidate_all()
        answers.append(self._get(token))
        token = self._token(self.order)
        self.supplier.active = False
        answers.append(self._get(token))
        self.supplier.active = True
        self.assertEqual(self._get(token).status_code, 200)
        self.order.sudo().partner_id = self.env["res.partner"].create({"name": "Another"})
        answers.append(self._get(token))
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)
        self.assertIn("no longer valid", answers[0].text)

    def test_revoked_and_renewed(self):
        """PUR-4: taken back by a button, the link answers no more, also not to what is sent; a new one does."""
        self.order.with_user(self.buyer).action_revoke_supplier_links()
        self.assertEqual(self._post("confirm").status_code, 400, "no page, no token of the form")
        self.assertEqual(self._get().status_code, 404)
        action = self.order.with_user(self.buyer).action_show_supplier_link()
        shown = Form(self.env["supplier.link.show"].with_user(self.buyer).with_context(**action["context"]))
        self.assertEqual(self._get(shown.url.rsplit("/", 1)[1]).status_code, 200)
        self.assertTrue(shown.qr)
        self.assertFalse(self.env["supplier.link.show"]._fields["url"].store, "it is kept nowhere")

    def test_token_is_kept_by_nobody(self):
        """PUR-4: only a digest stands in the database; links are made by buyers only, and not by hand."""
        link = self.order.supplier_link_ids.sudo()
        self.assertGreaterEqual(len(self.token), 43)
        self.assertNotIn(self.token, str(link.read()))
        with self.assertRaises(AccessError):
            link.with_user(self.buyer).read(["digest"])
        with self.assertRaises(AccessError):
            link.with_user(self.buyer).expires_on = "2099-01-01"
        with self.assertRaises(AccessError):
            self.order.with_user(self.clerk).action_show_supplier_link()

    def test_cancelled_order(self):
        """PUR-4: a cancelled order is shown as such, and takes no answer."""
        page = self._get()
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        self.order.button_cancel()
        self.assertIn("cancelled", self._get().text)
        response = self.url_open(f"/supplier/{self.token}/confirm", data={"csrf_token": token}, allow_redirects=False)
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.order.confirmation_ids)

    def test_other_company(self):
        """PUR-4, ARC-5: a link leads to its order whatever company the reader is in; the lines of an order of another
        company are not reached by it."""
        company = self.env["res.company"].create({"name": "Sister plant"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        foreign = self.env["purchase.order"].with_company(company).create({
            "partner_id": self.supplier.id, "company_id": company.id, "picking_type_id": warehouse.in_type_id.id,
            "order_line": [Command.create({"product_id": self.terminal.id, "product_qty": 1, "price_unit": 9})]})
        foreign.button_confirm()
        self.assertEqual(self._post("line", line_id=foreign.order_line.id, price="1").status_code, 422)
        self.assertFalse(foreign.confirmation_ids)
        token = self._token(foreign)
        self._post("confirm", token=token)
        self.assertEqual(foreign.confirmation_ids.company_id, company)

    def test_buyer_of_another_company_reads_what_he_is_told(self):
        """PUR-4, ARC-5: the public user belongs to one company: who works for another only is not stopped by his name
        on the to-do, the confirmation and the promise that the page made."""
        company = self.env["res.company"].create({"name": "Sister plant"})
        theirs = new_test_user(
            self.env, "sp_theirs", groups="purchase.group_purchase_user", company_id=company.id,
            company_ids=[Command.set(company.ids)])
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        order = self.env["purchase.order"].with_company(company).create({
            "partner_id": self.supplier.id, "company_id": company.id, "picking_type_id": warehouse.in_type_id.id,
            "user_id": theirs.id,
            "order_line": [Command.create({"product_id": self.terminal.id, "product_qty": 1, "price_unit": 9})]})
        order.button_confirm()
        for day in (30, 40):
            self._post("line", token=self._token(order), **self._later(
                line_id=order.order_line.id, day=self._day(day).isoformat(), price="12"))
        order = order.with_user(theirs).with_context(allowed_company_ids=company.ids)
        self.assertTrue(order.activity_ids)
        self.assertEqual(len(order.promise_ids), 2)
        promises = order.promise_ids
        for record in (*order.activity_ids, *promises, *promises.activity_ids, *order.confirmation_ids):
            record.create_uid.read(["name"])
            if "decided_by" in record:
                record.decided_by.read(["name"])

    @mute_logger("odoo.http")
    def test_form_of_another_site(self):
        """PUR-4: an answer that does not come from the page is refused."""
        response = self.url_open(f"/supplier/{self.token}/confirm", data={"csrf_token": "x"}, allow_redirects=False)
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.order.confirmation_ids)

    def test_too_many_requests(self):
        """PUR-4: one link is asked so often a minute, one address so often without a link; then 429 in a clear word."""
        with patch.dict(supplier_link_hit.LIMITS, {"link": 3}):
            self.assertEqual([self._get().status_code for _turn in range(4)], [200, 200, 200, 429])
            self.assertIn("wait a minute", self._get().text)
        self.env.cr.execute("DELETE FROM supplier_link_hit")
        with patch.dict(supplier_link_hit.LIMITS, {"miss": 2}):
            codes = [self._get("x" * 43).status_code for _turn in range(4)]
            self.assertEqual(codes, [404, 404, 404, 429])
            self.assertEqual(self._get().status_code, 429, "who guesses learns nothing by a good link either")

    def test_paper_carries_a_square_code(self):
        """PUR-4: the printed order carries the code of its page, square; who is no buyer prints none."""
        report = self.env["ir.actions.report"].with_user(self.buyer)
        html = report._render_qweb_html("purchase.report_purchaseorder", self.order.ids)[0].decode()
        self.assertIn("scan the code", html)
        self.assertIn("data:image/png;base64", html)
        self.assertEqual(self.env["purchase.order"].with_user(self.clerk)._get_qr(""), False)
        before = self.env["supplier.link"].search_count([])
        self.env["supplier.link"].invalidate_model()
        self.assertEqual(self.order.with_user(self.clerk).sudo(False)._get_supplier_qr(), "")
        self.assertEqual(self.env["supplier.link"].search_count([]), before)
