"""Numbers of documents: one pattern in the suite, two letters, the year, a hyphen and five digits (PC2026-00007)."""


def renew_sequences(cr, module):
    """Bring the sequences of an addon to the suite's pattern, for its migration; what somebody changed stays.

    :param module: addon whose data made the sequences
    """
    cr.execute("""
        UPDATE ir_sequence
           SET prefix = CASE WHEN prefix LIKE '__/%%(year)s/' THEN replace(prefix, '/%%(year)s/', '%%(year)s-')
                             ELSE prefix END,
               padding = CASE WHEN padding = 4 THEN 5 ELSE padding END
          FROM ir_model_data data
         WHERE data.model = 'ir.sequence' AND data.module = %s AND data.res_id = ir_sequence.id
           AND (prefix LIKE '__/%%(year)s/' OR (prefix LIKE '%%(year)s-' AND padding = 4))
    """, [module])
