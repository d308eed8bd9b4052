"""Sentences for what the sampling kernel refuses, which speaks in codes, and numbers as people write them."""


def plain(value):
    """A quantity without the zeros that its digits would add: 500, 12.5."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def describe_error(env, error):
    """What is wrong and what to do, in the reader's language.

    :param error: kernel.SamplingError
    """
    data = error.data
    describe = {
        "invalid_lot_size": lambda: env._(
            "a lot has at least one unit, a whole number; this one has %(lot_size)s.", lot_size=data.get("lot_size")),
        "invalid_count": lambda: env._(
            "%(count)s cannot have been found in a sample of %(size)s.", count=data.get("count"),
            size=data.get("sample_size")),
        "invalid_parameter": lambda: _describe_parameter(env, data),
        "unknown_aql": lambda: _describe_neighbours(env, "AQL", data),
        "unknown_limiting_quality": lambda: _describe_neighbours(env, "LQ", data),
        "aql_only_for_nonconformities": lambda: env._(
            "an AQL above %(highest)s counts nonconformities per 100 units: count nonconformities, not units.",
            highest=data.get("highest")),
        "plan_not_vouched": lambda: env._(
            "no confirmed source gives this plan (%(standard)s, %(clause)s). Choose another method, such as zero "
            "acceptance by LQ, which is computed.", standard=data.get("standard"), clause=data.get("clause")),
        "no_such_plan": lambda: env._("no plan meets the risks that are asked for; change the LQ or the risk."),
        "inspection_discontinued": lambda: env._(
            "inspection is discontinued (GB/T 2828.1, clause 9.4): the head of quality resumes it when the supplier's "
            "improvement is accepted."),
        "not_discontinued": lambda: env._("inspection is not discontinued; there is nothing to resume."),
    }.get(error.code)
    return describe() if describe else str(error)


def _describe_parameter(env, data):
    low, high = data.get("low"), data.get("high")
    words = {"name": data.get("name"), "value": data.get("value"), "low": low, "high": high}
    if high is None:
        return env._("%(name)s is %(value)s; it must be at least %(low)s.", **words)
    return env._("%(name)s is %(value)s; it must be between %(low)s and %(high)s.", **words)


def _describe_neighbours(env, name, data):
    known = [value for value in (data.get("lower"), data.get("higher")) if value is not None]
    return env._("%(kind)s %(value)s is not in the standard's series; the next ones are %(known)s.", kind=name,
                 value=data.get("value"), known=", ".join(map(str, known)) or "–")
