"""What each person does, request by request."""
import json
import re
import time
import uuid
from datetime import datetime, timedelta

from load_client import Broken, Refused, read_token
from load_day import Person

#: Seconds between two pieces of a scanner.
SCANS = (0.1, 0.4)
#: A drawn signature: a picture of one pixel.
SIGNATURE = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
             "AABJRU5ErkJggg==")


class Reviewer(Person):
    def act(self, task):
        line, call = task["line"], self.client.call
        self.persist(lambda: self.search("list", "order.review.line", [
            ("user_id", "=", self.uid), ("state", "=", "pending")], "display_name", "state", "review_id"))
        self.persist(lambda: self.read("open", "order.review.line", [line], "state", "check_ids", "opinion"))
        self.persist(lambda: call("criteria", "order.review.line", "action_meet_all", [line], button=True))
        self.persist(lambda: call("sign", "order.review.line", "action_agree", [line], button=True),
                     lambda: self.read("look", "order.review.line", [line], "state")[0]["state"] == "agree")
        self.day.note("opinion", id=line, uid=self.uid)


class Keeper(Person):
    """His device keeps what it could not send, in order, and sends it with the next scan."""

    pause = SCANS

    def act(self, task):
        self.run, self.queue, self.number, self.task = str(uuid.uuid4()), [], 0, task
        self.persist(lambda: self.client.rpc("first page", "/scan/data", {"company": self.day.plan["company"]}))
        self.event("start", {"model": "stock.picking", "id": task["picking"]})
        for code in task["codes"]:
            time.sleep(self.random.uniform(*SCANS))
            self.event("scan", code)
        self.persist(self.send)
        if self.day.is_last(task["picking"], task["people"]):
            self.event("press", "finish")
            answer = self.persist(self.send) or self.answer
            if answer["value"]["state"] != "done":
                raise AssertionError(f"transfer {task['picking']} is not finished: {json.dumps(answer)[:400]}")

    def event(self, kind, value):
        self.number += 1
        said = {"run": self.run, "flow": self.task["flow"], "company": self.day.plan["company"],
                "event": {"kind": kind, "value": value, "seen": "count"}}
        self.queue.append({
            "uuid": str(uuid.uuid4()), "number": self.number, "model": "scan.run", "method": "outbox_step",
            "subject": f"scan.run,{self.run}", "said": said, "entered": int(time.time() * 1000)})
        try:
            self.send()
        except Broken:
            pass  # it stays on the device

    def send(self):
        """Send what is on the device; what was answered is off it.

        :return: the last answer
        """
        while self.queue:
            batch = self.queue[:50]
            if self.random.random() < 0.05:  # an answer that got lost: the device sends it once more
                self._post("again", batch)
            answers = self._post(f"{batch[0]['said']['event']['kind']}", batch)
            for entry in batch:
                self._take(entry, answers[entry["uuid"]])
            self.queue = self.queue[len(batch):]
        return self.answer

    def _post(self, step, batch):
        return self.client.rpc(step, "/web_outbox/send", {
            "user": self.uid, "now": int(time.time() * 1000), "entries": batch})["answers"]

    def _take(self, entry, answer):
        self.answer, event = answer, entry["said"]["event"]
        message = (answer.get("value") or {}).get("message") or {}
        if answer["state"] != "done" or message.get("kind") == "error":
            raise AssertionError(f"refused: {event} {json.dumps(answer, ensure_ascii=False)[:400]}")
        self.day.note("scan", picking=self.task["picking"], flow=self.task["flow"], event=event["kind"],
                      code=event["value"] if event["kind"] == "scan" else None, uuid=entry["uuid"])


class Inspector(Person):
    def act(self, task):
        ids, call, model = [task["inspection"]], self.client.call, "quality.inspection"
        self.persist(lambda: self.search("queue", model, [("state", "=", "pending")], "name", "state", "product_id"))
        self.persist(lambda: call("start", model, "action_start", ids, button=True))
        self.persist(lambda: self._enter(ids), lambda: self._get_state(ids)[1])
        self.persist(lambda: call("conclude", model, "action_conclude", ids, button=True),
                     lambda: self._get_state(ids)[0] == "done")
        self.day.note("inspection", id=ids[0], uid=self.uid, quantity=task["quantity"])

    def _get_state(self, ids):
        row, = self.read("look", "quality.inspection", ids, "state", "revision")
        return row["state"], row["revision"]

    def _enter(self, ids):
        data = self.client.call("screen", "quality.inspection", "get_entry_data", ids)
        if not data["lines"]:  # the replica has not seen yet that he has started
            self.day.figures.add_behind(self.kind)
            raise Broken("the screen is behind: it is loaded anew")
        return self.client.call("results", "quality.inspection", "save_results", ids, {
            "revision": data["revision"], "samples": [],
            "lines": [{"id": line["id"], "defect_count": 0} for line in data["lines"]]})


class Planner(Person):
    def act(self, task):
        start = datetime.combine(datetime.now().date(), datetime.min.time()) + timedelta(days=task["days"], hours=0.5)
        sides = {"start": str(start), "stop": str(start + timedelta(hours=9))}
        moved = None
        while not moved:
            moved = self._move(task, sides, self.persist(lambda: self._look(task)))
        self.day.note("plan", id=task["item"], start=moved)

    def _move(self, task, sides, shown):
        """Where the item begins now; None: what his screen shows is behind, and he loads it anew."""
        item = str(task["item"])
        change = {item: {**sides, "was": shown}}

        def is_elsewhere():
            return self._look(task) != shown

        try:
            self.persist(lambda: self._call("preview", "schedule_preview", change))
            moved = self.persist(lambda: self._call("move", "schedule_move", change), is_elsewhere)
        except Refused:  # the replica had not seen his last move when he looked
            if not self._appears(is_elsewhere):
                raise
            self.day.figures.add_behind(self.kind)
            return None
        return moved["changes"][item]["start"] if moved else self.persist(lambda: self._look(task))["start"]

    def _call(self, step, method, *arguments):
        return self.client.call(step, "project.task", method, *arguments, context={
            "schedule_view_id": self.day.plan["schedule"], "allowed_company_ids": [self.day.plan["company"]]})

    def _look(self, task):
        rows = self._call("timeline", "schedule_read", [("project_id", "=", task["plan"])], {
            "roles": {"date_start": "planned_start", "date_stop": "planned_finish"}, "fields": {"name": {}}})["records"]
        row, = (row for row in rows if row["id"] == task["item"])
        return {"start": row["planned_start"], "stop": row["planned_finish"]}


class Reader(Person):
    """Looks at boards: their views once, then what they show."""

    def begin(self):
        super().begin()
        self.views = {}

    def act(self, task):
        getattr(self, f"_read_{task['board']}", self._read_list)(task["board"])
        self.day.note("board", name=task["board"])

    def _read_managers(self, name):
        board = self.persist(lambda: self.client.call(name, "order.indicator", "get_board"))
        for section in board["sections"]:
            ids = [card["id"] for card in section["cards"]]
            self.persist(lambda ids=ids: self.client.call(f"{name}, cards", "order.indicator", "get_cards", ids))

    def _read_timeline(self, name):
        self.persist(lambda: self.client.call(name, "project.task", "schedule_read", [("is_plan_item", "=", True)], {
            "roles": {"date_start": "planned_start", "date_stop": "planned_finish"}, "fields": {"name": {}},
            "overview": True}, limit=500, context={"schedule_view_id": self.day.plan["schedule"]}))

    def _read_list(self, name):
        board = self.day.plan["boards"][name]
        if name not in self.views:
            self.views[name] = self.persist(lambda: self.client.call(f"{name}, views", board["model"], "get_views", [
                (False, board["views"][0])], {"action_id": board["action"]}))
        shown = self.views[name]
        arch = shown["views"][board["views"][0]]["arch"]
        known = shown["models"][board["model"]]["fields"]
        names = dict.fromkeys(one for one in re.findall(r'<field[^>]*? name="(\w+)"', arch) if one in known)
        wanted = {one: {"fields": {"display_name": {}}} if known[one]["type"] == "many2one" else {} for one in names}
        self.persist(lambda: self.client.call(
            name, board["model"], "web_search_read", domain=[], limit=80, specification=wanted))


class Visitor(Person):
    """Comes by a link, without login."""

    def begin(self):
        """He has nothing to do before."""

    def show(self, step, path):
        status, page = self.client.open(step, path)
        if status != 200:
            raise Refused(f"{path}: {status}")
        return page

    def send(self, step, path, page, **form):
        status, page = self.client.open(step, path, {"csrf_token": read_token(page), "lang": "zh_CN", **form})
        if status != 200:
            raise Refused(f"{path}: {status} {re.sub('<[^>]+>| +', ' ', page)[:300]}")
        return page


class Supplier(Visitor):
    def act(self, task):
        path, tracking = task["path"], f"SF{task['order']:08}"
        self.persist(lambda: self.send("confirm", f"{path}/confirm", self.show("page", path)))
        self.day.note("confirm", id=task["order"])
        self.persist(lambda: self.send("ship", f"{path}/ship", self.show("page", path), shipped="yes", carrier="SF",
                                       contact="Li", tracking=tracking))
        self.day.note("ship", id=task["order"], tracking=tracking)


class Site(Visitor):
    def act(self, task):
        path, signer = task["path"], f"Site-{task['crate']}-x"
        self.persist(
            lambda: self.send("sign", path, self.show("page", path), signer=signer, signature=SIGNATURE),
            lambda: 'name="signer"' not in self.show("look", path))
        self.day.note("crate", id=task["crate"], signer=signer)


PEOPLE = {"opinion": Reviewer, "scan": Keeper, "inspection": Inspector, "plan": Planner, "board": Reader,
          "supplier": Supplier, "crate": Site}
