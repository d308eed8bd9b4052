from unittest.mock import patch

from lxml import etree

from odoo.tests import Form, tagged

from .common import ShortageCommon


@tagged("-at_install", "post_install")
class TestKitBoard(ShortageCommon):
    def _board(self, user=None, **context):
        """The page of the board as the client reads it."""
        kits = self.env["material.kit"].with_user(user or self.planner).with_context(**context)
        action = self.env.ref("material_shortage.material_kit_board_action")
        view = kits.get_view(self.env.ref("material_shortage.material_kit_view_list_board").id)
        self.assertEqual(action.res_model, "material.kit")
        nodes = {node.get("name"): node for node in etree.fromstring(view["arch"]).iter("field")}
        shown = {name for name, node in nodes.items() if kits._fields[name].type == "many2one"
                 and not node.get("column_invisible")}
        return kits, {name: {"fields": {"display_name": {}}} if name in shown else {} for name in nodes}

    def test_red_amber_green(self):
        """MAT-3: orders by their start: complete, too late, missing; one click to what is missing."""
        self.put(self.breaker, 1)
        green = self.make_order([(self.breaker, 1)], days=1)
        late = self.make_product("Late")
        amber = self.make_order([(late, 1)], days=2)
        self.buy(late, 1, days=9)
        red = self.make_order([(self.busbar, 1), (late, 0)], days=3)
        self.settle()
        kits = self.env["material.kit"].search([("production_id", "in", (green | amber | red).ids)])
        self.assertEqual([(kit.production_id, kit.light, kit.shortage_count) for kit in kits], [
            (green, "green", 0), (amber, "amber", 1), (red, "red", 1)])
        self.assertEqual(kits.filtered_domain([]).search([("light", "=", "red"), ("id", "in", kits.ids)]), kits[2])
        action = kits[2].action_view_missing()
        self.assertEqual(self.env["material.shortage"].search(action["domain"]), self.lines(red))
        self.assertEqual(kits[0].action_view_missing()["res_model"], "material.peg")

    def test_filters(self):
        """MAT-3: mine, this week, late, by project or sale order."""
        mine = self.make_order([(self.breaker, 1)], days=0, origin="S00815 Substation")
        other = self.make_order([(self.breaker, 1)], days=40, user_id=self.other_planner.id)
        self.settle()
        kits, _spec = self._board()
        arch = self.env.ref("material_shortage.material_kit_view_search_board").arch
        view = kits.get_views([(self.env.ref("material_shortage.material_kit_view_search_board").id, "search")])
        self.assertTrue(view and "this_week" in arch)
        found = kits.search([("production_id.user_id", "=", self.planner.id)]).production_id
        self.assertTrue(mine in found and other not in found)
        week = kits.search([("date_start", ">=", "=week_start"), ("date_start", "<", "=week_start +7d")]).production_id
        self.assertTrue(mine in week and other not in week)
        self.assertEqual(kits.search([("production_id.origin", "ilike", "Substation")]).production_id, mine)

    def test_page_of_80_in_8_queries(self):
        """MAT-3: a page of 80 orders costs at most 8 queries."""
        parts = [self.make_product(f"Part {number}") for number in range(12)]
        self.make_orders([
            ([(parts[number % 12], 1), (parts[(number + 5) % 12], 2)], number % 20 + 1) for number in range(80)])
        self.settle()
        kits, spec = self._board()
        self.env.invalidate_all()
        kits.web_search_read([], spec, limit=80)  # rights and rules are cached
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = kits.web_search_read([], spec, limit=80, count_limit=10001)
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(page["records"]), 80)
        self.assertLessEqual(queries, 8)

    def test_long_page_is_read_at_once(self):
        """MAT-3: ten thousand orders on one page cost no more queries than eighty: none per portion that the ORM
        reads."""
        for number in range(24):
            self.make_order([(self.breaker, 1), (self.busbar, 2)], days=number % 20 + 1)
        self.settle()
        kits, spec = self._board()
        kits.web_search_read([], spec, limit=2)  # rights and rules are cached

        def count(portion):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with patch("odoo.orm.fields.PREFETCH_MAX", portion), patch("odoo.orm.models.PREFETCH_MAX", portion):
                kits.web_search_read([], spec)
            return self.env.cr.sql_log_count - before

        count(1000)
        self.assertEqual(count(10), count(1000))

    def test_board_of_a_buyer(self):
        """MAT-3: who buys, who works and who stores sees the board; the order's form leads to what is missing."""
        order = self.make_order([(self.busbar, 1)])
        self.settle()
        for user in (self.buyer, self.fitter, self.storekeeper):
            with self.subTest(user=user.login):
                kits, spec = self._board(user)
                self.assertTrue(kits.web_search_read([("production_id", "=", order.id)], spec)["records"])
        with Form(order) as form:
            self.assertEqual(form.shortage_count, 1)
        self.assertEqual(order.action_view_shortages()["domain"], [("production_id", "in", order.ids)])
