def migrate(cr, version):
    """Conditions of the former revision, dates, and acknowledgements that nobody could give any more."""
    _set_audience(cr)
    _keep_dates(cr)
    _release_own_instructions(cr)
    _show_wording(cr)


def _set_audience(cr):
    """Of a round that was sent to the customer, and of one still open, all conditions were his to accept."""
    cr.execute("""
        UPDATE order_review_condition condition
           SET for_customer = review.state IN ('draft', 'in_review') OR review.customer_state != 'none'
          FROM order_review review
         WHERE review.id = condition.review_id
    """)


def _keep_dates(cr):
    """Rounds asked for the day that the customer knew; what he had asked for at first stands in the first round."""
    cr.execute("UPDATE order_review SET agreed_date = requested_date WHERE agreed_date IS NULL")
    cr.execute("""
        UPDATE sale_order
           SET requested_date = first.requested_date
          FROM (SELECT DISTINCT ON (order_id) order_id, requested_date
                  FROM order_review
                 WHERE requested_date IS NOT NULL AND state != 'draft'
              ORDER BY order_id, round_no) first
         WHERE first.order_id = sale_order.id
    """)


def _release_own_instructions(cr):
    """Whoever issued an instruction is not waited for: nobody acknowledges his own."""
    cr.execute("""
        DELETE FROM production_instruction_acknowledgement row
         USING production_instruction instruction
         WHERE instruction.id = row.instruction_id AND instruction.state = 'issued'
           AND row.acknowledged_on IS NULL AND row.user_id = instruction.issued_by
     RETURNING instruction.id, row.user_id
    """)
    for instruction, user in cr.fetchall():
        cr.execute("""
            DELETE FROM mail_activity
             USING ir_model_data data
             WHERE data.module = 'order_review' AND data.name = 'mail_activity_type_instruction'
               AND activity_type_id = data.res_id AND mail_activity.res_model = 'production.instruction'
               AND mail_activity.res_id = %s AND user_id = %s
        """, [instruction, user])
        cr.execute("""
            UPDATE production_instruction
               SET state = 'acknowledged', pending_user_id = NULL
             WHERE id = %(id)s AND NOT EXISTS (
                   SELECT FROM production_instruction_acknowledgement
                    WHERE instruction_id = %(id)s AND acknowledged_on IS NULL)
        """, {"id": instruction})


def _show_wording(cr):
    """The mail to the customer, which an administrator may have changed, names what he accepts in his words."""
    cr.execute("""
        UPDATE mail_template
           SET body_html = replace(body_html::text, '"condition.name', '"condition.shown_name')::jsonb
          FROM ir_model_data data
         WHERE data.module = 'order_review' AND data.name = 'mail_template_review_customer'
           AND data.res_id = mail_template.id AND data.model = 'mail.template'
    """)
