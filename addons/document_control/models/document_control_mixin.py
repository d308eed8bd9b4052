from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError

TECHNICAL = ("message_", "activity_", "website_message_", "rating_")


class Transition(NamedTuple):
    """One step of a document's way: from which states, to which one, by members of which groups (any of them).

    Whoever comes second waits for the first; without ``wait`` he is told at once that somebody else is deciding.
    """

    sources: tuple
    target: str
    groups: tuple = ()
    wait: bool = True


class DocumentControlMixin(models.AbstractModel):
    """A record that changes through its own actions, and no more once it is signed or concluded.

    Three fences stand in ``create`` and ``write``, which RPC, import and every form go through:

    * a user may give a new record only the fields that :meth:`_get_creatable_fields` names;
    * a user may write only the fields that :meth:`_get_open_fields` names; the model's actions write the others as
      superuser, after having checked the rule;
    * nobody, superuser included, may write the fields that :meth:`_get_frozen_fields` names.

    A frozen record (:meth:`_is_frozen`) cannot be deleted either.

    The way of a document is declared as data, and gone by its actions::

        _transitions = {"issue": Transition(("draft",), "issued", groups=("my.group_desk",))}

        def action_issue(self):
            self._transit("issue", issued_by=self.env.uid, issued_on=fields.Datetime.now())

    Rights are refused as ``AccessError``, a wrong state as ``UserError``, everywhere in the same words.
    """

    _name = "document.control.mixin"
    _inherit = ["document.fence.mixin"]
    _description = "Controlled Document"

    #: Code of the sequence that numbers new records in their field ``name``.
    _number_sequence = None
    #: Operations of the document by name; those of the classes that extend a model are added to its own.
    _transitions = {}

    @api.model
    def _group_expand_state(self, states, _domain):
        """Columns of a board by state, for fields that ask for it: in the order of the way, not of the codes."""
        return [state for state in self._get_selection_labels("state") if state in states]

    @api.model
    def _get_transition(self, operation):
        """The declared transition; that of the last class that names it.

        :raise KeyError: no class of the model declares it
        """
        for parent in type(self).__mro__:
            if operation in (declared := vars(parent).get("_transitions") or {}):
                return declared[operation]
        raise KeyError(f"{self._name} declares no transition {operation}")

    def _check_transition(self, operation):
        """Whether the user may do it, and whether it can be done now; the records are locked from here on.

        :raise AccessError: not his to do, or he may not read a record
        :raise UserError: a record is in another state
        """
        transition = self._get_transition(operation)
        self.check_access("read")
        self._check_groups(*transition.groups)
        self._lock(wait=transition.wait)
        self._check_state(*transition.sources)

    def _transit(self, operation, **vals):
        """Go the declared way: rights and state are checked, the state and what is signed with it written together.

        What else must hold for an operation is checked by :meth:`_check_transition`, which a model extends.
        """
        self._check_transition(operation)
        self._write_transition(operation, **vals)

    def _write_transition(self, operation, **vals):
        """The second half of :meth:`_transit`, for actions that do more between the check and the signature."""
        self._write_signed({"state": self._get_transition(operation).target, **vals})

    def _tell_decision(self, person, reason=None):
        """Whoever asked for it is told how it was decided, and why, in his language.

        :param person: the user who asked
        """
        self.ensure_one()
        person = person.sudo()  # sudo: here and below, whoever decides need not see others' users
        document = self.sudo().with_context(lang=person.lang)
        words = {"user": self.env.user.name, "state": document._get_selection_label("state")}
        document.message_post(
            body=document.env._("%(user)s decided: %(state)s. %(reason)s", reason=reason, **words)
            if reason else document.env._("%(user)s decided: %(state)s", **words),
            partner_ids=person.partner_id.ids, subtype_xmlid="mail.mt_note")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        for record in self:
            if record._is_frozen():
                raise UserError(self.env._(
                    "%(document)s \"%(name)s\" is signed or concluded and cannot be deleted.",
                    document=self._get_model_label(), name=record.display_name))

    @api.model
    def _get_creatable_fields(self):
        """Names of the fields that a user may give to a new record; none where only actions make records."""
        return set()

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

    def _keeps_message(self, message):
        """Of a frozen record also what people said; an e-mail on its way out is no part of its history."""
        return super()._keeps_message(message) or (
            self._has_closed_history() and message.message_type != "email_outgoing")

    def _has_closed_history(self):
        """Whether nobody corrects remarks any more."""
        return self._is_frozen()

    def _check_can_update_message_content(self, messages):
        """Chatter's own door: it edits and empties messages as superuser."""
        self._check_messages_not_kept(messages)
        return super()._check_can_update_message_content(messages)

    @api.model
    def _get_guarded_fields(self):
        free = self._get_creatable_fields()
        return {name for name in self._fields if name not in free and not name.startswith(TECHNICAL)}

    @api.model
    def _prepare_created(self, vals_list):
        vals_list = super()._prepare_created(vals_list)
        if self._number_sequence:
            for vals in vals_list:
                if vals.get("name", "/") == "/":
                    vals["name"] = self.env["ir.sequence"].with_company(
                        vals.get("company_id")).next_by_code(self._number_sequence) or "/"
        return vals_list

    @api.depends_context("lang")  # holds for every document: names are made of words, labels, products
    def _compute_display_name(self):
        """What has no number yet is new, not the stroke that stands for the number."""
        result = super()._compute_display_name()
        for record in self:
            if record.display_name == "/":
                record.display_name = self.env._("New")
        return result

    def _check_written(self, vals):
        self._check_open(vals)
        self._check_frozen(vals)

    def _check_open(self, vals):
        if self.env.su:
            return
        names = {name for name in vals if not name.startswith(TECHNICAL)}
        for record in self:
            if closed := names - record._get_open_fields():
                raise AccessError(self.env._(
                    "%(fields)s of %(document)s \"%(name)s\" cannot be changed directly. Use the buttons of the form; "
                    "what is signed or concluded is corrected by a new document.",
                    fields=self._describe_fields(closed), document=self._get_model_label(),
                    name=record.sudo().display_name))  # sudo: only to say which record

    def _check_frozen(self, vals):
        names = {name for name in vals if not name.startswith(TECHNICAL)}
        for record in self:
            if frozen := names & record._get_frozen_fields():
                raise UserError(self.env._(
                    "%(document)s \"%(name)s\" is signed or concluded: %(fields)s cannot be changed any more. A "
                    "correction is a new round, a new inspection or a new report.", document=self._get_model_label(),
                    name=record.sudo().display_name,  # sudo: only to say which record
                    fields=self._describe_fields(frozen)))
