from odoo import api, models


class MaterialShortage(models.Model):
    """Who brings a missing part (MAT-4)."""

    _inherit = "material.shortage"

    @api.model
    def _get_owners(self, rows):
        """Owners by the cause, in the order of the rows: a constant number of queries, however many rows.

        purchased: the buyer of the order, else of the product's supplier, else the company's; made here: who answers
        for the order that makes it, else for the one that needs it; engineering and quality: the manager of the
        department, or the next one up. Nobody reachable: the company's planner. Who is archived, or does not belong to
        the company, is passed over.

        :param rows: dicts with ``company_id``, ``product_id``, ``cause`` and, where known, ``purchase_line_id``,
            ``supply_production_id``, ``production_id``; ids
        :return: list of res.users, empty where nobody can be asked
        """
        env = self.sudo().with_context(active_test=False).env  # sudo: who answers is asked whoever reports
        found = {name: env[model].browse({row[name] for row in rows if row.get(name)}) for name, model in (
            ("company_id", "res.company"), ("product_id", "product.product"),
            ("purchase_line_id", "purchase.order.line"), ("supply_production_id", "mrp.production"),
            ("production_id", "mrp.production"))}
        reached = {}
        return [self._get_owner(row, found, reached) for row in rows]

    @api.model
    def _get_owner(self, row, found, reached):
        record = {name: records.browse(row.get(name)).with_prefetch(records.ids) for name, records in found.items()}
        company = record["company_id"]
        if row["cause"] in ("engineering", "quality"):
            department = company[f"shortage_{row['cause']}_department_id"]
            key = department, company
            if key not in reached:
                reached[key] = department._get_next_manager(company)
            users = [reached[key]]
        elif row["cause"] == "self_made":
            users = [record["supply_production_id"].user_id, record["production_id"].user_id]
        else:
            sellers = record["product_id"].seller_ids.filtered(lambda seller: seller.company_id in (
                company, company.browse()))
            users = [record["purchase_line_id"].order_id.user_id, sellers[:1].partner_id.buyer_id,
                     company.shortage_buyer_id]
        users.append(company.shortage_planner_id)
        return next((user for user in users if self._can_own(user, company)), self.env["res.users"]).sudo(False)

    @api.model
    def _can_own(self, user, company):
        user = user.sudo()  # sudo: whether he is there is no secret
        return bool(user) and user.active and not user.share and company in user.company_ids

    @api.model
    def _get_planner(self, company, production):
        """Who plans an order: its responsible, else the company's planner; empty where nobody can be asked."""
        users = (production.sudo().user_id, company.sudo().shortage_planner_id)  # sudo: as above
        return next((user for user in users if self._can_own(user, company)), self.env["res.users"]).sudo(False)
