def migrate(cr, version):
    """One pattern of numbers in the suite, PC2026-00007; given numbers and changed sequences stay."""
    cr.execute("""
        UPDATE ir_sequence
           SET prefix = replace(prefix, '/%(year)s/', '%(year)s-')
          FROM ir_model_data data
         WHERE data.model = 'ir.sequence' AND data.module = 'quality_production' AND data.res_id = ir_sequence.id
           AND prefix LIKE '__/%(year)s/'
    """)
