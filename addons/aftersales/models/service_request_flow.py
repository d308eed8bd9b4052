from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .service_request import STAFF
from .service_request_ask import QUOTE

SALES = "sales_team.group_sale_salesman"


class ServiceRequest(models.Model):
    """Received, handed over, contacted, solved, closed (AFT-1, AFT-2)."""

    _inherit = "service.request"
    _transitions = {
        "hand_over": Transition(("new",), "new"),
        "contact": Transition(("new",), "contacted", (STAFF,)),
        "start": Transition(("contacted",), "in_progress", (STAFF,)),
        "arrive": Transition(("contacted", "in_progress"), "in_progress", (STAFF,)),
        "solve": Transition(("contacted", "in_progress"), "solved", (STAFF,)),
        "reopen": Transition(("solved",), "in_progress", (STAFF,)),
        "close": Transition(("solved",), "closed", (STAFF,)),
        "cancel": Transition(("new", "contacted", "in_progress"), "cancelled"),
    }

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        by_phone = requests.filtered(lambda request: request.source == "phone" and not request.handed_on)
        if by_phone and not self.env.su and self.env.user.has_group(STAFF):
            for request in by_phone:  # who takes the call is after-sales: nothing has to be handed over
                request._transit("hand_over", **request._prepare_handed(request.user_id or self.env.user))
        requests.filtered(lambda request: not request.is_to_follow)._ask_next()
        return requests

    @api.model
    def _prepare_created(self, vals_list):
        """Desk and dispatcher: who has received it in the house hands it over, else who does so for the desk."""
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            desk = self.env["service.desk"].sudo().browse(vals.get("desk_id"))  # sudo: whoever sends it sees no desk
            desk = desk or desk._get_for(company)
            vals.update(desk_id=desk.id, company_id=desk.company_id.id)
            if not vals.get("dispatcher_id"):
                is_ours = vals.get("source", self._default_source()) in ("sales", "phone") and not self.env.su
                vals["dispatcher_id"] = self.env.uid if is_ours else desk._get_dispatcher().id
        return super()._prepare_created(vals_list)

    def action_hand_over(self):
        """Hand the request over to its engineer; where none is named, to the manager of after-sales (AFT-1).

        :raise AccessError: neither who has received it nor after-sales
        :raise UserError: handed over already, or nobody can be reached
        """
        for request in self:
            user = request.user_id or request.department_id._get_next_manager(request.company_id)
            if not user:
                raise UserError(self.env._(
                    "%(request)s: name the engineer; the after-sales department has no manager who can be reached.",
                    request=request.name))
            request._transit("hand_over", **request._prepare_handed(user))
        self._ask_next()
        return True

    def action_take(self):
        """Take the request over oneself."""
        self._check_groups(STAFF)
        self._transit("hand_over", **self._prepare_handed(self.env.user))
        self._ask_next()
        return True

    def action_log_contact(self):
        """Open the window in which a call is noted; only this, or a message sent, is a contact (AFT-2)."""
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        return {
            "type": "ir.actions.act_window", "res_model": "service.contact.entry", "view_mode": "form",
            "name": self.env._("Log a Call"), "target": "new", "context": {"default_request_id": self.id},
        }

    def action_start(self):
        """Begin to work on it."""
        self._transit("start")
        return True

    def action_arrive(self):
        """Somebody has arrived on site.

        :raise UserError: no visit is needed, or it is noted already
        """
        self._arrive(fields.Datetime.now())
        return True

    def action_solve(self):
        """What was done solves it; the customer is told.

        :raise UserError: nothing is written, or the visit that it needs has not taken place
        """
        self._transit("solve", solved_by=self.env.uid, solved_on=fields.Datetime.now())
        self._take_for_good()
        self._tell_solved()
        self._ask_next()
        return True

    def action_reopen(self):
        """It is not solved after all."""
        self._transit("reopen", solved_by=False, solved_on=False)
        self._ask_next()
        return True

    def action_close(self):
        """Close it for good; its papers are sealed."""
        self._transit("close", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._seal_papers()
        self._ask_next()
        return True

    def action_cancel(self):
        """Cancel what is no request, with the reason.

        :raise UserError: no reason
        """
        self._transit("cancel", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._ask_next()
        return True

    def action_new_quotation(self):
        """Quote the work that no warranty covers (AFT-4).

        Whoever of after-sales may not write orders asks the salesperson, who has it as a to-do on the request.

        :raise UserError: no customer, or nobody who sells to him
        """
        if not self.env["sale.order"].has_access("create"):
            return self._ask_seller(QUOTE, lambda request: request.env._(
                "%(request)s: quote the repair", request=request.name))
        order = self._new_order()
        self.sudo().activity_feedback([QUOTE])  # sudo: the to-do may be another salesperson's
        return order._get_records_action()

    def action_new_repair(self):
        """Repair the goods: a repair order that knows the request, the serial number and the warranty (AFT-4).

        :raise UserError: neither serial number nor product
        """
        self.ensure_one()
        self._check_state("contacted", "in_progress")
        if not self.product_id:
            raise UserError(self.env._("%(request)s: name the serial number or the product first.", request=self.name))
        repair = self.env["repair.order"].create({
            "partner_id": self.partner_id.id, "product_id": self.product_id.id, "lot_id": self.lot_id.id,
            "company_id": self.company_id.id, "under_warranty": self.warranty_state == "in",
            "internal_notes": self.display_name})
        repair.sudo().service_request_id = self  # sudo: written by this button only
        repair._take_place()
        return repair._get_records_action()

    def action_view_repairs(self):
        """Open the repairs of this request."""
        self.ensure_one()
        return self.repair_ids._get_records_action(name=self.env._("Repairs"))

    def action_view_quotations(self):
        """Open the quotations of this request."""
        self.ensure_one()
        return self.quotation_ids._get_records_action(name=self.env._("Quotations"))

    def _arrive(self, moment):
        """Somebody has arrived at that moment; a visit says when, see :meth:`action_arrive`."""
        self._transit("arrive", on_site_on=moment)

    def _check_transition(self, operation):
        if operation in ("hand_over", "cancel"):
            for request in self:
                if request.dispatcher_id != self.env.user:
                    request._check_groups(STAFF)
        result = super()._check_transition(operation)
        for request in self:
            if problem := request._get_problem(operation):
                raise UserError(problem)
        return result

    def _get_problem(self, operation):
        """What is missing before an operation, in words; empty where nothing is."""
        if operation == "hand_over" and self.handed_on:
            return self.env._("%(request)s is handed over already, to %(user)s.", request=self.name,
                              user=self.user_id.name)
        if operation == "arrive" and not self.needs_visit:
            return self.env._("%(request)s: tick \"On Site\" first.", request=self.name)
        if operation == "arrive" and self.on_site_on:
            return self.env._("%(request)s: the arrival is noted already.", request=self.name)
        if operation == "solve" and not is_reason(self.solution):
            return self.env._("%(request)s: write what was done before it is solved.", request=self.name)
        if operation == "solve" and self.needs_visit and not self.on_site_on:
            return self.env._(
                "%(request)s needs somebody on site, and nobody has arrived yet. Note the arrival, or take the tick of "
                "\"On Site\" away.", request=self.name)
        if operation == "cancel" and not is_reason(self.cancel_reason):
            return self.env._("%(request)s: write why it is cancelled.", request=self.name)
        return ""

    def _prepare_handed(self, user):
        return {"user_id": user.id, "handed_by": self.env.uid, "handed_on": fields.Datetime.now()}

    def _seal_papers(self):
        for request in self:
            request._get_own_files()._seal()
