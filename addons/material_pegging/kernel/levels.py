"""In which order pools are matched: what an order makes is dated by the parts that it waits for."""
from collections import defaultdict, deque


def ordered(names, waits_for):
    """Names so that each comes after those it waits for; a loop is cut at the first name of it.

    :param names: all of them, in the order that decides where nothing else does
    :param waits_for: ``{name: iterable of names}``; those that are not among the names count for nothing
    """
    known = dict.fromkeys(names)
    open_ = {name: {other for other in waits_for.get(name, ()) if other in known and other != name} for name in known}
    followers = defaultdict(list)
    for name, others in open_.items():
        for other in others:
            followers[other].append(name)
    free = deque(name for name, others in open_.items() if not others)
    left, result = iter(known), []
    while True:
        while free:
            name = free.popleft()
            if open_.pop(name, None) is None:
                continue
            result.append(name)
            for follower in followers[name]:
                others = open_.get(follower)
                if others is not None:
                    others.discard(name)
                    if not others:
                        free.append(follower)
        name = next((name for name in left if name in open_), None)
        if name is None:
            return result
        free.append(name)
