def migrate(cr, version):
    """The seal of attachments is one, in document_control: what was sealed stays sealed."""
    cr.execute("UPDATE ir_attachment SET document_sealed = TRUE WHERE order_review_sealed")
