import json

from odoo.tests import HttpCase, tagged

from odoo.addons.order_indicator.tests.common import READER, IndicatorCommon

#: Groups of whoever may read all that stands on the dashboards.
ALL = (
    "base.group_system", "sales_team.group_sale_manager", "order_review.group_order_review_override",
    "order_delivery.group_delivery_manager", "account.group_account_manager", "aftersales.group_service_manager",
    "order_sla.group_order_sla_manager", "quality_inspection.group_quality_manager", "purchase.group_purchase_manager",
    "stock.group_stock_manager", "mrp.group_mrp_manager", "material_shortage.group_shortage_user")
#: Waits until the dashboard has all of its figures; its words, or what is wrong with it.
LOOK = """(async () => {
    const say = (cell) => cell.type === "error" ? `${cell.value} ${cell.message || ""}` : String(cell.value ?? "");
    const isLoading = (cell) => /Loading/i.test(`${cell.value} ${cell.message || ""}`);
    for (let turn = 0; turn < 300; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        const loader = odoo.__WOWL_DEBUG__?.root.env.services.spreadsheet_dashboard_loader;
        const dashboard = loader?.getActiveDashboard();
        if (dashboard?.status === "Error") {
            return console.error(`not loaded: ${dashboard.error}`);
        }
        if (dashboard?.status !== "Loaded") continue;
        const { getters } = dashboard.model;
        dashboard.model.dispatch("EVALUATE_CELLS");
        const cells = getters.getSheetIds().flatMap((id) => Object.values(getters.getEvaluatedCells(id)));
        if (cells.some(isLoading)) continue;
        const wrong = cells.filter((cell) => cell.type === "error").map(say);
        if (wrong.length) {
            return console.error(`cells with errors: ${wrong.join("; ")}`);
        }
        const words = cells.map(say);
        const lacking = %(words)s.filter((word) => !words.some((one) => one.includes(word)));
        if (lacking.length) {
            return console.error(`not said: ${lacking.join(", ")}; said: ${words.join(" | ")}`);
        }
        return console.log("test successful");
    }
    console.error("never loaded");
})()"""


@tagged("post_install", "-at_install")
class TestDashboards(IndicatorCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boards = cls.env["spreadsheet.dashboard"].search([("indicator_board", "!=", False)])
        groups = ",".join(group for group in ALL if cls.env.ref(group, raise_if_not_found=False))
        cls.boss = cls._new_user("board_boss", f"{READER},{groups}")
        cls.outsider = cls._new_user("board_outsider", READER)
        cls.env.ref("base.lang_zh_CN").active = True
        cls.env["sla.clock"].create([{
            "policy_id": cls.policy.id, "res_model": "res.partner", "res_id": cls.company.partner_id.id,
            "res_name": "Works", "company_id": cls.company.id, "state": state, "is_open": False,
            "started_at": cls.env.cr.now(), "deadline_at": cls.env.cr.now(), "stopped_at": cls.env.cr.now(),
            "consumed_seconds": 3600} for state in ("met", "met", "breached")])

    def made(self, board, user):
        """The spreadsheet of a board as a person gets it."""
        return json.loads(board.with_user(user).with_context(
            allowed_company_ids=self.company.ids)._get_serialized_readonly_dashboard())["snapshot"]

    def test_each_opens_without_an_error_cell(self):
        """RPT-2: both dashboards open in the browser, in Chinese for who works in it, with all their figures and no
        cell that is an error; a click on a figure of a table is core's, which opens its records."""
        self.boss.lang = "zh_CN"
        for board in self.boards:
            titles = [block.title for block in board.with_user(self.boss).with_context(lang="zh_CN")._get_blocks()
                      if board._is_installed(block)]
            self.assertTrue(titles)
            action = self.env.ref(f"order_indicator_dashboard.dashboard_{board.indicator_board}_action")
            self.browser_js(f"/odoo/action-{action.id}?debug=1", LOOK % {"words": json.dumps(titles)},
                            "odoo.isReady", login=self.boss.login, timeout=90)

    def test_manager_without_rights_reads_who_may(self):
        """RPT-2: who may not read a model has a word who may in its place, and no table that would be an error."""
        board = self.boards.filtered(lambda board: board.indicator_board == "order")
        snapshot = self.made(board, self.outsider)
        notes = [text for cell, text in snapshot["sheets"][0]["cells"].items() if text.startswith("Not for you")]
        self.assertTrue(notes)
        for pivot in snapshot["pivots"].values():
            self.assertTrue(self.env[pivot["model"]].with_user(self.outsider).has_access("read"), pivot["model"])
        action = self.env.ref("order_indicator_dashboard.dashboard_order_action")
        self.browser_js(f"/odoo/action-{action.id}?debug=1", LOOK % {"words": json.dumps(["Not for you"])},
                        "odoo.isReady", login=self.outsider.login, timeout=90)

    def test_every_field_is_there(self):
        """RPT-2: each block of an installed addon names fields of its model, of kinds that a table can show."""
        for board in self.boards:
            for block in board._get_blocks():
                model = self.env.get(block.model)
                if model is None:
                    continue
                self.assertLessEqual(block.get_fields(), model._fields.keys(), block.title)
                groups = [path.partition(":")[0] for path in (*block.rows, *block.columns)]
                measures = [name for name, _label in block.measures]
                model.formatted_read_group(block.domain, list((*block.rows, *block.columns)), [
                    name if ":" in name or name == "__count" else f"{name}:sum" for name in measures])
                self.assertTrue(groups)

    def test_saved_spreadsheets_are_left_alone(self):
        """RPT-2: a dashboard that people have made is given as it was saved."""
        other = self.env["spreadsheet.dashboard"].create({
            "name": "Mine", "dashboard_group_id": self.boards[:1].dashboard_group_id.id,
            "spreadsheet_data": json.dumps({"sheets": [{"id": "s", "cells": {"A1": "7"}}]})})
        self.assertEqual(self.made(other, self.boss)["sheets"][0]["cells"], {"A1": "7"})

    def test_board_does_not_wait_for_the_spreadsheet(self):
        """RPT-2: the managers' board shows its figures without loading anything of the spreadsheet."""
        action = self.env["ir.actions.client"].search([("tag", "=", "order_indicator.board")], limit=1)
        self.browser_js(f"/odoo/action-{action.id}", """(async () => {
            for (let turn = 0; turn < 100 && !document.querySelector(".o_order_card_value"); turn++) {
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
            const late = loaded.filter((name) => /spreadsheet/.test(name));
            const isGood = document.querySelector(".o_order_card_value") && !late.length;
            console[isGood ? "log" : "error"](isGood ? "test successful" : `no card, or ${late}`);
        })()""", "odoo.isReady", login=self.boss.login)
