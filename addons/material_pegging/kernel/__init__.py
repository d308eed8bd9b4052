"""Plain Python: which supply covers which demand. No database, no Odoo."""
