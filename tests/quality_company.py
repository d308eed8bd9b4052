"""People, plan and goods of the quality tests, and what each of them does, in any environment.

Everything is done with the rights of the person who does it: ``act(env, "inspector")`` is an environment of the
inspector. Works in a test's transaction and, because people are found by their logins, in transactions of their own
(``cloned_database``).
"""
from odoo.fields import Command
from odoo.tests import new_test_user

PEOPLE = {
    "storekeeper": ("何仓管", "stock.group_stock_user"),
    "inspector": ("沈检验", "quality_inspection.group_quality_user"),
    "inspector2": ("程检验", "quality_inspection.group_quality_user"),
    "head": ("郑质检", "quality_inspection.group_quality_manager"),
    "head2": ("孟质检", "quality_inspection.group_quality_manager"),
    "buyer": ("冯采购", "purchase.group_purchase_user"),
    "guard": ("秦门卫", "stock_gate_pass.group_gate_guard"),
    "guard2": ("鲁门卫", "stock_gate_pass.group_gate_guard"),
    "accountant": ("罗会计", "account.group_account_invoice"),
    "fitter": ("钱装配", "mrp.group_mrp_user"),
    "clerk": ("文员", "base.group_user"),
}


def login(role):
    return f"qc_{role}"


def hire(env, *roles):
    """Users of the named roles (all by default), in Chinese; by role."""
    return {role: new_test_user(
        env, login(role), groups=",".join(dict.fromkeys(("base.group_user", PEOPLE[role][1]))), name=PEOPLE[role][0],
        lang="zh_CN", tz="Asia/Shanghai", email=f"{login(role)}@plant.example") for role in roles or PEOPLE}


def act(env, role):
    """The environment of a person."""
    return env(user=env["res.users"].search([("login", "=", login(role))], limit=1).id)


def component(env, name="Terminal UK-2.5B", **values):
    return env["product.product"].create({
        "name": name, "type": "consu", "is_storable": True, "standard_price": 1.0, **values})


def plan(env, products, sampling=None, characteristics=None, **values):
    """A plan of incoming goods: by AQL 1.0, level II, one characteristic that is looked at, by default."""
    return env["quality.inspection.plan"].create({
        "name": f"Plan of {products[:1].name}",
        "trigger": "incoming",
        "product_ids": [Command.set(products.ids)],
        "sampling_ids": [Command.create({"defect_class": "major", **(sampling or {
            "method": "aql", "level": "II", "aql": "1.0"})})],
        "characteristic_ids": [Command.create({"kind": "check", "defect_class": "major", **characteristic})
                               for characteristic in characteristics or ({"name": "Appearance"},)],
        **values,
    })


def buy(env, product, quantity, partner=None, price=10.0):
    """A confirmed order to a supplier; its receipt is ready."""
    partner = partner or env["res.partner"].create({"name": "Supplier of terminals"})
    order = env["purchase.order"].create({
        "partner_id": partner.id,
        "order_line": [Command.create({
            "product_id": product.id, "product_qty": quantity, "price_unit": price, "tax_ids": [Command.clear()]})]})
    order.button_confirm()
    return order


def receive(pickings, note="SH-0001", lots=()):
    """Validate receipts against their delivery notes; what they have made to be inspected.

    :param lots: names of lots or serials of the (single) move, each with its quantity
    """
    for picking in pickings:
        picking.delivery_note_ref = note
    moves = pickings.move_ids
    if lots:
        moves.move_line_ids.unlink()
        moves.write({"move_line_ids": [Command.create({
            "product_id": moves.product_id.id, "lot_name": name, "quantity": quantity,
            "location_id": moves.location_id.id, "location_dest_id": moves.location_dest_id.id,
            "picking_id": pickings.id}) for name, quantity in lots]})
    moves.picked = True
    pickings.button_validate()
    return inspections(pickings)


def inspections(pickings):
    return pickings.env["quality.inspection"].sudo().search(  # whoever receives may see nothing of quality
        [("picking_id", "in", pickings.ids)], order="id")


def result(inspection, defects=0):
    """Enter results as the client does: every required line, ``defects`` of the first one.

    A measured line gets its target (or the middle of its limits) for each unit of the sample.
    """
    data = inspection.get_entry_data()
    lines = [_line_result(line, 0 if number else defects) for number, line in enumerate(data["lines"])]
    return inspection.save_results({"revision": data["revision"], "lines": lines, "samples": []})


def _line_result(line, defects):
    values = {"id": line["id"], "defect_count": defects}
    if line["kind"] == "measure":
        limits = [line[name] for name in ("lower", "upper") if line[f"has_{name}"]]
        good = sum(limits) / len(limits)
        values = {"id": line["id"], "measurements": [
            {"unit_no": number + 1, "value": good if number >= defects else good * 1000}
            for number in range(line["sample_size"])]}
    elif line["kind"] == "text":
        values = {"id": line["id"], "text_value": "OK"}
    return values


def inspect(inspection, defects=0, **conclusion):
    """Take an inspection from the queue, enter its results and conclude it."""
    inspection.action_start()
    result(inspection, defects)
    inspection.action_conclude(**conclusion)
    return inspection
