"""What a network can be refused for; each fault carries the items it names, for callers with words of their own."""


class BadItem(ValueError):
    """An item that cannot be planned."""

    def __init__(self, item, reason):
        super().__init__(f"{item.name}: {reason}")
        self.key, self.reason = item.key, reason


class BadLink(ValueError):
    """A link that cannot be followed."""

    def __init__(self, link, reason):
        super().__init__(f"{link.source!r} → {link.target!r}: {reason}")
        self.link, self.reason = link, reason


class Circular(ValueError):
    """Items that wait for each other.

    :ivar keys: the items of the circle; each waits for the one before it, the first for the last
    """

    def __init__(self, items):
        names = [item.name for item in items]
        super().__init__(" → ".join([*names, names[0]]))
        self.keys = [item.key for item in items]
