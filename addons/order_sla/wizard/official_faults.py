"""Words for what is wrong with a source of official working days."""
from datetime import date

from odoo.tools import format_date


def fault_text(env, fault):
    """What a fault says to the user: the line first, if it has one, then what is wrong and what to do."""
    text = _text(env, fault.code, [_readable(env, value) for value in fault.values])
    return env._("Line %(line)s: %(text)s", line=str(fault.line), text=text) if fault.line else text


def _readable(env, value):
    if isinstance(value, date):
        return format_date(env, value, date_format="yyyy-MM-dd")
    if isinstance(value, tuple):
        return ", ".join(_readable(env, part) for part in value)
    return env._("Spring Festival") if value == "spring_festival" else str(value)


def _text(env, code, values):
    one, two, three = [*values, "", "", ""][:3]
    match code:
        case "notice_year":
            return env._("the notice is about %(found)s, not about %(year)s.", found=one, year=two)
        case "no_year":
            return env._(
                "The text does not say its year. Paste it with its title, “…关于%(year)s年部分节假日安排的通知”.",
                year=one)
        case "unnamed":
            return env._("“%(text)s” stands under no holiday. Paste the whole notice, with “一、…：”.", text=one)
        case "dates":
            return env._("“%(text)s” is no date that can be read.", text=one)
        case "no_day":
            return env._("“%(text)s” does not exist in %(year)s.", text=one, year=two)
        case "weekday":
            return env._("“%(text)s”: %(date)s is another day of the week. Check date and year.", text=two, date=one)
        case "count":
            return env._("“%(text)s” says %(said)s days, its dates are %(found)s.", text=one, said=two, found=three)
        case "backwards":
            return env._("“%(text)s” ends before it begins, or lasts too long.", text=one)
        case "both":
            return env._("%(date)s is both a day off and a working day.", date=one)
        case "no_weekend":
            return env._("%(date)s is no Saturday or Sunday: it is worked anyway.", date=one)
        case "other_year":
            return env._("%(date)s is far from the year %(year)s.", date=one, year=two)
        case _:
            return _text_of_file(env, code, one, two)


def _text_of_file(env, code, one, two):
    match code:
        case "columns":
            return env._("The first line must name the columns date (or from, to), name and kind; it is “%(text)s”.",
                         text=one)
        case "kind":
            return env._("“%(text)s” is no kind of day. Write off or work (休, 班).", text=one)
        case "encoding":
            return env._("The file is no text in UTF-8 or GB 18030.")
        case "ics":
            return env._("The file is no calendar that can be read.")
        case "event":
            return env._("The event “%(text)s” has no date that can be read.", text=one)
        case "repeats":
            return env._("The event “%(text)s” repeats: each year is decided anew. Name its days of this year only.",
                         text=one)
        case "no_package":
            return env._("The package chinesecalendar is not installed on the server. Paste the text of the notice.")
        case "package_year":
            return env._("The installed package does not hold %(year)s. Paste the text of the notice.", year=one)
        case "nothing":
            return env._("The source holds no day of %(year)s.", year=one)
        case _:  # not_held
            return env._("The source does not hold the whole of %(year)s: no day off at %(dates)s. Nothing is loaded.",
                         year=one, dates=two)
