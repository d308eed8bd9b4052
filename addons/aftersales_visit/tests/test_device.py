import base64
import uuid

from odoo.tests import tagged

from .common import SIGNATURE, VisitCommon, picture


@tagged("-at_install", "post_install")
class TestDevice(VisitCommon):
    """What the technician's page sends, through the outbox."""

    def _send(self, *entries, user=None):
        """Send entries ``(method, said)``; their answers."""
        rows = [{"uuid": str(uuid.uuid4()), "number": number, "model": "service.visit", "method": f"outbox_{method}",
                 "subject": f"service.visit,{said.get('id')}", "said": said, "entered": 0}
                for number, (method, said) in enumerate(entries)]
        taken = self.env["web.outbox.entry"].with_user(user or self.engineer)._take(rows, 0)
        return [taken[row["uuid"]] for row in rows]

    def _day(self, visit):
        """The entries of a whole visit."""
        interlock, insulation = visit.check_ids.ids
        here = {"id": visit.id}
        return [
            ("arrive", here), ("check", {**here, "check": interlock, "yes_no": "yes"}),
            ("check", {**here, "check": insulation, "answer": "1500"}),
            ("photo", {**here, "check": insulation, "name": "meter.png", "photo": picture()}),
            ("part", {**here, "product": self.coil.id, "lot": False, "quantity": 1}),
            ("hours", {**here, "work": 2.5, "travel": 1, "cost": 80}),
            ("complete", {**here, "work_done": "Coil replaced", "signer": "Wang", "signature": SIGNATURE})]

    def test_a_whole_visit(self):
        """AFT-3: arrived, checked, photographed, parts, hours, signed, in one batch; then it stands."""
        visit = self._planned()
        answers = self._send(*self._day(visit))
        self.assertEqual([answer["state"] for answer in answers], ["done"] * 7, answers)
        self.assertRecordValues(visit, [{"state": "done", "signer": "Wang", "work_hours": 2.5, "travel_cost": 80}])
        self.assertEqual(visit.sudo().part_ids.move_id.state, "done")
        self.assertEqual(len(visit.check_ids[1].photo_ids), 1)

    def test_closed_without_signature(self):
        """AFT-3: the customer refuses to sign on the phone: his reason is kept; without one, or with one that the
        form does not know, it is refused."""
        visit = self._planned()
        *entries, (_method, said) = self._day(visit)
        self._send(*entries)
        said = {**said, "signature": ""}
        for bad, word in (({"unsigned_why": "refused"}, "write what happened"),
                          ({"unsigned_why": "rain", "unsigned_note": "It rains"}, "say why")):
            answer, = self._send(("complete", {**said, **bad}))
            self.assertEqual(answer["state"], "refused")
            self.assertIn(word, answer["message"])
        answer, = self._send(("complete", {
            **said, "unsigned_why": "refused", "unsigned_note": "He wants another relay"}))
        self.assertEqual(answer["state"], "done")
        self.assertRecordValues(visit, [{"signer": False, "unsigned_note": "He wants another relay"}])

    def test_history_is_of_his_companies(self):
        """ARC-5: of a serial number that companies share, each tells what it has done itself."""
        self._signed()
        self.lot.sudo().company_id = False
        sister = self.env["res.company"].create({"name": "Sister Works"})
        for company, rows in ((self.company, 1), (sister, 0)):
            lots = self.lot.with_context(allowed_company_ids=company.ids)
            self.assertEqual(len(lots._get_service_history(5)[lots]["history"]), rows)

    def test_history_says_the_day_of_the_plant(self):
        """AFT-3: what was signed at seven in the morning in China was signed on that day, not on the one before."""
        visit = self._signed()
        visit.sudo().company_id.resource_calendar_id.tz = "Asia/Shanghai"
        self.env.cr.execute("UPDATE service_visit SET done_on = '2026-11-30 23:00:00' WHERE id = %s", [visit.id])
        visit.invalidate_recordset()
        [row] = self.lot._get_service_history(5)[self.lot]["history"]
        self.assertEqual(row["day"], "2026-12-01")

    def test_visit_cancelled_or_taken_over_meanwhile(self):
        """AFT-3: what was entered for a visit that was cancelled, taken over or signed meanwhile is refused with what
        to do; only the first entry is asked about, the others wait."""
        visit = self._planned()
        visit.with_user(self.head).cancel_reason = "The customer called it off"
        visit.with_user(self.head).action_cancel()
        first, *others = self._send(*self._day(visit))
        self.assertIn("The customer called it off", first["message"])
        self.assertEqual({answer["state"] for answer in others}, {"held"})
        mine = self._planned()
        mine.with_user(self.head).technician_id = self.colleague
        answer = self._send(("arrive", {"id": mine.id}))[0]
        self.assertIn(f"taken over by {self.colleague.name}", answer["message"])
        signed = self._signed(technician_ids=self.colleague.ids)
        answer = self._send(("hours", {"id": signed.id, "work": 3}), user=self.colleague)[0]
        self.assertIn(f"reported by {self.engineer.name}", answer["message"])

    def test_two_technicians_on_one_visit(self):
        """AFT-3: both arrive, both enter their hours, one has it signed: nothing is double."""
        visit = self._planned(technician_ids=self.colleague.ids)
        answers = self._send(("arrive", {"id": visit.id}), ("hours", {"id": visit.id, "work": 1}), user=self.colleague)
        self.assertEqual([answer["state"] for answer in answers], ["done", "done"])
        arrived = visit.arrived_on
        self.assertEqual(self._send(*self._day(visit))[-1]["state"], "done")
        self.assertEqual((visit.arrived_on, visit.work_hours, len(visit.hours_ids)), (arrived, 3.5, 2))

    def test_bad_entries(self):
        """AFT-3: an empty signature, a photo of 30 MB or that is none, parts that he does not have, no quantity, a
        point of another visit, an id that is none: each refused in words, nothing is kept of it."""
        visit, other = self._on_site(), self._visit()
        here, check = {"id": visit.id}, visit.check_ids[0].id
        self._fill(visit)
        huge = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(30 * 2 ** 20)).decode()
        for method, said, word in (
                ("complete", {**here, "work_done": "All done", "signer": "Wang", "signature": ""}, "not signed"),
                ("complete", {**here, "work_done": "All done", "signer": "Wang", "signature": picture(False)},
                 "not signed"),
                ("photo", {**here, "check": check, "name": "p.png", "photo": huge}, "30.0 MB"),
                ("photo", {**here, "check": check, "name": "p.png", "photo": "%%%"}, "empty"),
                ("photo", {**here, "check": check, "name": "p.exe", "photo": "TVqQAAMAAAAEAAAA"}, "picture"),
                ("part", {**here, "product": self.coil.id, "quantity": 9}, "does not have 9"),
                ("part", {**here, "product": self.coil.id, "quantity": 0}, "has a quantity"),
                ("part", {**here, "product": self.coil.id, "quantity": "three"}, "no quantity"),
                ("check", {**here, "check": other.check_ids[0].id, "yes_no": "yes"}, "another checklist"),
                ("check", {**here, "check": visit.check_ids[1].id, "answer": "much"}, "no number"),
                ("hours", {**here, "work": -2}, "zero or more"),
                ("arrive", {"id": "1 or 1=1"}, "taken over")):
            answer, = self._send((method, said))
            self.assertEqual(answer["state"], "refused", (method, word))
            self.assertRegex(answer["message"], word)
        self.assertEqual(visit.state, "under_way")
        self.assertFalse(visit.part_ids)
        self.assertFalse(visit.check_ids.photo_ids)

    def test_part_is_corrected(self):
        """AFT-3: the same part entered again replaces its quantity, and can be taken back."""
        visit = self._on_site()
        part = {"id": visit.id, "product": self.coil.id, "lot": False}
        self._send(("part", {**part, "quantity": 1}), ("part", {**part, "quantity": 2}))
        self.assertEqual(visit.part_ids.mapped("quantity"), [2])
        self._send(("part", part))
        self.assertFalse(visit.part_ids)

    def test_page_shows_his_day(self):
        """AFT-3: his visits with history and warranty of the cabinets, and what he carries with him; nobody else's."""
        self._signed()
        visit = self._planned(instruction="Replace the coil")
        self._planned(technician_id=self.colleague.id)
        page = self.env["service.visit"].with_user(self.engineer)._get_page()
        mine = [row for row in page["visits"] if row["state"] == "planned"]
        self.assertEqual([row["id"] for row in mine], visit.ids)
        self.assertEqual(mine[0]["lots"][0]["name"], "KYN28-0001")
        self.assertEqual(mine[0]["lots"][0]["history"][0]["text"], "The coil was replaced.")
        self.assertEqual({(row["name"], row["quantity"]) for row in page["stock"]}, {("Coil", 3), ("Relay", 1)})
        self.assertFalse(self.env["service.visit"].with_user(self.colleague)._get_page()["stock"])
