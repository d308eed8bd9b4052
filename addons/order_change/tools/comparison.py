"""An order before and after, side by side: plain data, no Odoo here."""

SHOWN = ("product", "name", "quantity", "unit", "price", "discount", "subtotal")


def compare(before, after):
    """What stands beside each other.

    :param before: ``{"date", "amount", "texts": {field: text}, "lines": [{"id", "product", "quantity", ...}]}``
    :param after: the same after the change
    :return: ``{"date", "amount": (before, after), "texts": [(field, before, after)], "lines": [{"before", "after",
        "changed": names of what differs, "state": same, changed, added or gone}]}``; of the texts those that differ
    """
    former = {line["id"]: line for line in before["lines"]}
    come = [line for line in after["lines"] if line["id"] not in former]
    left = {line["id"]: line for line in after["lines"]}
    return {
        "date": (before["date"], after["date"]),
        "amount": (before["amount"], after["amount"]),
        "texts": [(name, text, after["texts"].get(name)) for name, text in before["texts"].items()
                  if text != after["texts"].get(name)],
        "lines": [_pair(line, left.get(line["id"])) for line in before["lines"]] + [_pair(None, line) for line in come],
    }


def _pair(before, after):
    if before is None or after is None:
        return {"before": before, "after": after, "changed": set(SHOWN), "state": "gone" if before else "added"}
    changed = {name for name in SHOWN if before[name] != after[name]}
    state = "gone" if changed and not after["quantity"] and before["quantity"] else "changed" if changed else "same"
    return {"before": before, "after": after, "changed": changed, "state": state}
