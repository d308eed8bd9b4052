"""What moving bars of a plan on the timeline would do."""
from odoo import fields
from odoo.tools.misc import format_datetime

from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from .plan_network import HOUR

#: So many names are said, of more only how many.
NAMED = 5


def get_planned_dates(plan):
    """Planned start and finish of the items of a plan, by id, to see later what has moved."""
    # sudo: dates follow from all items, whoever may see them
    return {task.id: (task.planned_start, task.planned_finish) for task in plan.sudo().plan_item_ids}


def say_moved(plan, before):
    """What has moved since then, in words, and the finish that the plan has now."""
    after = get_planned_dates(plan)
    tasks = plan.sudo().plan_item_ids.filtered(  # sudo: as above
        lambda task: not task.is_summary and before.get(task.id) != after[task.id])
    return [*_say_moved_along(plan.env, tasks.mapped("name")), *PlanMove(plan, {}).get_messages()]


def _say_moved_along(env, names):
    if not names:
        return []
    more, text = len(names) - NAMED, ", ".join(names[:NAMED])
    return [env._("Moves along: %(items)s and %(more)s more.", items=text, more=more) if more > 0
            else env._("Moves along: %(items)s.", items=text)]


class PlanMove:
    """Items of one plan that somebody moves: what would be written, and what follows from it. Nothing is written here.

    :param plan: project.project
    :param moved: ``{project.task: {"start": datetime, "stop": datetime}}``, only what moves
    """

    def __init__(self, plan, moved):
        # sudo: dates follow from all items, whoever may see them
        self.plan, self.env = plan.sudo(), plan.env
        self.moved = {task.id: sides for task, sides in moved.items()}
        self.net = self.plan._read_network()
        self.tasks = {task.id: task for task in self.net.tasks}
        self.values = self._get_values()
        self.planned = self.plan._run(self.net, changes=self.values)
        self.forecast = self.plan._run(self.net, to_moment(fields.Datetime.now()), self.values)

    def get_changes(self):
        """New dates of all items that move, as the timeline wants them."""
        changes = {}
        for key, task in self.tasks.items():
            dates = self._get_dates(key)
            if key in self.moved or dates != (task.planned_start, task.planned_finish):
                changes[key] = {side: fields.Datetime.to_string(moment)
                                for side, moment in zip(("start", "stop"), dates, strict=True)}
        return changes

    def get_messages(self):
        """What follows, in words: who is held back, who moves along, who does not, and the new finish."""
        return [*self._say_held_back(), *self._say_moved_along(), *self._say_pinned(), self._say_finish()]

    def get_markers(self):
        """The new forecast of the finish."""
        if not self.forecast.finish:
            return []
        return [{"date": fields.Datetime.to_string(to_datetime(self.forecast.finish)),
                 "text": self.env._("New finish"), "css": "o_marker_finish"}]

    def _get_values(self):
        """Durations and pins that the bars say; a bar that is moved only where it would stand anyway is not pinned."""
        values = {key: {"duration_hours": self._get_hours(key), "pinned_start": None} for key in self.moved}
        free = self.plan._run(self.net, changes=values)
        for key, sides in self.moved.items():
            start = sides.get("start", self.tasks[key].pinned_start)
            values[key]["pinned_start"] = start if start and to_moment(start) > free.plans[key].start else None
        return values

    def _get_hours(self, key):
        """Duration of a moved item: as it was where the whole bar was moved, else its working time between the ends."""
        task, sides = self.tasks[key], self.moved[key]
        start, stop = sides.get("start", task.planned_start), sides.get("stop", task.planned_finish)
        whole = {"start", "stop"} <= sides.keys() and (
            stop - start == task.planned_finish - task.planned_start if task.planned_start else False)
        if task.is_milestone or whole or sides.keys() == {"start"} and not task.planned_finish:
            return task.duration_hours
        return round(self.net.times.get_time(task).worked(to_moment(start), to_moment(stop)) / HOUR, 4)

    def _get_dates(self, key):
        item = self.planned.plans[key]
        return to_datetime(item.start), to_datetime(item.finish)

    def _say_held_back(self):
        for key, sides in self.moved.items():
            item = self.planned.plans[key]
            if "start" not in sides or item.start <= to_moment(sides["start"]) or item.driver not in self.tasks:
                continue
            yield self.env._(
                "%(item)s cannot begin then: it waits for %(other)s, and begins on %(start)s.",
                item=self.tasks[key].name, other=self.tasks[item.driver].name, start=self._format(item.start))

    def _say_moved_along(self):
        names = [task.name for key, task in self.tasks.items()
                 if key not in self.moved and not self._is_summary(key)
                 and self._get_dates(key) != (task.planned_start, task.planned_finish)]
        return _say_moved_along(self.env, names)

    def _say_pinned(self):
        moving = self.get_changes().keys()
        for target in dict.fromkeys(link.target for link in self.net.links[self.plan.id] if link.source in moving):
            task = self.tasks[target]
            if target not in moving and task.pinned_start and self.planned.plans[target].driver == "not_before":
                yield self.env._(
                    "%(item)s does not move: it is set not to begin before %(start)s.", item=task.name,
                    start=self._format(to_moment(task.pinned_start)))

    def _say_finish(self):
        finish, promised = self._format(self.forecast.finish), self.plan._get_promised_moment(self.net.times)
        if not promised:
            return self.env._("%(plan)s: finish %(finish)s.", plan=self.plan.name, finish=finish)
        time = self.net.times.get_company_time(self.plan.company_id)
        days = round(time.worked(self.forecast.finish, promised) / time.day_seconds, 1)
        if self.forecast.finish > promised:
            return self.env._(
                "%(plan)s: finish %(finish)s, %(days)s working days after the promised date.", plan=self.plan.name,
                finish=finish, days=-days)
        if not days:
            return self.env._(
                "%(plan)s: finish %(finish)s, just in time for the promised date.", plan=self.plan.name, finish=finish)
        return self.env._(
            "%(plan)s: finish %(finish)s, %(days)s working days before the promised date.", plan=self.plan.name,
            finish=finish, days=days)

    def _is_summary(self, key):
        return any(task.parent_id.id == key for task in self.net.tasks)

    def _format(self, moment):
        return format_datetime(self.env, to_datetime(moment), dt_format="short") if moment else "–"
