"""Plain Python: when ordered goods can be there. No database, no Odoo."""
