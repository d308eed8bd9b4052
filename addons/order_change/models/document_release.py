from odoo import api, fields, models


class DocumentRelease(models.Model):
    """A release that a change has superseded; whoever still works by it is warned, and it is on record (CHG-8)."""

    _inherit = "document.release"

    superseded_change_id = fields.Many2one(
        "order.change", string="Superseded by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        tracking=True)
    is_superseded = fields.Boolean(
        compute="_compute_is_superseded", search="_search_is_superseded", string="Out of force")

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

    def _supersede(self, change):
        """A change puts the releases out of force; who received them is told. Called when it is applied."""
        releases = self.sudo()  # written by this action only; who is told need not be seen
        releases.write({"superseded_change_id": change.id})
        for release in releases if not self.env.context.get("order_change_trial") else ():
            release._tell_receivers(self.env._(
                "%(release)s is superseded by %(change)s: do not work by it any more.",
                release=release.display_name, change=change.name))

    def _warn_superseded(self, where):
        """Warn who uses releases that are out of force, and put it on record. For issue, inspection and shipping.

        :param where: the record at which they are used: a picking, an inspection, a delivery notice
        :return: a warning for ``display_notification`` or an onchange, ``{"title", "message"}``; None where all are in
            force
        """
        gone = self.sudo().filtered("is_superseded")  # whoever issues or inspects need not read the release
        if not gone:
            return None
        for release in gone:
            release.message_post(body=self.env._(
                "Used out of force at %(where)s by %(user)s; superseded by %(by)s.", where=where.display_name,
                user=self.env.user.name, by=release._get_successor_name()))
        return {
            "title": self.env._("Superseded document"),
            "message": "\n".join(self.env._(
                "%(release)s is out of force, superseded by %(by)s. Work by what is in force.",
                release=release.display_name, by=release._get_successor_name()) for release in gone)}

    def _get_successor_name(self):
        return self.superseded_change_id.name or self.replaced_by_id.display_name or self.env._("its cancellation")

    def _get_frozen_fields(self):
        frozen = super()._get_frozen_fields() - {"is_superseded"}
        return frozen if self.superseded_change_id else frozen - {"superseded_change_id"}

    def _has_closed_history(self):
        return super()._has_closed_history() or bool(self.superseded_change_id)
