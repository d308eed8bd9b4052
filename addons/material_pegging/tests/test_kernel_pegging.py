import random

from odoo.tests import BaseCase, tagged

from ..kernel.levels import ordered
from ..kernel.pegging import HERE, NEVER, Demand, Supply, peg


def unit_by_unit(demands, supplies):
    """The same by hand, independent of the kernel: each single unit looks for the best unit that is left.

    :return: {(demand, supply or None, date): units}
    """
    units = []
    for supply in supplies:
        units += [[supply, True] for _unit in range(abs(int(supply.quantity)))]
    grades = {"stock": 0, "incoming": 1, "draft": 2}

    def best(product, warehouse):
        fit = [unit for unit in units if unit[1] and unit[0].quantity > 0 and unit[0].product == product
               and unit[0].warehouse == warehouse]
        return min(fit, key=lambda unit: (grades[unit[0].kind], unit[0].date, unit[0].key), default=None)

    for supply, _free in [unit for unit in units if unit[0].quantity < 0]:
        settled = best(supply.product, supply.warehouse)
        if settled:
            settled[1] = False
    found = {}
    for demand in sorted(demands, key=lambda demand: (-demand.priority, demand.date, demand.key)):
        for number in range(int(demand.quantity)):
            if number < demand.reserved:
                what = (demand, None, HERE)
            else:
                unit = best(demand.product, demand.warehouse)
                what = (demand, unit[0], unit[0].date) if unit else (demand, None, NEVER)
                if unit:
                    unit[1] = False
            found[what] = found.get(what, 0) + 1
    return found


def random_case(seed):
    rng = random.Random(seed)
    products, places = range(rng.randint(1, 3)), range(rng.randint(1, 2))
    demands = [
        Demand(key, rng.choice(products), rng.choice(places), quantity := rng.randint(0, 6), rng.randint(0, 5),
               rng.randint(0, 1), rng.choice((0, 0, quantity, rng.randint(0, quantity))))
        for key in range(rng.randint(0, 8))]
    supplies = [
        Supply(key, rng.choice(products), rng.choice(places), rng.randint(-2, 6), *rng.choice((
            (HERE, "stock"), (rng.randint(0, 9), "incoming"), (NEVER, "incoming"), (rng.randint(0, 9), "draft"))))
        for key in range(rng.randint(0, 8))]
    return demands, supplies


@tagged("-at_install", "post_install")
class TestKernelPegging(BaseCase):
    def test_random_cases_equal_unit_by_unit(self):
        """MAT-12: two pointers give what a unit-by-unit search gives, on 1,000 random cases, debts included."""
        kinds = set()
        for seed in range(1000):
            demands, supplies = random_case(seed)
            pegs = peg(demands, supplies)
            kinds |= {one.supply.kind if one.supply else one.date for one in pegs}
            self.assertEqual(
                {(one.demand, one.supply, one.date): one.quantity for one in pegs},
                unit_by_unit(demands, supplies), f"case {seed}")
            self.assertEqual(
                len({(one.demand, one.supply, one.date) for one in pegs}), len(pegs), f"case {seed}: a peg twice")
        self.assertEqual(kinds, {"stock", "incoming", "draft", HERE, NEVER}, "cases that prove nothing")

    def test_fully_reserved_is_a_zero_width_interval(self):
        """MAT-12: what is reserved in full takes nothing of anything, and does not shift who comes after it."""
        first, second = Demand(1, "a", "w", 5, reserved=5), Demand(2, "a", "w", 3)
        supply = Supply(1, "a", "w", 3, date=7)
        self.assertEqual(
            [one[1:] for one in peg([first, second], [supply])], [(None, 5, HERE), (supply, 3, 7)])

    def test_what_became_grams_leaves_no_crumbs(self):
        """MAT-12: 0.1 + 0.2 covers 0.3."""
        pegs = peg([Demand(1, "a", "w", 0.3)], [Supply(1, "a", "w", 0.1), Supply(2, "a", "w", 0.2)])
        self.assertEqual([one.supply.key for one in pegs], [1, 2])

    def test_order_of_levels(self):
        """MAT-12: parts come before what is made of them; a loop is cut and nothing is lost."""
        self.assertEqual(ordered("cab", {"c": "b", "b": "a"}), list("abc"))
        self.assertEqual(ordered("abc", {"a": "a", "b": "ax"}), list("acb"))
        self.assertEqual(sorted(ordered("abcd", {"a": "b", "b": "a", "c": "a", "d": ""})), list("abcd"))
        self.assertEqual(ordered("abc", {"a": "b", "b": "a", "c": "b"}), list("abc"))
