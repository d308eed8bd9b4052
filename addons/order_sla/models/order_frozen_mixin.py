from odoo import api, models
from odoo.exceptions import AccessError, UserError

TECHNICAL = ("message_", "activity_", "website_message_", "rating_")


class OrderFrozenMixin(models.AbstractModel):
    """A record that changes through its own actions, and no more once it is signed or concluded.

    Two fences stand in ``write``, which RPC, import and every form go through:

    * a user may write only the fields that :meth:`_get_open_fields` names; the model's actions write the others as
      superuser, after having checked the rule;
    * nobody, superuser included, may write the fields that :meth:`_get_frozen_fields` names.

    A frozen record (:meth:`_is_frozen`) cannot be deleted either.
    """

    _name = "order.frozen.mixin"
    _description = "Record Frozen by Signature"

    def write(self, vals):
        self._check_open(vals)
        self._check_frozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        for record in self:
            if record._is_frozen():
                raise UserError(self.env._(
                    "%(document)s \"%(name)s\" is signed or concluded and cannot be deleted.",
                    document=self._description, name=record.display_name))

    def _get_open_fields(self):
        """Names of the fields that the current user may write directly, in the record's present state."""
        return set()

    def _get_frozen_fields(self):
        """Names of the fields that nobody may write any more; here all of a frozen record but the living ones."""
        return set(self._fields) - self._get_living_fields() if self._is_frozen() else set()

    def _get_living_fields(self):
        """Names of the fields that follow from later documents and change after the signature too."""
        return set()

    def _is_frozen(self):
        """Whether the record is signed or concluded."""
        return False

    def _forget_defaults(self):
        """The model without the defaults of its context: those are values that nobody has checked."""
        context = {name: value for name, value in self.env.context.items() if not name.startswith("default_")}
        return self.with_env(self.env(context=context))

    def _check_open(self, vals):
        if self.env.su:
            return
        names = {name for name in vals if not name.startswith(TECHNICAL)}
        for record in self:
            if closed := names - record._get_open_fields():
                raise AccessError(self.env._(
                    "%(fields)s of %(document)s \"%(name)s\" cannot be changed directly. Use the buttons of the form; "
                    "what is signed or concluded is corrected by a new document.",
                    fields=self._describe_fields(closed), document=self._description,
                    name=record.sudo().display_name))  # sudo: only to say which record

    def _check_frozen(self, vals):
        names = {name for name in vals if not name.startswith(TECHNICAL)}
        for record in self:
            if frozen := names & record._get_frozen_fields():
                raise UserError(self.env._(
                    "%(document)s \"%(name)s\" is signed or concluded: %(fields)s cannot be changed any more. A "
                    "correction is a new round, a new inspection or a new report.", document=self._description,
                    name=record.sudo().display_name,  # sudo: only to say which record
                    fields=self._describe_fields(frozen)))

    @api.model
    def _describe_fields(self, names):
        return ", ".join(sorted(self._fields[name]._description_string(self.env) for name in names
                                if name in self._fields))
