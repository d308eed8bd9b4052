"""What a plan is scheduled from, and what comes out of it."""
from typing import NamedTuple

from ..kernel import network

HOUR = 3600


class Network(NamedTuple):
    """Items, links and working times of plans."""

    tasks: object  #: project.task, in order
    links: dict    #: by project id: list of network.Link
    times: object  #: PlanTimes

    def of_plan(self, plan):
        """The part of one plan."""
        return self._replace(tasks=self.tasks.filtered(lambda task: task.project_id == plan))


class Simulation(NamedTuple):
    """Effect of changes that nobody has made (yet)."""

    schedule: network.Schedule  #: the forecast with the changes; moments in seconds since the epoch
    names: dict                 #: item names by key (task id)
    promised: int | None        #: moment that the plan has to keep
