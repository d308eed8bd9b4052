"""What two values of an indicator mean for each other. Nothing here knows a database."""

#: Which way a value is better: the sign by which a difference is multiplied.
SIGNS = {"higher": 1, "lower": -1, "neither": 0}


def change(value, former, better, relative=True):
    """How a value has changed.

    :param value: now, None where nothing was counted
    :param former: before, None as above
    :param better: ``higher``, ``lower`` or ``neither``
    :param bool relative: in percent of the former value; else the plain difference (percentage points)
    :return: (change, verdict): change is None where there is none to tell (nothing before, or percent of nothing);
        verdict is ``better``, ``worse``, ``same``, ``changed`` (neither way is better) or ``none``
    """
    if value is None or former is None:
        return None, "none"
    difference = value - former
    amount = (difference / abs(former) * 100 if former else None) if relative else difference
    if not difference:
        return 0.0 if amount is None else amount, "same"
    sign = SIGNS[better] * (1 if difference > 0 else -1)
    return amount, {1: "better", -1: "worse", 0: "changed"}[sign]


def meets(value, target, better):
    """Whether a value reaches its target; None where either is unknown, or no way is better."""
    sign = SIGNS[better]
    if value is None or target is None or not sign:
        return None
    return (value - target) * sign >= 0


def weight(value, former, target, better):
    """How much an indicator deserves a manager's look: by what it misses of its target, then by what it moved.

    :return: a number, 0 where there is nothing to say; a missed target weighs more than any move
    """
    if value is None:
        return 0.0
    moved = abs(value - former) / max(abs(former), abs(value)) if former is not None and value != former else 0.0
    if meets(value, target, better) is False:
        return 2 + abs(value - target) / max(abs(target), abs(value), 1e-9)
    return moved


def contributions(rows, former_rows, kind, better):
    """Groups that explain a value, the biggest first.

    :param rows: ``{group: (value, count, hits)}`` of the period
    :param former_rows: the same of the former period
    :param kind: ``ratio``: by records that missed; ``sum``, ``count``: by change; else by their part of the average's
        distance from the mean, in the direction that is bad (whichever, where neither way is better)
    :return: list of (weight, group), weights above 0 only
    """
    sign = SIGNS[better]
    if kind == "ratio":
        bad = {group: (hits if sign < 0 else count - hits) for group, (_value, count, hits) in rows.items()}
    elif kind in ("sum", "count"):
        bad = {}
        for group in rows.keys() | former_rows.keys():
            difference = (rows.get(group, (0,))[0] or 0) - (former_rows.get(group, (0,))[0] or 0)
            bad[group] = abs(difference) if not sign else -difference * sign
        if not any(part > 0 for part in bad.values()):  # all went the right way: what made it better
            bad = {group: -part for group, part in bad.items()}
    else:
        known = {group: row for group, row in rows.items() if row[0] is not None and row[1]}
        total = sum(count for _value, count, _hits in known.values())
        mean = sum(value * count for value, count, _hits in known.values()) / total if total else 0
        bad = {group: (value - mean) * count / total * (-sign or 1) for group, (value, count, _hits) in known.items()}
        if len(known) == 1:
            bad = dict.fromkeys(known, 1)
    return sorted(((part, group) for group, part in bad.items() if part > 0), key=lambda pair: -pair[0])
