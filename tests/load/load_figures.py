"""How long requests took and what failed, by kind of work and step."""
import re
import threading
from collections import Counter, defaultdict
from math import ceil

#: An entry of Odoo's log: level and text, of more lines if need be.
ENTRY = re.compile(r"^\d{4}-\S+ \S+ \d+ ([A-Z]+) (.*?)(?=^\d{4}-\d\d-\d\d |\Z)", re.MULTILINE | re.DOTALL)
#: Two people at one record: the database refuses the second one, Odoo starts his request again, and logs both.
AGAIN = re.compile(r"could not serialize access|deadlock detected|could not obtain lock")
JOB = re.compile(r"Job '?\"?(.+?)'?\"? \((\d+)\) (.+?) \(#loop \d+; done .*?duration ([\d.]+)s\)")


def percentile(values, share):
    """The value that so many percent do not exceed."""
    values = sorted(values)
    return values[max(ceil(len(values) * share / 100), 1) - 1]


class Figures:
    """Requests of a round; threads add to it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rows, self.behind = [], Counter()
        #: Spans in which something was dead on purpose.
        self.spans = []

    def add(self, kind, step, began, seconds, fault):
        with self.lock:
            self.rows.append((kind, step, began, seconds, fault))

    def add_behind(self, kind):
        """A read that the replica answered with what was before."""
        with self.lock:
            self.behind[kind] += 1

    def get_faults(self):
        """Requests that failed while nothing was dead, as texts."""
        return [f"{kind}, {step}: {fault}" for kind, step, began, seconds, fault in self.rows
                if fault and not self._is_excused(began, began + seconds)]

    def get_excused(self):
        return sum(1 for _kind, _step, began, seconds, fault in self.rows
                   if fault and self._is_excused(began, began + seconds))

    def _is_excused(self, began, ended):
        return any(began <= last and ended >= first for first, last in self.spans)

    def by_kind(self):
        """``{kind: seconds}`` of answered requests."""
        return self._group(lambda kind, step: kind)

    def by_step(self):
        return self._group(lambda kind, step: (kind, step))

    def _group(self, name):
        groups = defaultdict(list)
        for kind, step, _began, seconds, fault in self.rows:
            if not fault and step != "log in":
                groups[name(kind, step)].append(seconds)
        return dict(sorted(groups.items()))

    def describe(self, seconds, steps=False):
        """The table of a round, as lines."""
        lines = [f"    {'kind':32}{'requests':>9}{'median':>10}{'p95':>10}{'longest':>10}"]
        for kind, times in self.by_kind().items():
            lines.append(self._describe_row(kind, times))
            for (of, step), some in self.by_step().items() if steps else ():
                if of == kind:
                    lines.append(self._describe_row(f"  {step}", some))
        number = sum(map(len, self.by_kind().values()))
        lines.append(f"    {number} requests in {seconds:.0f} s, {number / seconds:.1f} a second")
        return lines

    @staticmethod
    def _describe_row(title, times):
        shown = (percentile(times, 50), percentile(times, 95), max(times))
        return f"    {title:32}{len(times):>9}" + "".join(f"{seconds * 1000:>7.0f} ms" for seconds in shown)


def read_jobs(log):
    """``{job: seconds of each run}`` of the cron's log."""
    jobs = defaultdict(list)
    for name, _id, _status, seconds in JOB.findall(log):
        jobs[name].append(float(seconds))
    return jobs


def read_faults(log):
    """Entries of a log that tell of a fault, and how many of requests that were started again."""
    told = [f"{level} {text.strip()}" for level, text in ENTRY.findall(log) if level in ("ERROR", "CRITICAL")]
    faults = [text for text in told if not AGAIN.search(text)]
    return [text[:600] for text in faults], len(told) - len(faults)
