"""Plain Python: the network of a plan and the load it makes. No database, no Odoo but the working time of order_sla."""
