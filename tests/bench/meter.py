"""What benchmarks measure and judge by: processor time and queries, to which other work on the machine adds nothing."""
import os
import time
from pathlib import Path


class Meter:
    """Processor seconds of this process and of its connection's in PostgreSQL, its queries, and bars.

    :param env: an environment of the connection that works
    """

    def __init__(self, env):
        self.env, self.cr, self.results = env, env.cr, []
        self.cr.execute("SELECT pg_backend_pid()")
        self.backend, = self.cr.fetchone()

    def spent(self):
        """Processor seconds until now."""
        ticks = Path(f"/proc/{self.backend}/stat").read_text().rpartition(")")[2].split()[11:13]
        return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def measure(self, function, times=1):
        """Processor seconds of a call (the mean of several), all that it writes included, and its queries; nothing is
        in the cache before.
        """
        total = 0
        for _turn in range(times):
            self.env.flush_all()
            self.env.invalidate_all()
            queries, begin = self.cr.sql_log_count, self.spent()
            function()
            self.env.flush_all()
            total += self.spent() - begin
        return total / times, self.cr.sql_log_count - queries

    def judge(self, text, passed):
        """Say whether a bar is kept."""
        self.results.append(passed)
        print(f"    {text}: {'PASS' if passed else 'FAIL'}")

    def conclude(self):
        """Say whether all of them are.

        :raise SystemExit: one is not
        """
        print("all bars: " + ("PASS" if all(self.results) else "FAIL"))
        if not all(self.results):
            raise SystemExit(1)
