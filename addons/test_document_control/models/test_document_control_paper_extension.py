from odoo import models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition


class TestDocumentControlPaper(models.Model):
    """What another addon adds: one step more, and one condition more."""

    _inherit = "test.document.control.paper"
    _transitions = {"cancel": Transition(("draft", "issued"), "cancelled")}

    def action_cancel(self):
        """Cancel the papers."""
        self._transit("cancel")

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if operation == "cancel" and any(paper.text == "keep" for paper in self):
            raise UserError(self.env._("This paper is kept."))
        return result
