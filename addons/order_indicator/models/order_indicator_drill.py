from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class OrderIndicator(models.Model):
    """From a figure to its records: exactly those that were counted (RPT-2)."""

    _inherit = "order.indicator"

    @api.readonly
    def get_records_action(self, period="month", dimension=False, group=None, only_missed=False, former=False):
        """Action that shows the records of a figure.

        :param period: as in ``get_board``
        :param dimension: broken down by it, ``group`` being the value (None: those without)
        :param bool only_missed: of a share, those that do not match
        :param bool former: those of the former period
        :return: act_window with the domain that was counted; a notification where none of them is the asker's to open
        """
        self.ensure_one()
        self.check_access("read")
        compared = self._get_periods(self._check_period(period))
        domain = self._get_domain(compared.former if former else compared.current)
        name = self.name
        if dimension:
            path = self._get_dimension(dimension)
            domain &= Domain(path, "=", False if group is None else group)
            name = f"{name}: {self._name_groups(path, [group]).get(group) or self.env._('Not Set')}"
        if only_missed and self.kind == "ratio":
            domain &= ~self._parse_domain("hit_domain")
        if self._is_beyond_reader(domain):
            # an empty list would say that there is nothing, and some of Odoo's show invented rows then
            return {
                "type": "ir.actions.client", "tag": "display_notification",
                "params": {"type": "warning", "message": self.env._(
                    "%(figure)s: you are told the figure, its records are not yours to open.", figure=name)},
            }
        # What the reader had grouped or filtered in this list before would hide records that were counted.
        return self._get_view_action() | {
            "name": self._say_what_is_readable(name, domain), "domain": list(domain),
            "context": {"create": False}, "target": "current",
        }

    def _is_beyond_reader(self, domain):
        """Whether something was counted, but nothing of it may be read by who has the general view only."""
        if not self._has_general_view():
            return False
        model = self._get_records()
        own = model.sudo(False)
        return not (own.has_access("read") and own.search_count(domain, limit=1)) and bool(
            model.search_count(domain, limit=1))

    def _say_what_is_readable(self, name, domain):
        """The title of the list; where the general view counts more than its reader may open, it says how many."""
        model = self._get_records()
        if not self._has_general_view() or not model.sudo(False).has_access("read"):
            return name
        counted, own = model.search_count(domain), model.sudo(False).search_count(domain)
        return name if own == counted else self.env._(
            "%(figure)s (%(own)s of %(counted)s, the others are not yours to open)", figure=name, own=own,
            counted=counted)

    def _get_view_action(self):
        """The action whose views show the records; a plain list where none is named, or it is not for the reader."""
        action = self._find_action()
        if action is None:
            return {
                "type": "ir.actions.act_window", "res_model": self.model,
                "views": [[False, "list"], [False, "form"]],
            }
        views = [list(view) for view in action["views"]]
        first = [view for view in views if view[1] == "list"] or [[False, "list"]]
        return {
            "type": "ir.actions.act_window", "res_model": self.model, "search_view_id": action["search_view_id"],
            "views": first + [view for view in views if view[1] not in ("list", "calendar", "schedule")],
        }

    @api.model
    def _read_action(self, name):
        return self.env["ir.actions.actions"]._for_xml_id(name)

    def _find_action(self):
        if not self.action_name:
            return None
        try:
            action = self._read_action(self.action_name)
        except (ValueError, AccessError):  # of an addon that is not installed, or not for this reader
            return None
        return action if action.get("res_model") == self.model else None
