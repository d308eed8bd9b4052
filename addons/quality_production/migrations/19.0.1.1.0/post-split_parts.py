"""Parts that were split off a final inspection had lost their order and card, and with it the gate of FQC-5."""


def migrate(cr, version):
    """Hand the links down, from parts to their own parts and re-inspections, until nothing is left to hand down."""
    while True:
        cr.execute(
            """UPDATE quality_inspection part
                  SET production_id = origin.production_id, process_card_id = origin.process_card_id,
                      process_line_id = origin.process_line_id
                 FROM quality_inspection origin
                WHERE origin.id = COALESCE(part.split_from_id, part.parent_id)
                  AND part.production_id IS NULL AND origin.production_id IS NOT NULL""")
        if not cr.rowcount:
            return
