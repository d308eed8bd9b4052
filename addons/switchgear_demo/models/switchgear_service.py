from email.message import EmailMessage

from odoo import api, models
from odoo.fields import Command

from ..tools.paper import paper


class SwitchgearDemo(models.AbstractModel):
    """Stories of cabinets that are in operation: what their users ask, and what becomes of it."""

    _inherit = "switchgear.demo"

    @api.model
    def _mail_service(self, name, hours_ago, sender, subject, text):
        """A customer writes to the after-sales desk."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "fuwu@donglan.example.com", subject
        mail["Message-Id"] = f"<{name}@customer.example.com>"
        mail.set_content(text)
        with self._living(hours_ago):
            request = self.env["mail.thread"].message_process("service.request", mail.as_bytes(), custom_values={
                "desk_id": self._get("service", "desk").id})
            request = self.env["service.request"].browse(request)
            request.sudo()._follow()  # sudo: as the job does it
            self._name_request(name, request)

    @api.model
    def _send_service(self, name, hours_ago, order, number, said):
        """Somebody scans the code of a cabinet of an order, and reports."""
        with self._living(hours_ago):
            request, _refused = self.env["service.request"]._send(
                {"key": f"switchgear-demo-{name}", **said}, lot=self._get_cabinet(order, number))
            self._name_request(name, request)

    @api.model
    def _take_down(self, name, hours_ago, order, number, values):
        """A call is taken down by whoever takes it, about a cabinet of an order."""
        with self._living(hours_ago):
            self._name_request(name, self.env["service.request"].create({
                "lot_id": self._get_cabinet(order, number).id, **values}))

    @api.model
    def _act_service(self, name, hours_ago, method, values=None):
        """Write on the request, then press one of its buttons."""
        request = self._get("service_request", name).with_env(self.env)
        with self._living(hours_ago):
            if values:
                request.write(values)
            getattr(request, method)()

    @api.model
    def _phone_customer(self, name, hours_ago, note, person=False, is_reached=True):
        """Call the customer, and log the call."""
        request = self._get("service_request", name).with_env(self.env)
        with self._living(hours_ago):
            entry = self.env["service.contact.entry"].create({
                "request_id": request.id, "note": note, "is_reached": is_reached})
            entry.person = person or entry.person
            entry.action_log()

    @api.model
    def _commission(self, hours_ago, order):
        """The cabinets of an order are put into operation."""
        with self._living(hours_ago):
            self._get_cabinets(order).with_env(self.env)._set_commissioned(self._get_moment(hours_ago).date())

    @api.model
    def _release_to_customer(self, hours_ago, order, subject):
        """Release a document of an order, for its customer too: he finds it on his portal."""
        order = self._get("order", order).with_env(self.env)
        with self._living(hours_ago):
            file = self.env["ir.attachment"].create({
                "name": f"{subject}.pdf", "raw": paper(subject, [order.name])})
            self.env["document.release"].create({
                "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": subject,
                "project_number": order.name, "discipline": "both", "res_model": order._name, "res_id": order.id,
                "is_for_customer": True, "attachment_ids": [Command.set(file.ids)],
                "receiver_ids": [Command.create({"department_id": self._get("department", "service").id})],
            }).action_release()

    @api.model
    def _rate_service(self, name, hours_ago, rate, feedback):
        """The customer answers by a link of the mail whether he is content."""
        # sudo: the page of the links comes as superuser
        asked = self._get("service_request", name).sudo().satisfaction_ids
        with self._living(hours_ago):
            token = asked._rating_get_access_token()
            rating = self.env["rating.rating"].sudo().search([("access_token", "=", token)])  # sudo: as above
            asked.rating_apply(rate, rating=rating, feedback=feedback)

    @api.model
    def _note_cause(self, name, hours_ago, category, finding):
        """After-sales notes why the customer had to ask."""
        with self._living(hours_ago):
            self.env["service.cause"].create({
                "request_id": self._get("service_request", name).id, "finding": finding,
                "category_id": self.env.ref(f"aftersales.service_cause_category_{category}").id})

    @api.model
    def _ask_cause(self, name, hours_ago):
        """The head asks the department that can remove the cause."""
        with self._living(hours_ago):
            self._get("service_request", name).with_env(self.env).cause_ids.action_ask()

    @api.model
    def _enter_cost(self, name, hours_ago, kind, words, amount):
        """A bill that came for a request."""
        with self._living(hours_ago):
            self.env["service.cost"].create({
                "request_id": self._get("service_request", name).id, "kind": kind, "name": words, "amount": amount,
                "date": self._get_moment(hours_ago).date()})

    @api.model
    def _merge_service(self, name, hours_ago, target):
        """Two requests are of one matter."""
        with self._living(hours_ago):
            self._get("service_request", name).with_env(self.env)._merge_into(
                self._get("service_request", target).with_env(self.env))

    def _get_cabinet(self, order, number):
        return self._get_cabinets(order)[number].with_env(self.env)

    def _get_cabinets(self, order):
        # sudo: whoever takes the call reads the number from the plate
        lines = self.env["stock.move.line"].sudo().search([
            ("move_id.sale_line_id.order_id", "=", self._get("order", order).id), ("lot_id", "!=", False)])
        return lines.lot_id.sorted("name").sudo(False)

    def _name_request(self, name, request):
        self.env["ir.model.data"].sudo().create({  # sudo: the story calls it by its name
            "module": "switchgear_demo", "name": f"service_request_{name}", "model": request._name,
            "res_id": request.id, "noupdate": True})
