import ast

from odoo import api, models


class SaleOrder(models.Model):
    """The dossier as one PDF: who asks for it, and which papers it holds (EVA-3)."""

    _inherit = "sale.order"
    _dossier_report = "sale.action_report_saleorder"

    def action_print_dossier(self):
        """Have the dossier printed in the background, as far as one may read it; what was stopped goes on.

        :return: how far it is, as :meth:`get_dossier_print`
        """
        self._check_dossier_access()
        self._lock()
        job = self._get_dossier_print()
        if job.state == "stopped":
            job.action_resume()
        elif job.state != "working":
            # sudo: nobody writes it by hand; it holds what the user may read
            self.env["order.dossier.print"].sudo().create(self._prepare_dossier_print())._wake()
        return self.get_dossier_print()

    @api.readonly
    def get_dossier_print(self):
        """How far the PDF of the dossier is that one has asked for.

        :return: dict with ``id``, ``state``, its label, ``done`` and ``count`` of papers, ``note``, ``at`` and ``url``,
            or False
        """
        self._check_dossier_access()
        job = self._get_dossier_print()
        return job and {
            "id": job.id, "state": job.state, "label": job._get_selection_labels("state")[job.state],
            "done": job.done_count, "count": job.part_count, "pages": job.page_count, "note": job.note or "",
            "url": job.state == "done" and f"/web/content/order.dossier.print/{job.id}/content?download=true"
            "&filename_field=file_name"}

    def _get_dossier_print(self):
        """The last one that the user has asked for."""
        return self.env["order.dossier.print"].search(
            [("order_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1)

    def _prepare_dossier_print(self):
        papers = self._prepare_dossier_papers()
        return {
            "order_id": self.id, "order_name": self.name, "company_id": self.company_id.id, "user_id": self.env.uid,
            "lang": self.env.lang or self.env.user.lang, "part_count": len(papers),
            "part_ids": [(0, 0, {**paper, "sequence": number}) for number, paper in enumerate(papers)]}

    def _prepare_dossier_papers(self):
        """The printed forms of the order and its documents, and all files, in time order."""
        events = self._get_dossier_events(self._get_dossier_rows())
        ids = {"sale.order": [self.id]}
        for event in events:
            if event["kind"] == "document":
                ids.setdefault(event["model"], []).append(event["id"])
        reports = self._get_dossier_reports(ids)
        title = f"{self.env['ir.model']._get('sale.order').sudo().name} {self.name}"  # sudo: no secret
        papers = [{
            "title": title, "at": self.create_date.replace(microsecond=0), "author": self.create_uid.sudo().name,
            "res_model": "sale.order", "res_id": self.id, "report_name": reports["sale.order", self.id]}]
        for event in events:
            paper = {"title": event["title"], "at": event["at"], "author": event["author"], "about": event["text"]}
            if event["kind"] == "file":
                papers.append({**paper, "res_model": "ir.attachment", "res_id": event["file"]})
            elif report := event["kind"] == "document" and reports.get((event["model"], event["id"])):
                papers.append({**paper, "res_model": event["model"], "res_id": event["id"], "report_name": report})
        return papers

    @api.model
    def _get_dossier_reports(self, ids):
        """The form in which each document is printed: what its model says by ``_dossier_report``, else the first that
        is bound to the model, that holds for it, and that the user may print.

        :param ids: ids by model
        :return: ``{(model, id): technical name of the report}``
        """
        groups = self.env.user.all_group_ids
        # sudo: which forms there are is no secret
        bound = self.env["ir.actions.report"].sudo().search(
            [("model", "in", list(ids)), ("report_type", "=", "qweb-pdf"), ("binding_model_id", "!=", False)],
            order="id")
        allowed = bound.filtered(lambda report: not report.group_ids or report.group_ids & groups)
        found = {}
        for name, res_ids in ids.items():
            declared = self._get_declared_report(name)
            if declared is not None:
                found.update({(name, res_id): declared for res_id in res_ids if declared})
                continue
            left = self.env[name].browse(res_ids)
            for report in allowed.filtered(lambda report, name=name: report.model == name):
                fitting = left.filtered_domain(ast.literal_eval(report.domain or "[]"))
                found.update({(name, record.id): report.report_name for record in fitting})
                left -= fitting
        return found

    @api.model
    def _get_declared_report(self, name):
        """What any addon says of the model; False where it only says that there is none."""
        said = [vars(parent)["_dossier_report"] for parent in type(self.env[name]).__mro__
                if "_dossier_report" in vars(parent)]
        return next(filter(None, said), False) if said else None
