def post_init_hook(env):
    """Give every warehouse that exists its inspection area, whatever the number of its receipt steps (REC-1), and its
    operation types their names."""
    warehouses = env["stock.warehouse"].search([])
    warehouses._keep_quality_location()
    warehouses._name_quality_location()
    warehouses._name_operation_types()


def uninstall_hook(env):
    """Leave Odoo's stock as it was: empty inspection areas that Odoo does not use are archived again.

    Goods that stand in one stay there, in a plain location, and can be moved as any others.
    """
    warehouses = env["stock.warehouse"].with_context(active_test=False).search(
        [("reception_steps", "!=", "three_steps")])
    used = env["stock.quant"].search([("location_id", "child_of", warehouses.wh_qc_stock_loc_id.ids)]).location_id
    waiting = env["stock.move"].search([
        ("location_dest_id", "child_of", warehouses.wh_qc_stock_loc_id.ids),
        ("state", "not in", ("done", "cancel", "draft"))]).location_dest_id
    for location in warehouses.wh_qc_stock_loc_id:
        if not any(other._child_of(location) for other in used | waiting):
            location.active = False
