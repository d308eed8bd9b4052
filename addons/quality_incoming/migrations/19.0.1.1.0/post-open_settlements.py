"""A return is done when its credit note is posted or its replacement has come; formerly it was when the goods left."""


def migrate(cr, version):
    """Open again, in reports that are not closed, what the supplier still owes: it can be made again or given up."""
    cr.execute(
        """UPDATE quality_disposition row
              SET state = 'in_progress'
             FROM quality_nonconformity report
            WHERE report.id = row.nonconformity_id AND report.state IN ('open', 'review', 'decided')
              AND row.kind = 'return' AND row.state = 'done' AND row.settlement IS NOT NULL
              AND row.settled_on IS NULL""")
