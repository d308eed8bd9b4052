"""Which records a part of the timeline shows, as a domain."""
from odoo import fields
from odoo.fields import Domain

from .arch import SPANS


def touching(model, roles, start, stop):
    """Records of ``model`` with a bar between the two moments.

    :param roles: ``{attribute: field name}`` of the view, as far as the user may read them
    :param start: beginning as a UTC string, or False: no bound
    :param stop: end, alike
    """
    if not (start and stop):
        return Domain.TRUE
    spans = [(roles.get(begin), roles.get(end), begin == "actual_start") for begin, end in SPANS]
    return Domain.OR(
        _span(model, begin, end, start, stop, is_open) for begin, end, is_open in spans if begin or end
    )


def _span(model, begin, end, start, stop, is_open):
    """Bars from the field ``begin`` to the field ``end``; a bar without one of its ends is a point at the other.

    :param is_open: what has no end yet goes on until now (work that has begun)
    """
    if not (begin and end):
        return _inside(model, begin or end, start, stop)
    has_both = Domain(begin, "<=", bound(model, begin, stop)) & Domain(end, ">=", bound(model, end, start))
    no_end = Domain(end, "=", False) & _inside(model, begin, start, stop)
    no_begin = Domain(begin, "=", False) & _inside(model, end, start, stop)
    if is_open and fields.Datetime.to_datetime(start) <= fields.Datetime.now():
        no_end = Domain(end, "=", False) & Domain(begin, "<=", bound(model, begin, stop))
    return has_both | no_end | no_begin


def _inside(model, name, start, stop):
    return Domain(name, ">=", bound(model, name, start)) & Domain(name, "<=", bound(model, name, stop))


def bound(model, name, moment):
    """A UTC string as a value that the field compares with: for a date, the user's day."""
    moment = fields.Datetime.to_datetime(moment)
    if model._fields[name].type == "date":
        return fields.Datetime.context_timestamp(model, moment).date()
    return moment
