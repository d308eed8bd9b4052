import time
from math import inf

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from ..kernel.pegging import NEVER
from ..tools import gather, store
from ..tools.gather import Wanted
from ..tools.network import INCOMING, STOCK, Network


class MaterialPegging(models.AbstractModel):
    """The engine: what covers each demand, and when (MAT-12).

    It runs by cron and by button, never in the transaction of whoever changes something: that only notes the products.
    """

    _name = "material.pegging"
    _description = "Pegging Engine"

    @api.model
    def _get_as_of(self, company=None):
        """When the pegs were last brought up to date, False: never. All companies are computed together."""
        # sudo: the time of the last run is no secret, and people without rights on runs see it with their pegs
        return self.env["material.pegging.run"].sudo().search_fetch([], ["computed_on"], limit=1).computed_on

    @api.model
    def _get_usable_quant_sql(self):
        """Condition on ``q`` (stock_quant) and ``l`` (its location): stock that may be given to a demand.

        Glue narrows it, for what quality holds.
        """
        return SQL("TRUE")

    @api.model
    def _get_supply_dates_sql(self):
        """When an open move is expected: ``m``, its purchase line ``pl``, the order that makes it ``mo``; all but m may
        be null. A supplier's later date does not move the receipt, and a moved receipt not the line: the later counts.
        """
        return SQL("m.date, pl.date_planned, mo.date_finished")

    @api.model
    def _get_unconfirmed_order_sql(self):
        """Condition on ``po`` (purchase_order): this request for quotation counts as a supply that is not confirmed.

        Glue narrows it, for several offers of which one will be chosen.
        """
        return SQL("TRUE")

    @api.model
    def _refresh(self, products=None):
        """Compute pegs and kits anew, in a constant number of queries.

        :param products: those that something happened to; what is made of them follows. None: everything
        :return: False where another run is under way
        """
        begin = time.perf_counter()
        if not self._lock_run():
            return False
        self.env.flush_all()
        now = fields.Datetime.now()
        ids = None if products is None else gather.upwards(self.env, products.ids)
        with disabling_gc():  # a hundred thousand tuples at once, none of them in a circle
            rows = self._compute_rows(ids, now)
            changed = store.store_rows(self.env, rows, ids)
        store.store_kits(self.env, changed, now)
        self.env.execute_query(SQL(
            "INSERT INTO material_pegging_run (computed_on, is_full, product_count, peg_count, seconds) "
            "VALUES (%s, %s, %s, %s, %s) RETURNING id",
            now, ids is None, len(ids or ()), len(rows), time.perf_counter() - begin))
        for name in ("material.peg", "material.peg.row", "material.kit", "material.pegging.run", "mrp.production"):
            self.env[name].invalidate_model(flush=False)
        return True

    @api.model
    def _get_free(self, products, warehouse):
        """What no demand claims of these products in a warehouse, as things are now: our own, at hand or confirmed.

        Whoever asks is a demand that comes last in every queue and never has enough. Stores nothing; a constant
        number of queries.

        :return: list of (product id, moment in seconds or ``HERE``, quantity, id of the move that brings it or 0)
        """
        self.env.flush_all()
        last = [Wanted((product.id, "free"), product.id, warehouse.id, 0, inf, 0.0, 0) for product in products]
        with disabling_gc():
            rows = self._compute_rows(products.ids, fields.Datetime.now(), last)
        return [(name[0], date, quantity, source) for name, kind, source, quantity, date in rows
                if isinstance(name, tuple) and kind in (STOCK, INCOMING) and date < NEVER]

    @api.model
    def _compute_rows(self, product_ids, now, last=()):
        coming = gather.coming(self.env, product_ids, now, self._get_supply_dates_sql())
        network = Network(
            [*gather.wanted(self.env, product_ids), *last],
            coming,
            gather.others(
                self.env, product_ids, self._get_usable_quant_sql(), self._get_unconfirmed_order_sql(), now),
            gather.links(self.env, product_ids),
            gather.elsewhere(self.env, product_ids, coming))
        return network.match()

    @api.model
    def _lock_run(self):
        """One run at a time, until the transaction ends; False: another one has it.

        Compiling the statements would take ten times as long as running them, so PostgreSQL is told not to.
        """
        [[locked, _jit]] = self.env.execute_query(SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('material.pegging')), set_config('jit', 'off', TRUE)"))
        return locked

    @api.model
    def _request_refresh(self, products):
        """Have these products computed anew soon: they are noted once, when the transaction ends."""
        self._touch("product_product", products.ids)

    @api.model
    def _touch(self, rows, ids):
        """Note what changed; no query now.

        :param rows: table whose ``product_id`` is to be computed anew; with a column (``stock_move:picking_id``): the
            rows that name the ids there
        """
        if not ids:
            return
        data = self.env.cr.precommit.data
        if "material_pegging.touched" not in data:
            data["material_pegging.touched"] = {}
            # sudo: whoever moves goods has them computed anew
            self.env.cr.precommit.add(self.sudo()._note_touched)
        data["material_pegging.touched"].setdefault(rows, set()).update(ids)

    @api.model
    def _note_touched(self):
        """One statement: the products, and the wish to have the cron run."""
        selects = [self._select_products(*rows.partition(":")[::2], sorted(ids))
                   for rows, ids in self.env.cr.precommit.data.pop("material_pegging.touched", {}).items()]
        if not selects:
            return
        self.env.cr.execute(SQL(
            """
            WITH noted AS (
                INSERT INTO material_pegging_request (product_id)
                SELECT id FROM (%s) AS touched (id) WHERE id IS NOT NULL RETURNING 1)
            INSERT INTO ir_cron_trigger (cron_id, call_at)
            SELECT id, %s FROM ir_cron WHERE id = %s AND EXISTS (SELECT FROM noted)
            """, SQL(" UNION ").join(selects), fields.Datetime.now(),
            self.env["ir.model.data"]._xmlid_to_res_id("material_pegging.ir_cron_material_pegging_requested") or 0))
        self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    @api.model
    def _select_products(self, table, column, ids):
        product = "id" if table == "product_product" else "product_id"
        return SQL("SELECT %s FROM %s WHERE %s = ANY(%s)", SQL.identifier(product), SQL.identifier(table),
                   SQL.identifier(column or "id"), ids)

    @api.model
    def action_refresh(self):
        """Compute everything now, and see it.

        :raise UserError: another run is under way
        """
        self.env["material.kit"].check_access("read")
        # sudo: the engine reads the stock of all companies, whoever asks; what one sees of it is one's own companies'
        if not self.sudo()._refresh():
            raise UserError(self.env._("What covers what is being computed right now. Look again in a minute."))
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _on_refreshed(self, product_ids):
        """Called by the cron after products were computed anew; for addons that follow shortages.

        :param product_ids: list of ids, with those that are made of what was noted; None: all
        """

    @api.model
    def _cron_refresh(self):
        """Everything, whatever was noted until now with it."""
        if not self._refresh():
            return
        self._take_requests()
        self._on_refreshed(None)
        self.env["ir.cron"]._commit_progress(1, remaining=0)

    @api.model
    def _cron_refresh_requested(self):
        """Products that something happened to since the last run."""
        if not self._lock_run():
            cron = self.env.ref("material_pegging.ir_cron_material_pegging_requested")
            cron._trigger(fields.Datetime.add(fields.Datetime.now(), minutes=1))
            return
        ids = self._take_requests()
        if not ids:
            return
        products = self.env["product.product"].browse(ids).exists()
        self._refresh(products)
        self._on_refreshed(gather.upwards(self.env, products.ids))
        self.env["ir.cron"]._commit_progress(len(ids), remaining=0)

    @api.model
    def _take_requests(self):
        return sorted({id_ for id_, in self.env.execute_query(SQL(
            "DELETE FROM material_pegging_request RETURNING product_id"))})
