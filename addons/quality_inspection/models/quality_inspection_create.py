from odoo import api, fields, models
from odoo.tools import SQL

from .quality_inspection import DRAFT_FIELDS


class QualityInspection(models.Model):
    """Making inspections: many at once, for the price of a few queries (REC-2)."""
    _inherit = "quality.inspection"

    @api.model_create_multi
    def create(self, vals_list):
        """Make inspections: a constant number of queries however many, without chatter (REC-2).

        A user makes drafts only, with the fields of a request; goods come to be held by the addons' own code.
        """
        quiet = self.with_context(tracking_disable=True, mail_create_nosubscribe=True)
        return super(QualityInspection, quiet).create(vals_list).with_env(self.env)

    @api.model
    def _get_creatable_fields(self):
        return DRAFT_FIELDS

    @api.model
    def _prepare_created(self, vals_list):
        self._name_inspections(vals_list)
        return super()._prepare_created([self._prepare_create_vals(vals) for vals in vals_list])

    @api.model
    def _prepare_create_vals(self, vals):
        """Values of a new inspection: quantities follow from its state and lot size."""
        vals = dict(vals)
        if not self.env.su:
            vals["state"] = "draft"
        submitted = vals.get("state", "draft") in ("pending", "in_progress")
        quantity = vals.get("quantity", 1.0)
        # computed ones too: asking for them would write every row a second time
        vals |= {"quantity_qualified": 0.0, "serious_finding": False}
        vals["quantity_open"] = quantity if submitted else 0.0
        vals["quantity_held"] = quantity if submitted and vals.get("location_id") else 0.0
        if submitted:
            vals.setdefault("submitted_at", fields.Datetime.now())
            vals.setdefault("submitted_by", self.env.uid)
            vals["held_lot_ids"] = self._get_lot_commands(vals)
        # sudo: only a link is handed down
        origin = self.sudo().browse(vals.get("parent_id") or vals.get("split_from_id") or [])
        vals["root_id"] = (origin.root_id or origin).id
        return vals

    @api.model
    def _get_lot_commands(self, vals):
        """Commands of the lots that an inspection made from these values holds."""
        commands = list(vals.get("lot_ids") or [])
        if vals.get("lot_id"):
            commands.append((4, vals["lot_id"], 0))
        return commands

    @api.model
    def _name_inspections(self, vals_list):
        """Number the inspections: all numbers of a company in one query."""
        by_company = {}
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                by_company.setdefault(vals.get("company_id") or self.env.company.id, []).append(vals)
        for company_id, unnamed in by_company.items():
            for vals, name in zip(unnamed, self._next_names(len(unnamed), company_id), strict=True):
                vals["name"] = name

    @api.model
    def _next_names(self, count, company_id):
        # sudo: everybody who makes an inspection numbers it
        Sequence = self.env["ir.sequence"].sudo().with_company(company_id)
        sequence = Sequence.search([
            ("code", "=", "quality.inspection"), ("company_id", "in", [company_id, False])],
            order="company_id", limit=1)
        if not sequence or sequence.implementation != "standard" or sequence.use_date_range:
            return [Sequence.next_by_code("quality.inspection") or "/" for _index in range(count)]
        numbers = self.env.execute_query(SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)", f"ir_sequence_{sequence.id:03d}", count))
        prefix, suffix = sequence._get_prefix_suffix()
        return [f"{prefix}{number:0{sequence.padding}d}{suffix}" for number, in numbers]

    def _check_company(self, fnames=None):
        """Records that the system makes follow from stock's own documents, which are of one company already; asking
        again would cost half of making them.
        """
        return None if self.env.su else super()._check_company(fnames)

    def _prepare_inspection_vals(self, plan, product, quantity, **values):
        """Values of an inspection that is due at once; upper addons extend it.

        :param plan: quality.inspection.plan
        :param product: product.product
        :param quantity: lot size in the product's unit
        :param values: further fields, such as move_id, lot_id, partner_id, location_id
        """
        return {
            "plan_id": plan.id,
            "trigger": plan.trigger or "manual",
            "product_id": product.id,
            "quantity": quantity,
            "state": "pending",
            **values,
        }

    @api.model
    def _create_batch(self, vals_list):
        """Make due inspections and free what had been reserved of their goods: constant queries (REC-2, REC-7).

        :param vals_list: see :meth:`_prepare_inspection_vals`
        :return: the inspections, as superuser
        """
        # sudo: goods are inspected whoever receives them
        inspections = self.sudo().create(vals_list)
        inspections._unreserve_held_goods()
        return inspections

    def _unreserve_held_goods(self):
        """Whatever had reserved goods that are held now gives them back: one search, more only if there is one."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        # sudo: reservations of all documents are meant
        lines = self.env["stock.move.line"].sudo().search([
            ("product_id", "in", self.product_id.ids), ("location_id", "in", tuple(hold_ids)),
            ("state", "in", ("confirmed", "waiting", "partially_available", "assigned"))])
        lines = lines.filtered(lambda line: not line.picked) if lines else lines
        if lines:
            lines._get_lines_refused_by_hold().move_id._do_unreserve()
