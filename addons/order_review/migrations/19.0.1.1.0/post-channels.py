def migrate(cr, version):
    """The channels that orders come by are marked; they are not updated by their data file."""
    cr.execute("""
        UPDATE utm_medium
           SET is_intake_channel = TRUE
          FROM ir_model_data data
         WHERE data.model = 'utm.medium' AND data.module = 'order_review' AND data.res_id = utm_medium.id
    """)
