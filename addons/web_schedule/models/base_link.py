from odoo import api, models
from odoo.exceptions import UserError

from ..tools import arch as schedule


class Base(models.AbstractModel):
    """Arrows of a timeline that are drawn and taken away by hand."""

    _inherit = "base"

    @api.model
    def schedule_link(self, source, target, kind):
        """Have a record wait for another one; one arrow is written.

        :param source: id of the record that is waited for
        :param target: id of the record that waits
        :param kind: "fs", "ss", "ff" or "sf"
        :return: ``id`` of the arrow, and ``messages``: what has moved along
        """
        self._check_schedule_linkable()
        both = self.browse([int(source), int(target)])
        both.check_access("read")
        if kind not in schedule.LINKS:
            raise UserError(self.env._(
                "“%(kind)s” is no kind of link; it is one of %(kinds)s.", kind=kind, kinds=", ".join(schedule.LINKS)))
        return self._create_schedule_link(*both, kind)

    @api.model
    def schedule_unlink(self, link_id):
        """Take an arrow away; returns ``messages``, as :meth:`schedule_link` does."""
        self._check_schedule_linkable()
        return self._delete_schedule_link(int(link_id))

    @api.model
    def _check_schedule_linkable(self):
        if not schedule.is_on(self._get_schedule_arch(), "edit") or not self._may_link_on_schedule():
            raise UserError(self.env._("Nothing can be linked on this timeline."))

    @api.model
    def _may_link_on_schedule(self):
        """Hook: whether this user may draw arrows and take them away."""
        return False

    @api.model
    def _create_schedule_link(self, source, target, kind):
        """Hook: write an arrow between two records that the user may read, with the user's own rights."""
        raise NotImplementedError

    @api.model
    def _delete_schedule_link(self, link_id):
        """Hook: delete an arrow by its id, with the user's own rights."""
        raise NotImplementedError
