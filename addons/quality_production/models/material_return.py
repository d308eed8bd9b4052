from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition


class MaterialReturn(models.Model):
    """Return slip (退料单): material that production gives back to the store (MAT-11).

    Production writes and submits it, which makes the transfer; the storekeeper counts and validates the transfer,
    which closes the slip and tells the material controller. Doubtful goods are isolated for quality.
    """

    _name = "material.return"
    _description = "Return of Material"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "material.return"
    _dossier_path = "production_id"
    _transitions = {
        "submit": Transition(("draft",), "submitted"),
        "cancel": Transition(("draft",), "cancelled"),
    }
    _mail_post_access = "read"  # whoever is asked may answer

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", required=True, index=True,
        ondelete="restrict", domain="[('state', 'not in', ('draft', 'cancel'))]")
    reason = fields.Selection(
        [("change", "Design change"), ("surplus", "Surplus"), ("unused", "Not used"), ("site", "From site")],
        required=True, default="surplus")
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "To Be Received"), ("done", "Returned"), ("cancelled", "Cancelled")],
        default="draft", required=True, readonly=True, copy=False, index=True, tracking=True)
    note = fields.Text()
    line_ids = fields.One2many("material.return.line", "return_id", string="Material", copy=True)
    component_ids = fields.Many2many(
        "product.product", compute="_compute_component_ids", export_string_translation=False)
    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True, copy=False, index="btree_not_null")
    requested_by = fields.Many2one("res.users", readonly=True, copy=False)
    requested_on = fields.Datetime(readonly=True, copy=False)
    received_by = fields.Many2one("res.users", readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("production_id")
    def _compute_component_ids(self):
        """What the order took or takes: only that can come back."""
        for slip in self:
            # sudo: what the order takes, whoever returns it
            slip.component_ids = slip.sudo().production_id.move_raw_ids.product_id.filtered("is_storable")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if kept := self.filtered(lambda slip: slip.state not in ("draft", "cancelled")):
            raise UserError(self.env._("Return of material %(name)s was submitted; cancel it instead.",
                                       name=", ".join(kept.mapped("name"))))

    @api.model
    def _get_creatable_fields(self):
        return {"production_id", "reason", "note", "line_ids"}

    def _get_open_fields(self):
        names = super()._get_open_fields()
        return names | self._get_creatable_fields() if self.state == "draft" else names

    def _is_frozen(self):
        return self.state == "done"

    def action_submit(self):
        """Hand the material to the store: the transfer is made, the storekeeper counts and validates it (MAT-11).

        :raise UserError: no lines, more than was issued, a lot not said
        """
        self.check_access("write")
        for slip in self:
            slip._check_state("draft")
            if not slip.line_ids:
                raise UserError(self.env._("Return of material %(name)s has no lines.", name=slip.name))
            slip.line_ids._check_returnable()
            # sudo: people of production ask for the transfer, the store makes it
            todo = slip.sudo()
            todo._free_reservations()
            picking = todo.env["stock.picking"].create(todo._prepare_picking_vals())
            picking.action_confirm()
            todo.line_ids._fill_transfer()
            slip._transit(
                "submit", picking_id=picking.id, requested_by=self.env.uid, requested_on=fields.Datetime.now())
        return True

    def action_cancel(self):
        """Take back what the store has not received: all of it cancels the slip, a rest of it closes the slip."""
        self.check_access("write")
        for slip in self:
            slip._check_state("draft", "submitted")
            if slip.state == "draft":
                slip._transit("cancel")
            else:
                todo = slip.sudo()  # whoever asked for the transfer takes it back
                todo._get_pending_moves()._action_cancel()
                todo.line_ids._on_returned()  # also where somebody deleted the moves
        return True

    def action_view_picking(self):
        """Open the transfer that brings the material back."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "stock.picking", "view_mode": "form",
                "res_id": self.picking_id.id}

    def _free_reservations(self):
        """What lies at the line is reserved for the order; it is free again before it goes back."""
        moves = self.production_id.move_raw_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and not move.picked
            and move.product_id in self.line_ids.filtered(lambda line: line.source == "line").product_id)
        moves._do_unreserve()

    def _get_picking_type(self):
        warehouse = self.production_id.picking_type_id.warehouse_id
        return warehouse.int_type_id

    def _prepare_picking_vals(self):
        picking_type = self._get_picking_type()
        warehouse = picking_type.warehouse_id
        return {
            "picking_type_id": picking_type.id, "origin": f"{self.name} / {self.production_id.name}",
            "location_id": self.line_ids[:1]._get_source_location().id,
            "location_dest_id": warehouse.lot_stock_id.id, "company_id": self.company_id.id,
            "user_id": False,  # the store's: its "To Do" hides what is another's
            "move_ids": [Command.create(line._prepare_move_vals(warehouse)) for line in self.line_ids]}

    def _get_pending_moves(self):
        return self.line_ids.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _on_nothing_came(self):
        """The transfer was cancelled: the material stays where it is, and is reserved for its order again."""
        for slip in self:
            slip.write({"state": "cancelled"})
            slip._reserve_again()
            slip.message_post(body=slip.env._("The transfer was cancelled: nothing came back."))

    def _note_receiver(self):
        """Who took in the first part; whoever cancels the rest has received nothing."""
        for slip in self.filtered(lambda slip: not slip.received_by):
            slip.write({"received_by": self.env.uid, "received_on": fields.Datetime.now()})

    def _on_received(self):
        """The store has taken in what came: close the slip, adjust the requirement, tell people (MAT-11)."""
        for slip in self:
            slip.write({"state": "done"})
            slip.line_ids._adjust_requirement()
            slip._reserve_again()
            slip.line_ids._report_doubtful()
            slip._tell_material_controller()
            slip.production_id.message_post(body=self.env._(
                "Material returned by %(name)s: %(lines)s", name=slip.name, lines=slip._describe_lines()))

    def _describe_lines(self):
        return ", ".join(f"{line.product_id.display_name} {line.returned_quantity:g} {line.product_uom_id.name}"
                         for line in self.line_ids)

    def _tell_material_controller(self):
        controller = self.company_id._get_material_controller(self.production_id)
        text = self.env._("Material came back to stock: %(lines)s", lines=self._describe_lines())
        if controller:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=controller.id, note=text,
                summary=self.env._("Material returned by %(order)s", order=self.production_id.name))
        else:
            self.message_post(body=text)

    def _reserve_again(self):
        """What is left at the line is reserved for the order again."""
        self.production_id.move_raw_ids.filtered(
            lambda move: move.state in ("confirmed", "partially_available")
            and move.product_id in self.line_ids.product_id)._action_assign()
