from odoo import fields, models
from odoo.fields import Domain


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    is_repeat = fields.Boolean(
        string="Repeated", readonly=True, copy=False, index="btree_not_null", tracking=True,
        help="The same product of the same supplier had the same defect before, within the company's period.")
    repeat_ids = fields.Many2many(
        "quality.nonconformity", "quality_nonconformity_repeat_rel", "nonconformity_id", "former_id",
        string="Former Cases", readonly=True, copy=False)
    repeat_count = fields.Integer(compute="_compute_repeat_count")

    def _compute_repeat_count(self):
        for record in self:
            record.repeat_count = len(record.repeat_ids)

    def action_view_repeats(self):
        """Open the former cases of the same defect (NCR-7)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "quality.nonconformity",
            "view_mode": "list,form",
            "domain": [("id", "in", (self.repeat_ids | self).ids)],
            "name": self.env._("Repeated Cases"),
        }

    def _recognise_repeat(self):
        """Find the same product, supplier and defect code within the company's period, up to 100 cases (NCR-7)."""
        self.ensure_one()
        former = self.search(self._get_repeat_domain(), limit=100) if self.defect_line_ids.defect_code_id else self
        former -= self
        news = former - self.repeat_ids
        if former != self.repeat_ids:
            self.write({"repeat_ids": [fields.Command.set(former.ids)], "is_repeat": bool(former)})
        if news:
            self.message_post(body=self.env._(
                "The same defect came before: %(cases)s. Consider a corrective action.",
                cases=", ".join(former[:10].mapped("name"))))

    def _get_repeat_domain(self):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=self.company_id.quality_repeat_days)
        return (
            Domain("id", "!=", self.id) & Domain("company_id", "=", self.company_id.id)
            & Domain("product_id", "=", self.product_id.id) & Domain("partner_id", "=", self.partner_id.id)
            & Domain("state", "not in", ("draft", "cancelled")) & Domain("reported_at", ">=", since)
            & Domain("defect_line_ids.defect_code_id", "in", self.defect_line_ids.defect_code_id.ids))
