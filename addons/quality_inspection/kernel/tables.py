"""The tables of GB/T 2828.1-2012 (= ISO 2859-1:1999), read from ``data`` and with their arrows followed.

The files say where their figures come from. Nothing here computes a plan: a cell that a file does not have does
not exist. Loaded once, then a decision is two look-ups.
"""
import csv
from bisect import bisect_left, bisect_right
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .errors import TableDamaged, UnknownAql, UnknownChoice

DATA = Path(__file__).with_name("data")
NORMAL, TIGHTENED, REDUCED = SEVERITIES = ("normal", "tightened", "reduced")
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
MASTER = {NORMAL: "2-A", TIGHTENED: "2-B", REDUCED: "2-C"}
DOWN, UP = "v", "^"


class Cell(NamedTuple):
    """A plan of a master table: the code letter that it stands at, sample size and acceptance number."""

    letter: str
    sample_size: int
    acceptance: int


def read(name):
    """Rows of a data file as dicts, comments left out."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def choice(name, value, known):
    """:raise UnknownChoice: the value is none of the known ones."""
    if value not in known:
        raise UnknownChoice(name=name, value=value, known=tuple(known))
    return value


@cache
def code_letters():
    """Table 1: the first lot size of every range, and the letters of every level in that order."""
    rows = read("code_letters")
    for before, after in zip(rows, rows[1:], strict=False):
        if not before["lot_to"] or int(after["lot_from"]) != int(before["lot_to"]) + 1:
            raise TableDamaged(table="1", row=after["lot_from"], column="lot_from", problem="gap")
    return [int(row["lot_from"]) for row in rows], {level: [row[level] for row in rows] for level in LEVELS}


def code_letter(lot_size, level):
    """Sample size code letter of a lot (clause 10.2, table 1); the table starts at a lot of two.

    :raise UnknownChoice: the inspection level is none of S-1 .. S-4, I, II, III (clause 10.1)
    """
    starts, letters = code_letters()
    return letters[choice("level", level, LEVELS)][bisect_right(starts, lot_size) - 1]


@cache
def cells(severity):
    """A master table as printed: ``{letter: (sample size, {aql: text})}``, rows from top to bottom."""
    return {row.pop("letter"): (int(row.pop("n")), row) for row in read(f"single_{severity}")}


@cache
def plans(severity):
    """A master table with its arrows followed (clause 10.3): ``{(letter, aql): Cell}``."""
    rows = cells(severity)
    letters = list(rows)
    found = {}
    for position, (letter, (_size, row)) in enumerate(rows.items()):
        for aql, text in row.items():
            if text:
                way = {DOWN: letters[position + 1:], UP: letters[:position][::-1]}.get(text, [letter])
                target = next((name for name in way if rows[name][1][aql] not in (DOWN, UP, "")), None)
                if target is None:
                    raise TableDamaged(table=MASTER[severity], row=letter, column=aql, problem="arrow_to_nothing")
                found[letter, aql] = Cell(target, rows[target][0], int(rows[target][1][aql]))
    return found


@cache
def aqls():
    """The preferred AQLs as printed, ascending (clause 5.3): percent nonconforming up to 10, and all of them
    nonconformities per 100 items.
    """
    return tuple(next(iter(cells(NORMAL).values()))[1])


@cache
def _aql_words():
    """How an AQL may be given: as printed or as a float."""
    return {key: aql for aql in aqls() for key in (aql, float(aql))}


def preferred(value, series, error):
    """The entry of an ascending series (as printed) that a text or number stands for.

    :raise error: none does; the error names the next lower and higher entries
    """
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or isinstance(value, bool):
        raise error(value=value, lower=None, higher=None)
    numbers = [Decimal(entry) for entry in series]
    place = bisect_left(numbers, number)
    if place < len(numbers) and numbers[place] == number:
        return series[place]
    raise error(value=value, lower=series[place - 1] if place else None,
                higher=series[place] if place < len(series) else None)


def aql_key(value):
    """The preferred AQL as printed ("1.0"), from a text or a number.

    :raise UnknownAql: it is not preferred; the error names the next lower and higher ones
    """
    if isinstance(value, str | float):
        known = _aql_words().get(value)
        if known:
            return known
    return preferred(value, aqls(), UnknownAql)


def tighter_aql(aql):
    """The AQL one step tighter (clause 9.3.3.2); None for the tightest."""
    place = aqls().index(aql)
    return aqls()[place - 1] if place else None
