def migrate(cr, version):
    """A line that was merely short said "refused" beside 0, for want of another word: what came was accepted.

    What somebody refused of such a line by hand stays refused.
    """
    cr.execute("""
        UPDATE quality_delivery_note_line
           SET decision = 'accepted'
         WHERE decision = 'refused' AND COALESCE(quantity_refused, 0) = 0 AND COALESCE(quantity_damaged, 0) = 0
           AND quantity_counted <= quantity_note
    """)
