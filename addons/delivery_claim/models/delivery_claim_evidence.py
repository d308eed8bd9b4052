from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools import binder

#: In what the letter is written: the carrier's language first.
LETTERS = ("zh_CN", "en_US")


class DeliveryClaim(models.Model):
    """The evidence for the carrier or the insurer, as one PDF: letter, notice, receipt with signatures, papers,
    photos with what they show and when they came (DLV-7)."""

    _inherit = "delivery.claim"

    evidence_id = fields.Many2one(
        "ir.attachment", readonly=True, copy=False, ondelete="set null", index="btree_not_null")
    evidence_on = fields.Datetime(string="Evidence Bound", readonly=True, copy=False)

    def action_evidence(self):
        """Bind the evidence to one PDF and open it; once the claim is filed it is bound once and kept.

        :raise UserError: a trace or a cancelled claim
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("draft", "filed", "answered", "settled", "closed")
        if self.kind == "not_arrived":
            raise UserError(self.env._("%(claim)s is a trace: there is nothing to prove yet.", claim=self.name))
        claim = self.sudo()  # sudo: what is proved is of notice, order and crates; the claim's reader may have it
        if self.state == "draft" or not claim.evidence_id or claim.evidence_on < claim._get_evidence_changed():
            claim._bind_evidence()
        return {"type": "ir.actions.act_url", "target": "new",
                "url": f"/web/content/{claim.evidence_id.id}?download=true"}

    def _get_evidence_changed(self):
        """The last moment at which something was added: the filing, a paper, a photo."""
        files = self.attachment_ids | self.photo_ids
        return max([moment for moment in (self.filed_on, self.create_date, *files.mapped("create_date")) if moment])

    def _bind_evidence(self):
        """Print, bind and keep the evidence; what an earlier one said stays where the claim was filed with it."""
        content = binder.bind(self._get_evidence_papers(), self.name)
        paper = self.env["ir.attachment"].create({
            "name": f"{self.name}.pdf", "raw": content, "res_model": self._name, "res_id": self.id})
        former = self.evidence_id
        self._write_signed({"evidence_id": paper.id, "evidence_on": fields.Datetime.now()})
        if self.state == "draft":
            former.unlink()
        else:
            paper._seal()

    def _get_evidence_papers(self):
        """Pairs (title, PDF) in the order in which a carrier reads them."""
        notice = self.notice_id
        langs = self._get_letter_langs()
        lang, env = langs[0], self.with_context(lang=langs[0]).env
        papers = [(self.with_context(lang=code).env._("Claim letter"), self._print(
            "delivery_claim.action_report_claim_letter", self, code)) for code in langs]
        papers.append((env._("Delivery notice and waybill"), self._print(
            "order_delivery.action_report_delivery_notice", notice, lang)))
        receipts = self._bind_files(notice.receipt_ids, env._("Signed receipt"))
        papers += receipts or [(env._("Receipt and crates"), self._print(
            "order_delivery.action_report_delivery_receipt", notice, lang))]
        papers += self._bind_files(self.attachment_ids)
        pictures = self.photo_ids.filtered(lambda file: file.mimetype in binder.PICTURES)
        if pictures:
            papers.append((env._("Photos"), self._print("delivery_claim.action_report_claim_photos", self, lang)))
        return papers + self._bind_files(self.photo_ids - pictures)

    def _get_letter_langs(self):
        """Chinese and English as far as they are there, the carrier's first."""
        there = [code for code, _name in self.env["res.lang"].get_installed()]
        first = self.forwarder_id.lang if self.forwarder_id.lang in there else None
        langs = [lang for lang in LETTERS if lang in there] or there[:1]
        return [*([first] if first else []), *(lang for lang in langs if lang != first)]

    def _get_evidence_photos(self):
        """Photos with what they show and when they arrived, for their pages: list of dicts."""
        found = []
        for crate in self.crate_ids.sorted("number"):
            for photo in crate.photo_ids.filtered(lambda file: file.mimetype in binder.PICTURES).sorted("id"):
                found.append({
                    "caption": f"{crate.display_name}  {photo.name}", "moment": photo.create_date,
                    "datas": photo.datas})
        return found

    def _print(self, report, record, lang):
        reports = self.env["ir.actions.report"].with_context(lang=lang)
        return reports._render_qweb_pdf(report, record.ids)[0]

    def _bind_files(self, files, title=None):
        """Papers as they are, pictures as pages; what is neither is left out: it goes along as a file."""
        papers = []
        for file in files.sorted("id"):
            try:
                if file.mimetype in binder.PICTURES:
                    content = binder.draw_picture(file.raw)
                else:
                    binder.count_pages(file.raw)
                    content = file.raw
            except binder.Unreadable:
                continue
            papers.append((title or file.name, content))
        return papers
