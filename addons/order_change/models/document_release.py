from odoo import api, fields, models
from odoo.fields import Command

#: Whoever was warned is warned again when one of them changes.
NEWS = {"superseded_change_id", "replaced_by_id", "state"}


class DocumentRelease(models.Model):
    """A release that a change has superseded; whoever still works by it is warned, and it is on record (CHG-8)."""

    _inherit = "document.release"

    superseded_change_id = fields.Many2one(
        "order.change", string="Superseded by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        tracking=True)
    is_superseded = fields.Boolean(
        compute="_compute_is_superseded", search="_search_is_superseded", string="Out of force")
    warned_user_ids = fields.Many2many(
        "res.users", "document_release_warned_rel", string="Warned at use", readonly=True, copy=False,
        help="Who has used it out of force, and was told what is in force: once, until there is something new.")

    @api.depends("superseded_change_id", "replaced_by_id", "state")
    def _compute_is_superseded(self):
        for release in self:
            release.is_superseded = bool(
                release.superseded_change_id or release.replaced_by_id or release.state == "cancelled")

    @api.model
    def _search_is_superseded(self, operator, value):
        if operator != "in":
            return NotImplemented
        gone = fields.Domain("superseded_change_id", "!=", False) | fields.Domain(
            "replaced_by_id", "!=", False) | fields.Domain("state", "=", "cancelled")
        return (gone if True in value else fields.Domain.FALSE) | (~gone if False in value else fields.Domain.FALSE)

    def write(self, vals):
        """What is new is told anew, also to those who were warned before."""
        if NEWS & vals.keys():
            vals = {**vals, "warned_user_ids": [Command.clear()]}
        return super().write(vals)

    def _supersede(self, change):
        """A change puts the releases out of force; who received them is told. Called when it is applied."""
        releases = self.sudo()  # written by this action only; who is told need not be seen
        releases.write({"superseded_change_id": change.id})
        if releases:
            change.sudo().order_id.has_superseded_release = True  # as above
        for release in releases if not self.env.context.get("order_change_trial") else ():
            release._tell_receivers(self.env._(
                "%(release)s is superseded by %(change)s: do not work by it any more.",
                release=release.display_name, change=change.name))

    def _warn_superseded(self, where):
        """Put every use of releases that are out of force on record, and warn the user of those that are news to him.

        For issue, inspection and shipping. Who was warned of a release is warned again when something new supersedes
        it: a warning at each of a hundred uses would not be read.

        :param where: the record at which they are used: a picking, an inspection, a delivery notice
        :return: a warning for ``display_notification`` or an onchange, ``{"title", "message"}``; None where there is
            nothing new to tell
        """
        gone = self.sudo().filtered("is_superseded")  # whoever issues or inspects need not read the release
        for release in gone:
            release.message_post(body=self.env._(
                "Used out of force at %(where)s by %(user)s; superseded by %(by)s.", where=where.display_name,
                user=self.env.user.name, by=release._get_successor_name()))
        news = gone.filtered(lambda release: self.env.user not in release.warned_user_ids)
        if not news:
            return None
        news.write({"warned_user_ids": [Command.link(self.env.uid)]})
        return {
            "title": self.env._("Superseded document"),
            "message": "\n".join(self.env._(
                "%(release)s is out of force, superseded by %(by)s. Work by what is in force.",
                release=release.display_name, by=release._get_successor_name()) for release in news)}

    def _get_successor_name(self):
        """The change that has put it out of force, and the release by which one works instead."""
        names = filter(None, (self.superseded_change_id.name, self.replaced_by_id.display_name))
        return ", ".join(names) or self.env._("its cancellation")

    def _get_frozen_fields(self):
        frozen = super()._get_frozen_fields() - {"is_superseded", "warned_user_ids"}
        return frozen if self.superseded_change_id else frozen - {"superseded_change_id"}

    def _has_closed_history(self):
        return super()._has_closed_history() or bool(self.superseded_change_id)
