from odoo import fields, models
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import TECHNICAL


class PurchaseAuthorMixin(models.AbstractModel):
    """Four eyes: whoever made a paper, wrote it or one of its lines, or submitted it, is not the one who approves it
    (PUR-1, PUR-2)."""

    _name = "purchase.author.mixin"
    _inherit = ["document.control.mixin"]
    _description = "Paper Approved by Another Person"

    author_ids = fields.Many2many(
        "res.users", string="Written By", readonly=True, copy=False, help="Whoever wrote it does not approve it.")
    submitted_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    submitted_on = fields.Datetime(readonly=True, copy=False)

    def write(self, vals):
        result = super().write(vals)
        self._note_author(vals)
        return result

    def _note_author(self, names=("line_ids",)):
        """The current user has written these fields of the papers; what the system writes has no author."""
        if self.env.su or all(name.startswith(TECHNICAL) for name in names):
            return
        self._lock()  # whoever submits or approves at the same moment decides on what was written, or on nothing
        # sudo: users of other companies are authors, too
        new = self.filtered(lambda paper: self.env.user not in paper.sudo().author_ids)
        new._write_signed({"author_ids": [Command.link(self.env.uid)]})

    def _get_authors(self):
        """Users whose paper it is, in whosever name it stands."""
        paper = self.sudo()  # sudo: as above
        return paper.create_uid | paper.submitted_by | paper.author_ids

    def _is_own(self, user):
        """Whether the user may not approve it because it is his, unless the company lets people."""
        self.ensure_one()
        return user in self._get_authors() and not self.company_id.purchase_self_approval
