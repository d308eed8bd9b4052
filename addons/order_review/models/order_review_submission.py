from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html


class OrderReview(models.Model):
    _inherit = "order.review"

    def action_submit(self):
        """Send the round to the departments: takes the snapshot, starts the clocks (REV-3, REV-4).

        :raise UserError: the order cannot be reviewed, its intake is incomplete, a department is missing
        """
        for review in self:
            review._check_transition("submit")
            review.sudo()._submit()  # the snapshot holds what the desk may not read
        return True

    def _submit(self):
        self.ensure_one()
        self._check_submittable()
        if not self.line_ids:
            raise UserError(self.env._("%(review)s has no departments: add at least one.", review=self.name))
        self._check_answerable()
        self._write_transition("submit", **{
            **self._prepare_submission(),
            "submitted_on": fields.Datetime.now(),
            "submitted_by": self.env.uid,
        })
        self._lead_order(review_id=self.id, review_override_digest=False)
        self.order_id._close_review_activities()
        self._record_deviations()
        self._notify_departments()

    def _check_submittable(self):
        """Whether the order can be reviewed as the class that the round was prepared for.

        :raise UserError: names what is wrong or missing
        """
        order = self.order_id
        order._decide_order_class()
        order._check_reviewable()
        if self.order_class != order.order_class:
            labels = self._get_selection_labels("order_class")
            raise UserError(self.env._(
                "%(review)s was prepared for the class %(former)s, %(order)s is %(present)s now (%(why)s). Cancel the "
                "round and prepare a new one.", review=self.name, former=labels.get(self.order_class), order=order.name,
                present=labels[order.order_class], why=order._get_class_explanation() or "-"))

    def _prepare_submission(self):
        """What is reviewed: values of the order as the departments see it, its content and fingerprint."""
        order = self.order_id
        content = order._describe_scope()
        return {
            **self._prepare_snapshot(order),
            "content": content,
            "digest": order._digest_scope(content),
            "item_ids": [Command.clear()] + [
                Command.create(self._prepare_item(line)) for line in order._get_review_lines()],
            "document_ids": [Command.set(order._get_reviewed_documents().ids)],
        }

    def _lead_order(self, **values):
        """The order follows the round: what it is cleared by is written on it."""
        self.order_id.write(values)

    def _is_scope_current(self):
        """Whether what was sent to review is still what would be sold."""
        return self.order_id._review_digest() == self.digest

    def _check_answerable(self):
        """A round that nobody can answer or conclude is not begun: it would wait for ever.

        :raise UserError: names what is missing, and where it is set
        """
        problems = [
            self.env._(
                "%(department)s: neither the department nor those above it have a manager with a user, and none of its "
                "people is a reviewer. Set its manager (Employees), or give somebody of it the role Reviewer.",
                department=line.department_id.name)
            for line in self.line_ids.filtered(lambda line: line.required and not line.user_id)
            if not line.department_id._get_review_signers(self.company_id)]
        if not self._get_deciders("conclude"):
            problems.append(self.env._(
                "Nobody is authorised to conclude this review: Order Review > Configuration > Authorities."))
        if problems:
            raise UserError(self.env._(
                "%(review)s cannot be sent, nobody could answer it:\n%(problems)s", review=self.name,
                problems="\n".join(f"- {problem}" for problem in problems)))

    def _prepare_snapshot(self, order):
        """Values of the order that the departments see, as they are now."""
        overdue = order._get_customer_overdue()
        today = order.company_id._get_today()
        return {
            **{reviewed.kept: reviewed.keep(order) for reviewed in order._get_reviewed() if reviewed.kept},
            "order_name": order.name,
            "order_class_reason": order._get_class_explanation(),
            "partner_name": order.partner_id.display_name,
            "project_manager_id": order.project_manager_id.id,
            "user_id": order.user_id.id,
            **order._prepare_review_dates(),
            "amount_total": order.amount_total,
            "customer_qualified": order.partner_id._is_qualified_on(today),
            "customer_qualification_note": order.partner_id.commercial_partner_id.qualification_note,
            "customer_overdue": overdue,
            "customer_has_overdue": bool(overdue),
        }

    def _prepare_item(self, line):
        reviewed_fields = line.order_id._get_reviewed_of_lines()
        return {
            **{reviewed.kept: reviewed.keep(line) for reviewed in reviewed_fields if reviewed.kept},
            "order_line_id": line.id,
            "sequence": line.sequence,
            "price_subtotal": line.price_subtotal,
            "delivery_date": line.order_id._get_requested_date(),
            "design_class": line.product_id.design_class,
            "supply_origin": line.product_id.supply_origin,
        }

    def _record_deviations(self):
        """What the round asks otherwise than its template does stands in its log, for those who conclude."""
        lines = {line.department_id: line for line in self.line_ids}
        deviations = []
        for row in self.template_id.line_ids:
            department = row._get_department(self.company_id)
            line = lines.get(department)
            if department and not line:
                deviations.append(self.env._("%(department)s is not asked.", department=department.name))
            elif line and row.required and not line.required:
                deviations.append(self.env._("%(department)s need not answer.", department=department.name))
            elif line and line.limit_hours > row.limit_hours:
                deviations.append(self.env._(
                    "%(department)s has %(hours)s hours instead of %(standard)s.", department=department.name,
                    hours=line.limit_hours, standard=row.limit_hours))
        if deviations:
            self.message_post(body=plaintext2html(
                "\n".join([self.env._("Otherwise than in the template:"), *deviations])))

    def _notify_departments(self):
        """One activity and one e-mail to each department's reviewer; what nobody answers for is said."""
        self.ensure_one()
        unattended = self.line_ids.filtered(lambda line: not line.user_id)
        if unattended:
            self.message_post(body=self.env._(
                "No reviewer could be found for %(departments)s: neither the department nor those above it have a "
                "manager with an active user. Any member of the department can answer.",
                departments=", ".join(unattended.department_id.mapped("name"))))
        self.line_ids._announce()
