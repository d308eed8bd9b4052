import copy
import random
from datetime import datetime, timezone
from math import ceil, inf

from odoo.tests import BaseCase, tagged

from odoo.addons.order_sla.kernel.worktime import ElapsedTable, WorkTable, WorkTime

from ..kernel.centre import Centre, with_overtime, without
from ..kernel.feasible import NEVER, Obstacle, Offer, Operation, Plant, Recipe, Want, ranked

UTC = timezone.utc
HOUR, DAY = 3600, 24 * 3600
#: A Monday, 8 o'clock.
NOW = int(datetime(2031, 3, 3, 8, tzinfo=UTC).timestamp())
MIDNIGHT = NOW - 8 * HOUR
DAYS = 60
CASES = 500


def week_days(hours=(8, 16), days=DAYS):
    """Intervals of working days, Saturdays and Sundays off."""
    return [(MIDNIGHT + day * DAY + hours[0] * HOUR, MIDNIGHT + day * DAY + hours[1] * HOUR)
            for day in range(days) if day % 7 < 5]


class Search:
    """The same question answered hour by hour and piece by piece: slow, simple, and another way."""

    def __init__(self, case):
        self.case = case
        self.pieces = {part: sorted((max(date, NOW), name) for date, quantity, name in rows for _one in range(quantity))
                       for part, rows in case["supplies"].items()}
        self.taken = {name: set(busy) for name, (_hours, busy) in case["centres"].items()}

    def answer(self, part, quantity):
        date, after = self.get(part, quantity, (self.pieces, self.taken), ())
        self.pieces, self.taken = after
        return date

    def get(self, part, quantity, state, path):
        recipe, counted = self.case["recipes"].get(part), part in self.case["counted"]
        if not quantity or not recipe and not counted:
            return NOW, state
        if recipe and recipe.is_kit or not counted:
            return self.order(part, quantity, state, path)
        outcomes = []
        for until in [NOW, *sorted({date for date, _name in self.pieces_of(part, state) if date > NOW})]:
            pieces, taken = copy.deepcopy(state)
            mine = [piece for piece in pieces.get(part, []) if piece[0] <= until][:quantity]
            for piece in mine:
                pieces[part].remove(piece)
            date, after = self.order(part, quantity - len(mine), (pieces, taken), path)
            outcomes.append((max([date, *(piece[0] for piece in mine)]), -until, len(outcomes), after))
        date, _until, _number, after = min(outcomes, key=lambda outcome: outcome[:3])
        return date, after

    @staticmethod
    def pieces_of(part, state):
        return state[0].get(part, [])

    def order(self, part, quantity, state, path):
        if not quantity:
            return NOW, state
        recipe = self.case["recipes"].get(part)
        if not recipe:
            offer = self.case["offers"].get(part)
            return (self.later(NOW, offer.days) if offer else inf), state
        if part in path:
            return inf, state
        start = NOW
        for component, each in recipe.parts:
            wanted, state = self.at_his_place(recipe, component, quantity * each, state)
            date, state = self.get(component, wanted, state, (*path, part))
            start = max(start, date)
        if start == inf:
            return inf, state
        end = start
        for operation in recipe.operations:
            hours = (operation.fixed + operation.cycle * ceil(quantity / operation.capacity)) // HOUR
            end, state = self.work(operation.centre, end, int(hours), state)
        return max(end, self.later(start, recipe.days)), state

    def at_his_place(self, recipe, component, quantity, state):
        """Pieces that the subcontractor has already: how many are missing."""
        pieces, taken = copy.deepcopy(state)
        mine = pieces.get((recipe.store, component), [])
        used = min(len(mine), quantity)
        del mine[:used]
        return quantity - used, (pieces, taken)

    def work(self, name, moment, hours, state):
        pieces, taken = state
        open_hours = [hour for hour in self.case["centres"][name][0] if hour >= moment]
        for first in range(len(open_hours) - hours + 1):
            mine = open_hours[first:first + hours]
            if not taken[name].intersection(mine):
                return mine[-1] + HOUR, (pieces, {**taken, name: taken[name].union(mine)})
        return inf, state

    @staticmethod
    def later(moment, days):
        if not days:
            return moment
        day, clock = divmod(moment - MIDNIGHT, DAY)
        while days:
            day += 1
            days -= day % 7 < 5
        if day % 7 > 4 or moment == MIDNIGHT + day * DAY + clock and clock in range(8 * HOUR, 16 * HOUR + 1):
            return MIDNIGHT + day * DAY + clock
        return MIDNIGHT + day * DAY + min(max(clock, 8 * HOUR), 16 * HOUR)


def random_case(dice):
    """A little plant: parts are made of parts before them."""
    parts = list("abcdefg")
    case = {"supplies": {}, "recipes": {}, "offers": {}, "centres": {},
            "counted": {part for part in parts if dice.random() < .9}}
    for name in ("press", "bench"):
        begin = dice.choice([6, 8])
        days = [day for day in range(DAYS) if day % 7 < dice.choice([5, 6])]
        hours = [MIDNIGHT + day * DAY + hour * HOUR for day in days
                 for hour in range(begin, begin + dice.choice([4, 8]))]
        hours = [hour for hour in hours if hour >= NOW]
        case["centres"][name] = hours, set(dice.sample(hours[:60], dice.randrange(15)))
    for index, part in enumerate(parts):
        case["supplies"][part] = [
            (NOW + dice.randrange(-2, 12) * 12 * HOUR, dice.randrange(1, 4), number)
            for number in range(dice.randrange(4))]
        if index > 1 and dice.random() < .7:
            below = dice.sample(parts[:index], dice.randrange(1, min(index, 3) + 1))
            case["recipes"][part] = Recipe(
                tuple((other, dice.randrange(1, 3)) for other in below),
                tuple(Operation(dice.choice(["press", "bench"]), dice.randrange(2) * HOUR, dice.randrange(1, 4) * HOUR,
                                dice.choice([1, 2, 5])) for _each in range(dice.randrange(3))),
                dice.choice([0, 0, 1, 3]), dice.random() < .15)
        elif dice.random() < .95:
            case["offers"][part] = Offer("supplier", dice.randrange(9))
    if dice.random() < .05:
        case["recipes"]["c"] = Recipe((("c", 1),))
    for part, recipe in case["recipes"].items():
        if not recipe.is_kit and dice.random() < .3:
            case["recipes"][part] = recipe._replace(operations=(), supplier="coater", store="yard")
    case["supplies"].update({("yard", part): [(NOW, dice.randrange(1, 4), None)] for part in dice.sample(parts, 3)})
    return case


def make_plant(case):
    table = WorkTable(week_days(days=2000), MIDNIGHT, MIDNIGHT + 2000 * DAY)
    centres = {}
    for name, (hours, busy) in case["centres"].items():
        # the end of the last hour that is laid out is the horizon
        spans = WorkTable([(hour, hour + HOUR) for hour in hours], NOW, hours[-1] + HOUR)
        centres[name] = Centre(spans, [(hour, hour + HOUR) for hour in busy])
    return Plant(NOW, WorkTime(lambda _first, _last: table), UTC, case["recipes"], case["offers"], case["supplies"],
                 centres, case["counted"])


@tagged("-at_install", "post_install")
class TestKernelFeasible(BaseCase):
    def make(self, **values):
        table = WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY)
        return Plant(NOW, ElapsedTable(), UTC, **{
            "counted": "abcdef", "centres": {"press": Centre(table)}} | values)

    def ask(self, plant, part="a", quantity=1, **values):
        return plant.promise([Want("line", part, quantity, **values)])[0]

    def days(self, answer):
        return (answer.date - NOW) / DAY

    def test_random_cases_equal_hour_by_hour(self):
        """REV-10: on 500 random small plants three lines get the dates of a search by hours and pieces."""
        dated = 0
        for seed in range(CASES):
            dice = random.Random(seed)
            case = random_case(dice)
            plant, search = make_plant(case), Search(copy.deepcopy(case))
            for part in dice.choices("cdefg", k=3):
                quantity = dice.randrange(1, 5)
                expected = search.answer(part, quantity)
                self.assertEqual(
                    plant.promise([Want("line", part, quantity)])[0].date, expected, f"seed {seed}, {quantity} {part}")
                dated += expected not in (inf, NOW)
        self.assertGreater(dated, CASES)

    def test_stock_is_there_now(self):
        """REV-10: what is at hand is there now, without an obstacle."""
        answer = self.ask(self.make(supplies={"a": [(0, 2, None)]}), quantity=2)
        self.assertEqual((answer.date, answer.obstacles), (NOW, []))

    def test_first_line_takes_first(self):
        """REV-10: lines share parts: the first takes what is there, the next waits for the supplier."""
        plant = self.make(supplies={"a": [(0, 3, None)]}, offers={"a": Offer("works", 10)})
        first, second = plant.promise([Want(1, "a", 2), Want(2, "a", 2)])
        self.assertEqual((self.days(first), self.days(second)), (0, 10))

    def test_what_comes_is_taken_before_what_is_ordered(self):
        """REV-10: a purchase that comes before a new one could is taken, a later one is not waited for."""
        supplies = {"a": [(NOW + 4 * DAY, 1, "P1"), (NOW + 30 * DAY, 9, "P2")]}
        plant = self.make(supplies=supplies, offers={"a": Offer("works", 10)})
        self.assertEqual([self.days(self.ask(plant, quantity=1)) for _each in range(2)], [4, 10])

    def test_what_comes_late_is_waited_for_where_nobody_sells(self):
        """REV-10: without a source what comes is all there is; what it does not cover has no date."""
        plant = self.make(supplies={"a": [(NOW + 30 * DAY, 2, "P2")]})
        answer = self.ask(plant, quantity=2)
        self.assertEqual((self.days(answer), answer.obstacles[0][:3]), (30, ("incoming", "a", "P2")))
        answer = self.ask(plant)
        self.assertEqual((answer.date, answer.obstacles), (NEVER, [Obstacle("none", "a")]))

    def test_constraint_and_the_next_two(self):
        """REV-10: the constraint is the longest without slack; then who would drive the date; who is early is none."""
        plant = self.make(
            recipes={"a": Recipe((("b", 1), ("c", 1), ("d", 1)), (Operation("press", 0, 4 * HOUR, 1),))},
            offers={"b": Offer("copper", 10), "c": Offer("breakers", 40), "d": Offer("screws", 39)})
        answer = self.ask(plant)
        self.assertEqual(
            [(o.kind, o.part) for o in answer.obstacles[:3]], [("buy", "c"), ("buy", "d"), ("centre", "a")])
        self.assertEqual(answer.kit, NOW + 40 * DAY)

    def test_loaded_centre_is_the_constraint(self):
        """REV-10: a work centre that is full for weeks drives the date, not the part that comes tomorrow."""
        table = WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY)
        plant = self.make(recipes={"a": Recipe((("b", 1),), (Operation("press", 0, HOUR, 1),))},
                          offers={"b": Offer("copper", 1)}, centres={"press": Centre(table, queue=[(NOW, 80 * HOUR)])})
        answer = self.ask(plant)
        self.assertEqual((answer.obstacles[0].kind, answer.obstacles[0].name), ("centre", "press"))
        self.assertEqual(answer.date, MIDNIGHT + 14 * DAY + 9 * HOUR)  # ten working days are full

    def test_constraint_never_has_slack(self):
        """REV-10: many short ones after each other: the long one beside them would not help."""
        short = [Obstacle("buy", part, end=5, slack=0) for part in "abc"]
        self.assertEqual(ranked([Obstacle("buy", "z", end=14, slack=1), *short])[0].part, "a")

    def test_made_of_itself_has_no_date(self):
        """REV-10: a bill that loops ends, names the part, and does not hold another line."""
        plant = self.make(recipes={"a": Recipe((("b", 1),)), "b": Recipe((("a", 1),))}, offers={"c": Offer("works", 1)})
        first, second = plant.promise([Want(1, "a", 1), Want(2, "c", 1)])
        self.assertEqual((first.date, first.obstacles[0].kind, self.days(second)), (NEVER, "loop", 1))

    def test_kit_is_its_parts(self):
        """REV-10: a kit has no stock of its own, its parts are taken; goods that are not counted are always there."""
        plant = self.make(recipes={"a": Recipe((("b", 2), ("z", 9)), is_kit=True)}, offers={"b": Offer("works", 3)},
                          supplies={"a": [(0, 9, None)], "b": [(0, 2, None)]})
        self.assertEqual([self.days(self.ask(plant)) for _each in range(2)], [0, 3])

    def test_nothing_needs_no_time(self):
        """REV-10: none of something is there, whatever it is."""
        self.assertEqual(self.ask(self.make(), quantity=0).date, NOW)

    def test_endless_lead_time_is_no_date(self):
        """REV-10: a lead time beyond the calendar and work beyond the horizon have no date, and say so."""
        table = WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY)
        plant = self.make(offers={"a": Offer("works", 2 ** 31)}, centres={"press": Centre(table)},
                          recipes={"b": Recipe((), (Operation("press", 0, 1000 * HOUR, 1),))})
        plant.calendar = WorkTime(lambda _first, _last: WorkTable([], NOW, NOW + DAY))
        self.assertEqual([self.ask(plant, part).obstacles[0].kind for part in "ab"], ["far", "far"])

    def test_delivery_takes_its_time(self):
        """REV-10: the days after the making are added, the days that the product promises at least are kept."""
        plant = self.make(offers={"a": Offer("works", 5)})
        self.assertEqual(self.days(self.ask(plant, after=2 * DAY)), 7)
        answer = self.ask(plant, after=2 * DAY, floor=NOW + 20 * DAY)
        self.assertEqual((self.days(answer), answer.obstacles[0].kind), (20, "delivery"))

    def test_how_many_until_then(self):
        """REV-10: partial delivery: as many as the parts of now make; asking takes nothing."""
        plant = self.make(recipes={"a": Recipe((("b", 2),))}, offers={"b": Offer("works", 9)},
                          supplies={"b": [(0, 7, None)]})
        want = Want(1, "a", 10)
        self.assertEqual([plant.count_until(want, NOW + days * DAY) for days in (0, 8, 9)], [3, 3, 10])
        self.assertEqual(plant.count_until(want, NOW - 1), 0)
        self.assertEqual(plant.supplies["b"][0][1], 7)

    def test_overtime_is_sooner(self):
        """REV-10: two hours more each day: ten hours of work are done on the first day, and nights stay nights."""
        table = WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY)
        self.assertEqual(Centre(table).place(NOW, 10 * HOUR), NOW + DAY + 2 * HOUR)
        self.assertEqual(Centre(with_overtime(table, 2 * HOUR, UTC)).place(NOW, 10 * HOUR), NOW + 10 * HOUR)
        self.assertEqual(with_overtime(table, 30 * HOUR, UTC).position(NOW + DAY), DAY)

    def test_lunch_is_no_overtime(self):
        """REV-10: overtime comes after the last hours of a day, not at noon."""
        table = WorkTable([(NOW, NOW + 4 * HOUR), (NOW + 5 * HOUR, NOW + 9 * HOUR)], NOW, NOW + DAY)
        self.assertEqual(with_overtime(table, HOUR, UTC).stops, [NOW + 4 * HOUR, NOW + 10 * HOUR])

    def test_closed_centre_waits(self):
        """REV-10: a centre's own time off is no working time."""
        table = without(WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY), [(NOW - DAY, NOW + HOUR)])
        self.assertEqual(Centre(table).place(NOW, HOUR), NOW + 2 * HOUR)

    def test_work_lies_in_one_piece(self):
        """REV-10: a gap that is too short is left, a later one or the end is taken; a night is no gap."""
        table = WorkTable(week_days(), NOW, MIDNIGHT + DAYS * DAY)
        centre = Centre(table, [(NOW + 2 * HOUR, NOW + 3 * HOUR)])
        self.assertEqual(centre.place(NOW, 3 * HOUR), NOW + 6 * HOUR)
        self.assertEqual(centre.place(NOW, 2 * HOUR), NOW + 2 * HOUR)
        self.assertEqual(centre.place(NOW, 4 * HOUR), NOW + DAY + 2 * HOUR)
        self.assertEqual(centre.busy, [(0, 10 * HOUR)])

    def test_subcontractor_waits_for_our_parts(self):
        """REV-10: what a subcontractor makes begins when our parts are there and takes his lead time; he is named."""
        plant = self.make(
            recipes={"a": Recipe((("b", 1),), days=7, supplier="coater")}, offers={"b": Offer("works", 4)})
        answer = self.ask(plant)
        self.assertEqual((self.days(answer), answer.kit), (11, NOW + 4 * DAY))
        self.assertEqual(
            [(o.kind, o.name) for o in answer.obstacles[:2]], [("subcontract", "coater"), ("buy", "works")])

    def test_subcontractor_begins_with_what_he_has(self):
        """REV-10: our parts that lie at the subcontractor's are taken first, once, and by nobody else."""
        plant = self.make(
            recipes={part: Recipe((("c", 1),), days=7, supplier="coater", store="yard") for part in "ab"},
            offers={"c": Offer("works", 4)}, supplies={("yard", "c"): [(NOW, 2, None)]})
        self.assertEqual(self.days(self.ask(plant, "c")), 4)
        self.assertEqual(self.days(self.ask(plant, "a")), 7)
        self.assertEqual(self.days(self.ask(plant, "b", 2)), 11)
