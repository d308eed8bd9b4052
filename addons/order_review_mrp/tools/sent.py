"""Our parts that lie at subcontractors."""
from collections import Counter

from odoo.fields import Domain


def read_sent(env, recipes, moment):
    """What is left there by the open orders of the subcontractors, as supplies of the kernel.

    :return: ``{(place, part): [(moment, quantity, None)]}``
    """
    recipes = [recipe for recipe in recipes if recipe.store]
    if not recipes:
        return {}
    domain = Domain("location_id", "in", [recipe.store for recipe in recipes]) & Domain(
        "product_id", "in", [part for recipe in recipes for part, _each in recipe.parts])
    left = Counter()
    for place, part, quantity in env["stock.quant"]._read_group(
            domain & Domain("owner_id", "=", False), ["location_id", "product_id"], ["quantity:sum"]):
        left[place.id, part.id] += quantity
    for place, part, quantity in env["stock.move"]._read_group(
            domain & Domain("raw_material_production_id", "!=", False) & Domain("state", "not in", ("done", "cancel")),
            ["location_id", "product_id"], ["product_qty:sum"]):
        left[place.id, part.id] -= quantity
    return {key: [(moment, quantity, None)] for key, quantity in left.items() if quantity > 0}
