"""Where the lateness of an item began."""


def first_causes(late, predecessors):
    """The item at the beginning of each late item's chain of late predecessors; itself where none of them is late.

    Of several late predecessors the latest one counts. Items that wait for each other end the chain.

    :param late: ``{key: how late}``, the predecessors among them
    :param predecessors: ``{key: keys}``
    :return: ``{key: key}``
    """
    found = {}
    for key in late:
        path, node = [], key
        while node not in found:
            path.append(node)
            before = [one for one in predecessors.get(node, ()) if one in late and one not in path]
            if not before:
                found[node] = node
                break
            node = max(before, key=late.get)
        found.update(dict.fromkeys(path, found[node]))
    return found
