from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of the store with its scanners: shelves and goods that have codes, and a job for each flow."""

    _inherit = "switchgear.demo"

    @api.model
    def _number_goods(self, products):
        """Numbers of the company's own (GS1 prefix 20) for goods whose makers print none."""
        for number, name in enumerate(products, 1):
            digits = f"20{number:010d}"
            total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
            self._get("product", name).barcode = f"{digits}{-total % 10}"

    @api.model
    def _build_shelves(self, hours_ago, shelves, room):
        """Shelves in the stock, and the room beside the assembly where parts are brought to.

        :param shelves: names; the code on a shelf says its warehouse, too
        """
        warehouse = self._get("warehouse", "main")
        with self._living(hours_ago):
            for name, parent in (*((shelf, warehouse.lot_stock_id) for shelf in shelves),
                                 (room, warehouse.view_location_id)):
                self.env["stock.location"]._load_records([{
                    "xml_id": f"switchgear_demo.place_{name}", "noupdate": True, "values": {
                        "name": name, "barcode": f"{warehouse.code}-{name}", "location_id": parent.id,
                        "company_id": self.env.company.id}}])

    @api.model
    def _carry(self, hours_ago, goods, place, box=""):
        """Goods are carried from the stock to one of its shelves, into a box where one is named.

        :param goods: product and quantity of each line
        """
        with self._living(hours_ago):
            picking = self._make_transfer(goods, self._get("warehouse", "main").lot_stock_id, self._get("place", place))
            if box:
                picking.move_line_ids.result_package_id = self.env["stock.package"].create({"name": box})
            picking.move_ids.picked = True
            picking.button_validate()

    @api.model
    def _ask_to_bring(self, hours_ago, goods, place, origin):
        """Somebody asks the store to bring goods: a transfer that waits to be picked."""
        with self._living(hours_ago):
            picking = self._make_transfer(goods, self._get("warehouse", "main").lot_stock_id, self._get("place", place))
            picking.origin = origin

    def _make_transfer(self, goods, source, dest):
        picking = self.env["stock.picking"].create({
            "picking_type_id": self._get("warehouse", "main").int_type_id.id, "location_id": source.id,
            "location_dest_id": dest.id, "scheduled_date": fields.Datetime.now(), "move_ids": [Command.create({
                "product_id": self._get("product", product).id, "product_uom_qty": quantity,
                "location_id": source.id, "location_dest_id": dest.id}) for product, quantity in goods]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    @api.model
    def _ask_to_count(self, hours_ago, place, login):
        """The store's head asks somebody to count what stands on a shelf."""
        with self._living(hours_ago):
            quants = self.env["stock.quant"].search([("location_id", "=", self._get("place", place).id)])
            self.env["stock.request.count"].create({
                "inventory_date": fields.Date.today(), "user_id": self._get("user", login).id,
                "quant_ids": [Command.set(quants.ids)]}).action_request_count()

    @api.model
    def _draft_inspection(self, hours_ago, product, quantity):
        """An inspector takes goods of the stock for another look; they are not handed over yet."""
        with self._living(hours_ago):
            self.env["quality.inspection"].create({
                "product_id": self._get("product", product).id, "quantity": quantity})
