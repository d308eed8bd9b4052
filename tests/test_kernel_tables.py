"""REC-4: the tables of GB/T 2828.1, against other sources, against the rules that they follow, against their OC.

Three ways, none of which is a copy of the kernel's files: MIL-STD-105E (public domain; ``data/mil_std_105e``), the
construction of the master tables by diagonals, and what the plans do.
"""
import csv
from functools import cache
from pathlib import Path

import pytest

from sampling_kernel import kernel, module

tables, errors, poisson = module("tables"), module("errors"), module("probability").poisson
MIL_STD = Path(__file__).with_name("data") / "mil_std_105e"
LETTERS = "ABCDEFGHJKLMNPQR"
SEVERITIES = ("normal", "tightened", "reduced")


def mil_std(name):
    with (MIL_STD / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {(row["letter"], aql): tuple(map(int, text.split("/")))
            for row in rows for aql, text in row.items() if aql != "letter"}


def resolved(severity):
    return {key: (cell.sample_size, cell.acceptance) for key, cell in tables.plans(severity).items() if key[0] != "S"}


def direct(severity):
    """(letter, AQL, n, Ac) where the table prints a plan and no arrow."""
    return [(letter, aql, size, int(text)) for letter, (size, row) in tables.cells(severity).items()
            for aql, text in row.items() if text.isdigit()]


# Other sources

def test_normal_table_is_that_of_mil_std_105e():
    """REC-4: all 416 plans of table 2-A are those of MIL-STD-105E, table II-A."""
    assert len(resolved("normal")) == 416
    assert resolved("normal") == mil_std("ii_a")


def test_tightened_table_is_that_of_mil_std_105e_but_for_one():
    """REC-4: table 2-B is II-B; only A at AQL 10 has a plan of its own in the edition of 1999."""
    ours, theirs = resolved("tightened"), mil_std("ii_b")
    assert len(ours) == 416
    different = {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]}
    assert different == {("A", "10"): ((2, 0), (8, 1))}


def test_reduced_table_is_ii_c_without_its_gap():
    """REC-4: the edition of 1999 removed the gap between Ac and Re of II-C and nothing else.

    Where II-C has 0/2 there is an arrow now, to another sample (A, B and C share one of two); elsewhere the same
    sample with an Ac out of the old gap.
    """
    ours, theirs = resolved("reduced"), mil_std("ii_c")
    assert len(ours) == len(theirs) == 416
    for key, (size, acceptance, rejection) in theirs.items():
        if (acceptance, rejection) == (0, 2):
            assert ours[key][0] != size or size == 2, key
        else:
            assert ours[key][0] == size, key
            assert acceptance <= ours[key][1] < rejection, key


# Construction

SHAPES = {  # first diagonal (letter + AQL), arrows behind Ac 0, numbers behind them, last number from letter F on
    "normal": (14, "^v", (1, 2, 3, 5, 7, 10, 14, 21, 30, 44), 21),
    "tightened": (15, "vv", (1, 2, 3, 5, 8, 12, 18, 27, 41), 18),
    "reduced": (14, "^vv", (1, 2, 3, 5, 6, 8, 10, 14, 21), 10),
}


def constructed(severity):
    """The master table by its diagonals: n times AQL is the same for the same Ac."""
    first, gap, numbers, last = SHAPES[severity]
    letters = LETTERS + "S" * (severity == "tightened")
    table = []
    for place, letter in enumerate(letters):
        row = ["v"] * max(0, first - place)
        row += ["0", *gap] if first >= place else list("0" + gap)[place - first:]
        row += [str(number) for number in numbers if letter < "F" or number <= last]
        table.append((row + ["^"] * 26)[:26])
    if severity == "reduced":  # A and B have samples of two as C: their numbers are those of a table of their own.
        table[0][17:] = table[1][17:] = "1 2 3 5 7 10 14 21 30".split()
    if severity == "tightened":  # S stands for one plan.
        table[-1] = ["1" if place == 2 else "" for place in range(26)]
    return letters, _turned_at_the_edges(table)


def _turned_at_the_edges(table):
    """An arrow that would leave the table points the other way."""
    def plan_in(rows, column):
        return any(row[column].isdigit() for row in rows)

    return [[text if text not in ("v", "^") else
             ("v" if plan_in(table[place + 1:], column) else "^") if text == "v" else
             ("^" if plan_in(table[:place], column) else "v") for column, text in enumerate(row)]
            for place, row in enumerate(table)]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_master_table_is_built_by_diagonals(severity):
    """REC-4: every printed cell, number or arrow, is where the construction of the master tables puts it."""
    letters, table = constructed(severity)
    printed = tables.cells(severity)
    assert list(printed) == list(letters)
    for letter, row in zip(letters, table, strict=True):
        assert list(printed[letter][1].values()) == row, letter


def test_sample_sizes_are_preferred_numbers():
    """REC-4: sample sizes and AQLs rise by the fifth root of ten; a reduced sample is that of two letters before."""
    normal, tightened, reduced = ({letter: size for letter, (size, _row) in tables.cells(severity).items()}
                                  for severity in SEVERITIES)
    for place, letter in enumerate(LETTERS + "S"):
        assert tightened[letter] == pytest.approx(10 ** (0.3 + 0.2 * place), rel=0.06)
    assert normal == {letter: tightened[letter] for letter in LETTERS}
    assert reduced == {letter: normal[LETTERS[max(0, place - 2)]] for place, letter in enumerate(LETTERS)}
    for place, aql in enumerate(kernel.aqls()):
        assert float(aql) == pytest.approx(0.01 * 10 ** (0.2 * place), rel=0.06)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_numbers_rise_along_rows_and_columns(severity):
    """REC-4: a higher AQL never lowers Ac, a later letter never lowers sample or Ac."""
    rows, columns = {}, {}
    for letter, aql, size, acceptance in direct(severity):
        rows.setdefault(letter, []).append(acceptance)
        columns.setdefault(aql, []).append((size, acceptance))
    for row in rows.values():
        assert row == sorted(set(row))
    for column in columns.values():
        if severity == "reduced":  # A, B and C have the same sample.
            column = [max(pair for pair in column if pair[0] == size) for size in sorted(dict(column))]
        assert column == sorted(column)
        assert [acceptance for _size, acceptance in column] == sorted({acceptance for _size, acceptance in column})


@pytest.mark.parametrize("severity", SEVERITIES)
def test_arrow_leads_to_the_first_plan_in_its_direction(severity):
    """REC-4: clause 10.3, the first plan below or above, with its own sample size."""
    printed, found = tables.cells(severity), tables.plans(severity)
    letters = list(printed)
    for (letter, aql), cell in found.items():
        text, start, end = printed[letter][1][aql], letters.index(letter), letters.index(cell.letter)
        assert (end > start, end < start) == (text == "v", text == "^")
        between = letters[min(start, end) + 1:max(start, end)]
        assert not any(printed[name][1][aql].isdigit() for name in between)
        assert cell[1:] == (printed[cell.letter][0], int(printed[cell.letter][1][aql]))


# What the plans do

@pytest.mark.parametrize(("severity", "low", "high"), [
    ("normal", 0.87, 0.995), ("tightened", 0.79, 0.98), ("reduced", 0.87, 0.9995)])
def test_lots_at_the_aql_are_accepted_with_high_probability(severity, low, high):
    """REC-4: clause 5.1, "fairly high probability"; tightened inspection takes some of it away."""
    for letter, aql, size, acceptance in direct(severity):
        assert low < poisson(acceptance, size * float(aql) / 100) < high, (letter, aql)


@cache
def mean_accepted(acceptance, chance):
    """Expected number of nonconformities that a plan with this Ac accepts with that chance."""
    low, high = 0.0, 100.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if poisson(acceptance, middle) > chance else (low, middle)
    return high


@pytest.mark.parametrize("severity", SEVERITIES)
def test_larger_samples_discriminate_better(severity):
    """REC-4: the larger Ac in a column, the nearer the limiting quality (10 %) to the AQL."""
    for aql in kernel.aqls():
        ratios = {}
        for letter, column, size, acceptance in direct(severity):
            # A and B of 2-C have the sample of C, but not its numbers.
            if column == aql and (severity != "reduced" or letter >= "C"):
                ratios.setdefault(acceptance, mean_accepted(acceptance, 0.1) / size / float(aql))
        ordered = [ratio for _acceptance, ratio in sorted(ratios.items())]
        # 2 % for the rounding of the preferred numbers.
        assert all(after < before * 1.02 for before, after in zip(ordered, ordered[1:], strict=False)), aql


def test_tightened_never_accepts_more_than_normal():
    """REC-4: clause 9.3.1 tightens, whatever the quality; the one plan of table 2-B that stands alone excepted."""
    looser = set()
    for key, normal in tables.plans("normal").items():
        tightened = tables.plans("tightened")[key]
        for times in (0.1, 0.5, 1, 2, 3, 5, 10, 20):
            share = float(key[1]) * times / 100
            if (poisson(tightened.acceptance, tightened.sample_size * share)
                    > poisson(normal.acceptance, normal.sample_size * share) + 1e-12):
                looser.add(key)
    assert looser == {("A", "10")}


def test_reduced_inspects_less_and_is_milder_to_bad_lots():
    """REC-4: reduced samples are smaller (but for the smallest), and bad lots pass more easily: hence its condition."""
    for (letter, aql), normal in tables.plans("normal").items():
        reduced = tables.plans("reduced")[letter, aql]
        assert reduced.sample_size < normal.sample_size or normal.sample_size <= 3
        share = 5 * float(aql) / 100
        assert (poisson(reduced.acceptance, reduced.sample_size * share)
                >= poisson(normal.acceptance, normal.sample_size * share))


# Table 1

def test_code_letters_rise_with_lot_and_level():
    """REC-4: table 1, a larger lot or a higher level never means an earlier letter."""
    starts, letters = tables.code_letters()
    assert starts == [2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001, 150001, 500001]
    for column in letters.values():
        assert column == sorted(column)
        # No range skips more than one letter.
        places = [LETTERS.index(letter) for letter in column]
        assert all(after - before <= 1 for before, after in zip(places, places[1:], strict=False))
    for row in zip(*letters.values(), strict=True):
        assert list(row) == sorted(row)
    assert [column[-1] for column in letters.values()] == list("DEHKNQR")


def test_code_letters_are_those_of_mil_std_105e():
    """REC-4: table 1 is table I of MIL-STD-105E, a lot-size range per word, levels S-1 to S-4, I, II, III."""
    theirs = ("AAAAAAB AAAAABC AABBBCD ABBCCDE BBCCCEF BBCDDFG BCDEEGH BCDEFHJ CCEFGJK CDEGHKL CDFGJLM CDFHKMN "
              "DEGJLNP DEGJMPQ DEHKNQR").split()
    _starts, letters = tables.code_letters()
    assert ["".join(row) for row in zip(*letters.values(), strict=True)] == theirs
    # Level II goes through the letters one by one, level III is one ahead.
    assert letters["II"] == list(LETTERS[:15])
    assert letters["III"] == list(LETTERS[1:])


@pytest.mark.parametrize(("lot", "level", "letter"), [
    # Collections of questions for quality engineers: ixiawen.com 27005649; p719.cn 26948340 (twice).
    (50, "II", "D"), (2000, "II", "K"), (1000, "I", "G"),
    (3200, "II", "K"), (3201, "II", "L"), (2, "S-1", "A"), (8, "III", "B"), (9, "III", "C"), (10**9, "III", "R")])
def test_code_letter_of_a_lot(lot, level, letter):
    """REC-4: clause 10.2; both ends of a range belong to it."""
    assert tables.code_letter(lot, level) == letter


def test_damaged_table_is_noticed(monkeypatch):
    """REC-4: an arrow that leads to no plan is an error of the file, not a plan."""
    broken = {"A": (2, {"1.0": "v"}), "B": (3, {"1.0": "v"})}
    monkeypatch.setattr(tables, "cells", lambda severity: broken)
    with pytest.raises(errors.TableDamaged) as caught:
        tables.plans.__wrapped__("normal")
    assert caught.value.data == {"table": "2-A", "row": "A", "column": "1.0", "problem": "arrow_to_nothing"}
