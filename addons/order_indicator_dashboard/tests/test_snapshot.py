from odoo.tests import BaseCase

from ..tools.snapshot import HEIGHT, PERIOD, Block, build

CLOCKS = Block("Kept", "sla.clock", [("state", "=", "met"), ("policy_id.active", "=", True)], ["deadline_at:month"],
               [("__count", "Number"), ("consumed_seconds:avg", "Time")], columns=("state",), date="deadline_at")


class TestSnapshot(BaseCase):
    def test_table_and_chart_of_a_block(self):
        """RPT-2: a block is a title, a table and a chart of the same records in the same period."""
        made = build("Board", [CLOCKS], [{"deadline_at": "datetime"}], "Period")
        [sheet] = made["sheets"]
        self.assertEqual(sheet["cells"], {"A1": "Kept", "A2": "=PIVOT(1,12)"})
        pivot, chart = made["pivots"]["1"], sheet["figures"][0]["data"]
        self.assertEqual(pivot["rows"], [{"fieldName": "deadline_at", "granularity": "month", "order": "asc"}])
        self.assertEqual(pivot["measures"][1], {
            "id": "consumed_seconds:avg", "fieldName": "consumed_seconds", "userDefinedName": "Time",
            "aggregator": "avg"})
        self.assertEqual(pivot["domain"], chart["searchParams"]["domain"])
        for shown in (pivot, chart):
            self.assertEqual(shown["fieldMatching"][PERIOD]["chain"], "deadline_at")

    def test_block_with_a_word_in_place_of_its_figures(self):
        """RPT-2: what the reader may not read has neither table nor chart; the next block keeps its place."""
        blocks = [CLOCKS._replace(note="Not for you"), CLOCKS._replace(date=None)]
        made = build("Board", blocks, [{}, {None: None}], "Period")
        [sheet] = made["sheets"]
        self.assertEqual(sheet["cells"]["A2"], "Not for you")
        self.assertEqual(sheet["cells"][f"A{HEIGHT + 2}"], "=PIVOT(2,12)")
        self.assertEqual((list(made["pivots"]), len(sheet["figures"])), (["2"], 1))
        self.assertEqual(made["pivots"]["2"]["fieldMatching"], {PERIOD: {}})

    def test_fields_of_a_block(self):
        """RPT-2: what a block reads, whose rights and existence are looked at."""
        self.assertEqual(CLOCKS.get_fields(), {"state", "policy_id", "deadline_at", "consumed_seconds"})
