"""What happens to clocks at one moment, as it is gathered record by record."""
from .times import Times


class Changes:
    """A basket: the gathering methods of sla.clock put in, its carrying out takes out (see the addon's README).

    :param env: environment with the rights of the system
    :param now: naive UTC datetime
    :param strict: somebody is writing the records: what cannot be counted is refused, not noted
    :param plan_all: find the next event also of clocks about which nothing has changed
    """

    def __init__(self, env, now, strict=False, plan_all=False):
        self.env, self.now, self.strict, self.plan_all = env, now, strict, plan_all
        self.times = Times(env)
        self.started = []   # pairs (values of a new clock, its events)
        self.values = {}    # clock -> values to be written
        self.events = []    # values of events of clocks that were there
        self.to_plan = {}   # clock -> (policy, the clock as it will be) of which the next event must be found
        self.pending = {}   # clock -> what it waits for, for those planned: pairs (moment, step id)
        self.ended = set()
        self.users = set()  # ids of those whose clocks change

    def __bool__(self):
        return bool(self.started or self.values or self.events or self.to_plan)

    def set(self, clock, values):
        """Note values to be written to a clock."""
        self.values.setdefault(clock, {}).update(values)

    def log(self, clock, kind, reason=None, args=None, *, deadline_no):
        """Note an event of a clock that is there."""
        self.events.append(self.event(clock.id, kind, reason, args, deadline_no))

    def event(self, clock_id, kind, reason, args, deadline_no):
        """Values of an event."""
        return {"clock_id": clock_id, "kind": kind, "reason": reason, "args": args or None,
                "deadline_no": deadline_no, "at": self.now, "user_id": self.env.uid}
