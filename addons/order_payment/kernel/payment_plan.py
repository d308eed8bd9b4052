"""The arithmetic of a payment plan: shares of an amount, money laid over the lines, and days. Plain Python."""
from dateutil.relativedelta import relativedelta

#: Upper ends, in days after the due date, of the classes of age; what is older is in the last one.
AGES = ((30, "30"), (60, "60"), (90, "90"))


def shares(total, lines, round_amount):
    """Amounts of a plan's lines.

    :param total: amount of the order
    :param lines: for each line (percent, fixed); fixed is None where the percentage decides
    :param round_amount: rounds to the currency
    :return: amounts; those that are not fixed share what the fixed ones leave by their percentages, and the last of
        them takes what rounding leaves. Where the fixed ones are more than the order nothing is left: no payment is
        below zero
    """
    rest = total - sum(fixed for _percent, fixed in lines if fixed is not None)
    if total >= 0:
        rest = max(rest, 0.0)
    free = [number for number, (_percent, fixed) in enumerate(lines) if fixed is None]
    weight = sum(lines[number][0] for number in free)
    amounts = [fixed if fixed is not None else round_amount(rest * percent / weight if weight else 0.0)
               for percent, fixed in lines]
    if weight:
        amounts[free[-1]] = round_amount(rest - sum(amounts[number] for number in free[:-1]))
    return amounts


def drafts(total, lines, round_amount):
    """Amounts of a plan that is still being written: each line says what it would be, whatever the sum."""
    return [fixed if fixed is not None else round_amount(total * percent / 100.0) for percent, fixed in lines]


def pour(amount, rooms):
    """Lay an amount over lines, in their order.

    :param rooms: how much each line can take
    :return: (what each line takes, what is left over)
    """
    taken = []
    for room in rooms:
        part = min(max(amount, 0.0), max(room, 0.0))
        taken.append(part)
        amount -= part
    return taken, max(amount, 0.0)


def take_back(amount, taken):
    """Take an amount back from lines, the last one first: a credit note past the plan.

    :param taken: what each line has
    :return: what each line has then
    """
    result = []
    for part in reversed(taken):
        back = min(max(amount, 0.0), part)
        result.append(part - back)
        amount -= back
    return result[::-1]


def due_date(day, months, days):
    """The day so many months and days after another one; the last of a shorter month stands for its missing days."""
    return day + relativedelta(months=months, days=days)


def age(date_due, today):
    """Class of age of an amount that is due; ``later`` before that day."""
    days = (today - date_due).days
    if days < 0:
        return "later"
    return next((name for end, name in AGES if days <= end), "older")
