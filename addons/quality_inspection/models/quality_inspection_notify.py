from odoo import api, fields, models

from .sampling_words import plain


class QualityInspection(models.Model):
    """Who is told of the result (REC-5, REC-6)."""
    _inherit = "quality.inspection"

    is_documents_asked = fields.Boolean(
        compute="_compute_is_documents_asked", export_string_translation=False,
        help="The user was asked for the missing documents.")

    @api.depends("activity_ids.user_id", "activity_ids.activity_type_id")
    @api.depends_context("uid")
    def _compute_is_documents_asked(self):
        asked = self.env["mail.activity"].search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids), ("user_id", "=", self.env.uid),
            ("activity_type_id", "=", self.env.ref("quality_inspection.mail_activity_type_documents").id)])
        ids = set(asked.mapped("res_id"))
        for inspection in self:
            inspection.is_documents_asked = inspection.id in ids

    def _get_buyer(self):
        """Who bought the goods; quality_incoming knows. res.users, may be empty."""
        return self.env["res.users"]

    def _get_heads(self):
        """Heads who are told of a poor lot at once: of quality here, of purchasing in quality_incoming."""
        # sudo: who is told is a setting of the company
        return self.sudo().company_id._get_quality_head()

    def _is_serious(self):
        """Whether the heads are told at once: below the company's limit (95 %), or a serious finding (REC-5)."""
        self.ensure_one()
        limit = self.sudo().company_id.quality_report_rate  # sudo: a setting of the company
        return self.serious_finding or self.qualified_rate < limit

    def _get_notified_users(self):
        """Whom the result is reported to: the heads when it is serious, else the buyer when something is rejected."""
        self.ensure_one()
        if self._is_serious():
            return self._get_heads()
        return self._get_buyer() if self.quantity_rejected else self.env["res.users"]

    def _notify_result(self):
        """Tell at once, by activity (REC-5); everybody who follows reads the chatter (REC-6)."""
        for inspection in self:
            summary = inspection._describe_result()
            for user in inspection._get_notified_users().filtered("active"):
                inspection.activity_schedule(
                    "quality_inspection.mail_activity_type_result", summary=summary, user_id=user.id)
            inspection.message_post(body=summary)

    def _describe_result(self):
        self.ensure_one()
        names = [self._fields[name]._description_string(self.env) for name in self._get_finding_fields() if self[name]]
        text = self.env._(
            "%(product)s: %(rate)s %% qualified, %(rejected)s %(uom)s rejected.", product=self.product_id.display_name,
            rate=f"{self.qualified_rate:.1f}", rejected=plain(self.quantity_rejected), uom=self.product_uom_id.name)
        # sudo: who is told of the result is told of the report over it, too
        if reports := self.sudo().nonconformity_ids.filtered(lambda report: report.state != "cancelled"):
            names.append(self.env._("Nonconformity %(names)s", names=", ".join(reports.mapped("name"))))
        return f"{text} {', '.join(names)}".strip()

    def _notify_missing_documents(self):
        """Tell the buyer, else whoever submitted the goods, that documents are missing."""
        for inspection in self:
            users = inspection._get_buyer() or inspection.submitted_by
            for user in users.filtered("active") - self.env.ref("base.user_root"):
                # sudo: an inspector need not see the user to ask for the documents
                inspection.sudo().activity_schedule(
                    "quality_inspection.mail_activity_type_documents", summary=inspection.missing_documents_note,
                    user_id=user.id)
