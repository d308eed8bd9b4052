def migrate(cr, version):
    """One pattern of numbers in the suite, year and five digits; sequences that somebody changed stay."""
    cr.execute("""
        UPDATE ir_sequence
           SET padding = 5
          FROM ir_model_data data
         WHERE data.model = 'ir.sequence' AND data.module = 'quality_inspection' AND data.res_id = ir_sequence.id
           AND prefix LIKE '%(year)s-' AND padding = 4
    """)
