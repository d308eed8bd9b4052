"""What is said of the pages at their sizes."""

#: A page is slow from this many times what it takes in the demo company, and from this many seconds, on.
SLOW, NOTICED = 3, 0.3


def judged(results):
    """The pages at growing sizes.

    :param results: for each size ``{page: (seconds, queries)}``; seconds are None where the page could not be opened
    :return: ``[(page, [(seconds, queries), ...], times, complaint)]``: how many times the first size's time the last
        one takes, and what is wrong: "fails", "asks more" (than at the size before, where lists are full, too), "slow"
    """
    rows = []
    for page in results[0]:
        line = [result.get(page, (None, "not there")) for result in results]
        if any(seconds is None for seconds, _queries in line):
            rows.append((page, line, None, "fails"))
            continue
        times = line[-1][0] / max(line[0][0], 0.001)
        complaints = ["asks more"] * (line[-1][1] > line[-2][1] + 1) if len(line) > 1 else []
        complaints += ["slow"] * (times > SLOW and line[-1][0] > NOTICED)
        rows.append((page, line, times, ", ".join(complaints)))
    return rows


def printed(sizes, rows):
    """The table, the worst pages last."""
    yield f"{'page':<60}" + "".join(f"{f'x{size}':>10}{'queries':>8}" for size in sizes) + f"{'times':>8}"
    for page, line, times, complaint in sorted(rows, key=lambda row: (bool(row[3]), row[2] or 0)):
        figures = "".join(f"{seconds * 1000:>8.0f}ms{queries:>8}" if seconds is not None else f" {queries}"
                          for seconds, queries in line)
        yield f"{page[-58:]:<60}{figures}" + (f"{times:>8.1f}" if times is not None else "") + f"  {complaint}".rstrip()
