def post_init_hook(env):
    """Companies that have received purchases without a delivery note so far go on doing so until they choose (REC-1).

    A rule that begins in the middle of the day would refuse the receipts that stand at the gate. A company without
    receipts, now or later, begins with the rule on.
    """
    received = env["stock.picking"]._read_group(
        [("picking_type_id.code", "=", "incoming"), ("move_ids.purchase_line_id", "!=", False)], ["company_id"])
    for [company] in received:
        company.delivery_note_required = False
