from odoo import http


class VisitPage(http.Controller):
    """The technician's page (AFT-3)."""
