from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import SQL, format_list


class Vouched(int):
    """Id for a guarded field that our own code gives with the user's rights, such as the mark of a move it splits.

    No client can send one: what comes by RPC or import is a plain number.
    """


class DocumentFenceMixin(models.AbstractModel):
    """Fields that come by the model's own actions only, whatever the door: create and write, nested commands of a
    parent, import, form, RPC.

    Our models inherit ``document.control.mixin``, which stands on this. A model of Odoo's takes it beside itself and
    names the fields that it guards::

        _name = "sale.order"
        _inherit = ["sale.order", "document.fence.mixin"]

        @api.model
        def _get_guarded_fields(self):
            return super()._get_guarded_fields() | {"review_id"}

    A user who gives such a field is refused; the actions write it as superuser, after having checked the rule with
    :meth:`_check_groups` (``AccessError``) and :meth:`_check_state` (``UserError``): the same words everywhere. The
    ``default_*`` of a context and the defaults that users store are values that nobody has checked: a guarded field
    takes neither, whoever creates the record.
    """

    _name = "document.fence.mixin"
    _inherit = ["document.number.mixin"]
    _description = "Fenced Record"

    #: Fields that only the code understands: not offered to group by, to filter by, or to export.
    _technical_fields = ()

    @api.model
    def default_get(self, fields):
        guarded = self._get_guarded_fields().intersection(fields)
        defaults = super().default_get([name for name in fields if name not in guarded])
        for name in guarded:
            field = self._fields.get(name)
            if field and field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                defaults[name] = field.convert_to_write(value, self)
        return defaults

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        result = super().fields_get(allfields, attributes)
        for name in result.keys() & set(self._technical_fields):
            result[name].update(dict.fromkeys(("groupable", "searchable", "exportable"), False))
        return result

    @api.model_create_multi
    def create(self, vals_list):
        given = [self._check_given(vals) for vals in vals_list]
        return super().create(self._prepare_created(given))

    def write(self, vals):
        self._check_written(vals)
        return super().write(self._unwrap(vals))

    def copy_data(self, default=None):
        """A user's copy takes along what a user may give."""
        result = super().copy_data(default)
        if self.env.su:
            return result
        guarded = self._get_guarded_fields() - (default or {}).keys()
        return [{name: value for name, value in vals.items() if name not in guarded} for vals in result]

    @api.model
    def _get_guarded_fields(self):
        """Names of the fields that no user gives, neither to a new record nor to an existing one."""
        return set()

    @api.model
    def _get_clearable_fields(self):
        """Names of the guarded fields that a user may empty."""
        return set()

    @api.model
    def _prepare_created(self, vals_list):
        """Complete the values of new records; what was given has been checked."""
        return vals_list

    @api.model
    def _check_given(self, vals):
        """Values of a new record without its guarded fields.

        Empty ones are left out, as a form sends its empty fields too: their defaults apply.

        :raise AccessError: a user gives a guarded field
        """
        if self.env.su:
            return self._unwrap(vals)
        guarded = self._get_guarded_fields()
        free = {name: value for name, value in vals.items() if name not in guarded or isinstance(value, Vouched)}
        self._refuse({name for name, value in vals.items() if value and name not in free})
        return self._unwrap(free)

    def _check_written(self, vals):
        """Whether the values may be written to these records.

        :raise AccessError: a user gives a guarded field
        """
        if self.env.su:
            return
        emptied = {name for name in self._get_clearable_fields() if not vals.get(name)}
        self._refuse({name for name in self._get_guarded_fields().intersection(vals) - emptied
                      if not isinstance(vals[name], Vouched)})

    def _check_groups(self, *groups):
        """:raise AccessError: the user belongs to none of the groups; the system itself may always"""
        if not groups or self.env.su or any(self.env.user.has_group(group) for group in groups):
            return
        # sudo: names of groups, to say whom to ask
        names = format_list(self.env, [self.env.ref(group).sudo().display_name for group in groups], "or")
        raise AccessError(self.env._(
            "%(document)s: this is done by %(groups)s.", document=self._describe(), groups=names))

    def _check_state(self, *states, field="state"):
        """:raise UserError: a record is in none of the states of that selection field"""
        for record in self:
            if record[field] not in states:
                labels = self._get_selection_labels(field)
                raise UserError(self.env._(
                    "%(document)s is \"%(state)s\"; this needs \"%(needed)s\". Reload it to see what was done "
                    "meanwhile.", document=record._describe(), state=labels[record[field]],
                    needed="\", \"".join(labels[state] for state in states)))

    def _lock(self, wait=True):
        """Hold the documents until the transaction ends, and read them anew: two people may act at once.

        The rows are updated, not only locked: who waited is then turned back by the database even where the first
        changed nothing but what hangs on the document; Odoo starts him again, and he meets what the first did.

        :param wait: else whoever comes second is told so at once
        :raise UserError: not to wait, and somebody else holds one of them
        """
        self.flush_recordset()
        if not wait:
            try:
                self.lock_for_update(allow_referencing=True)
            except LockError as error:
                raise UserError(self.env._(
                    "Somebody else is just deciding on %(document)s. Reload it in a moment.",
                    document=self._describe())) from error
        elif self.ids:
            table = SQL.identifier(self._table)
            self.env.execute_query(SQL(
                "UPDATE %s SET write_uid = write_uid WHERE id IN (SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id "
                "FOR NO KEY UPDATE) RETURNING id", table, table, list(self.ids)))
        self.invalidate_recordset()

    def _write_signed(self, vals):
        """Write fields that are closed to everybody's hands; the action that calls has checked the right.

        The user stays who he is: it is he who signs.
        """
        return self.sudo().write(vals)

    def _describe(self):
        """What the documents are called in messages: by name, by their kind where there are several or none."""
        known = self.exists()
        if len(known) == 1 and known.has_access("read"):  # a refusal tells nobody the name of what he may not see
            return known.sudo().display_name  # sudo: its parts may be closed to whoever reads the document
        return self._get_model_label()

    @api.model
    def _refuse(self, names):
        if names:
            raise AccessError(self.env._(
                "%(document)s, %(fields)s: written by its own actions only. Use the buttons of the form.",
                document=self._get_model_label(), fields=self._describe_fields(names)))

    def _keeps_message(self, message):
        """Whether a message of this record stands for good: what actions and tracking wrote, not what people say."""
        return message.message_type in ("notification", "auto_comment")

    @api.model
    def _check_messages_not_kept(self, messages):
        """Whether a user may rewrite or delete messages of records of this model.

        :raise AccessError: one of them is part of the record's history
        """
        for record in self.sudo().browse(messages.mapped("res_id")).exists():  # whether it is signed, whoever asks
            mine = messages.filtered(lambda message, record=record: message.res_id == record.id)
            if any(record._keeps_message(message) for message in mine):
                raise AccessError(self.env._(
                    "%(document)s \"%(name)s\": its history stays as it was written. Add a note instead.",
                    document=self._get_model_label(), name=record.display_name))

    @api.model
    def _unwrap(self, vals):
        return {name: int(value) or False if isinstance(value, Vouched) else value for name, value in vals.items()}

    @api.model
    def _describe_fields(self, names):
        return ", ".join(sorted(self._fields[name]._description_string(self.env) for name in names
                                if name in self._fields))
