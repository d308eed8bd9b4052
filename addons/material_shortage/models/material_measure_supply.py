from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import shown
from odoo.addons.order_sla.kernel.limits import is_far


class MaterialMeasure(models.Model):
    """Measures at the supply: urge, split, buy elsewhere, have it made outside, change the design (PUR-6, PLN-14)."""

    _inherit = "material.measure"

    def _get_purchase_line(self):
        line = self.shortage_id.sudo().purchase_line_id  # sudo: who chases asks, whatever else he may see
        if not line:
            raise UserError(self.env._(
                "%(line)s: nothing is ordered for it. Buy it first.", line=self.shortage_id.display_name))
        return line

    # Urge

    def _check_urge(self):
        order = self._get_purchase_line().order_id
        if problem := order._get_asking_problem():
            raise UserError(problem)

    def _carry_out_urge(self):
        order = self._get_purchase_line().order_id
        order.action_ask_supplier(self.text)
        # he was asked just now: whoever chases looks again tomorrow
        self.shortage_id.next_chase_date = self.company_id._get_today() + timedelta(days=1)
        return self.env._("%(supplier)s was urged by mail about %(order)s.", supplier=order.partner_id.display_name,
                          order=order.name)

    # Split delivery

    def _check_split(self):
        line, product = self._get_purchase_line(), self.product_id
        today = fields.Date.context_today(self)
        if not self.date or self.date < today or is_far(self.date, today):
            raise UserError(self.env._(
                "%(line)s: say on which day, from today on, the first part comes.", line=self.shortage_id.display_name))
        if line.order_id.state != "purchase":
            raise UserError(self.env._("%(order)s is no open order.", order=line.order_id.display_name))
        free = line.product_uom_id._compute_quantity(line.product_qty - line.qty_received, product.uom_id)
        if product.uom_id.compare(self.quantity, free) >= 0:
            raise UserError(self.env._(
                "%(order)s: %(free)s %(unit)s are still to come; the first part must be less than that, not "
                "%(quantity)s.", order=line.order_id.name, free=f"{free:g}", unit=product.uom_id.name,
                quantity=shown(self.quantity)))

    def _carry_out_split(self):
        """The order line becomes two, so that each part has its own receipt and date."""
        line = self._get_purchase_line()
        part = self.product_id.uom_id._compute_quantity(self.quantity, line.product_uom_id)
        kept = {"price_unit": line.price_unit, "date_planned": line.date_planned}  # else computed by the quantity
        line.write({"product_qty": line.product_qty - part, **kept})
        first = line.copy({
            "order_id": line.order_id.id, "product_qty": part, **kept,
            "date_planned": line._convert_to_middle_of_day(self.date),
            "move_dest_ids": [fields.Command.set(line.move_dest_ids.ids)]})
        first.move_ids.date = first.date_planned
        return self.env._(
            "%(quantity)s %(unit)s of %(order)s come on %(date)s, the rest as planned.", quantity=f"{part:g}",
            unit=line.product_uom_id.name, order=line.order_id.name, date=fields.Date.to_string(self.date))

    # Buy elsewhere, or have it made

    def _check_elsewhere(self):
        """Before anything is bought, what the group has free is looked at (MAT-7); the same is not asked for twice."""
        asked = self.search([
            ("shortage_id", "=", self.shortage_id.id), ("kind", "=", "elsewhere"), ("state", "=", "done"),
            ("request_id.state", "in", ("draft", "to_approve"))]).filtered(
                lambda measure: self.product_id.uom_id.compare(measure.quantity, self.quantity) == 0)
        if asked:
            raise UserError(self.env._(
                "%(line)s: %(request)s asks for the same already.", line=self.shortage_id.display_name,
                request=asked[0].request_id.name))
        if self.despite_stock:
            return
        found = self._get_sister_stock(self.product_id, self.company_id, self._get_target_warehouse())
        if found:
            places = "; ".join(f"{warehouse.display_name} {quantity:g}" for warehouse, quantity in found)
            raise UserError(self.env._(
                "%(product)s is free elsewhere: %(places)s. Have it transferred, or tick that it is bought all the "
                "same.", product=self.product_id.display_name, places=places))

    def _carry_out_elsewhere(self):
        self.request_id = self._make_request()
        return self.env._("Requested to buy elsewhere: %(request)s.", request=self.request_id.name)

    def _make_request(self):
        """In the name of whoever proposed it: who agrees may have to approve the request, too."""
        shortage = self.shortage_id
        applicant = self.proposed_by if self.proposed_by.active else self.env.user
        return self.env["purchase.request"].with_user(applicant)._make_for_shortage(
            self.product_id, self.quantity, self.product_id.uom_id,
            self.company_id._get_day(shortage.needed_by) or self.company_id._get_today(),
            shortage.production_id, self.text)

    def _get_deciders_subcontract(self):
        """The plant manager proposes, the general manager of the group approves (PLN-14)."""
        return [self.company_id._get_shortage_group_manager()]

    def _carry_out_subcontract(self):
        self.request_id = self._make_request()
        return self.env._("To be made outside: %(request)s.", request=self.request_id.name)

    # Design

    def _get_engineering_manager(self):
        company = self.company_id.sudo()  # sudo: a setting
        return company.shortage_engineering_department_id._get_next_manager(company)

    def _check_design(self):
        if not self._get_engineering_manager():
            raise UserError(self.env._(
                "Nobody answers for engineering. Name the department in Settings → Time Limits → Material Shortages."))

    def _carry_out_design(self):
        """Engineering answers for the part from now on."""
        manager, shortage = self._get_engineering_manager(), self.shortage_id
        shortage._hand_over("engineering", manager, self.text)
        return self.env._("%(user)s is asked for a design change.", user=manager.sudo().name)
