"""Every method that RPC reaches on some documents, called by people who have no business there."""
import inspect

from odoo.exceptions import UserError
from odoo.service.model import call_kw


class Doors:
    """For a test class that has ``documents``, recordsets of one of each in the states that wait for somebody's word,
    and ``outsiders``, users by what they are: a portal user, a clerk without any role, somebody of another company.
    """

    #: Addons whose methods are tried.
    ours = ()
    #: Beginnings of names: open a window or a list, which asks for rights itself.
    windows = ()
    #: Names of methods that are for everybody.
    anybodys = ()
    #: Names of methods that take a text.
    worded = ()
    #: Tables that somebody could have changed.
    tables = ()

    def check_nobody_acts(self):
        """Each method is refused in a clear word, or does nothing; no traceback.

        :return: how many calls were tried
        """
        before, tried, wrong = self._state(), 0, []
        for records in self.documents:
            self.assertTrue(records, records._name)
            for name in self._doors(records):
                for record in records:
                    for who, user in self.outsiders.items():
                        tried += 1
                        if fault := self._try(record, name, user, before):
                            wrong.append(f"{who}: {record}.{name}: {fault}")
        self.assertFalse(wrong)
        return tried

    def check_nobody_reads(self, *strangers):
        """Who is named here, of the outsiders, finds and reads none of the documents."""
        found = []
        for records in self.documents:
            for who in strangers:
                theirs = records.with_user(self.outsiders[who])
                name = "company_id" if "company_id" in records else "create_date"  # views have no log of their rows
                self.env.invalidate_all()
                try:
                    found.append((who, records, call_kw(theirs, "read", [records.ids, [name]], {})))
                except UserError:
                    pass
                if theirs.has_access("read") or theirs.browse().has_access("read"):
                    found += [(who, record) for record in theirs.search([("id", "in", records.ids)])]
        self.assertFalse(found)

    def _doors(self, records):
        """Names of the methods of ours that take the records only, or a text."""
        for name in dir(type(records)):
            method = getattr(type(records), name, None)
            if name.startswith("_") or not inspect.isfunction(method) or name in (
                    "create", "write", "unlink", *self.anybodys):
                continue
            parts = inspect.unwrap(method).__module__.split(".")
            wanted = [one for one in list(inspect.signature(method).parameters.values())[1:]
                      if one.default is one.empty and one.kind == one.POSITIONAL_OR_KEYWORD]
            if parts[:2] == ["odoo", "addons"] and parts[2] in self.ours and (not wanted or name in self.worded):
                yield name

    def _state(self):
        """What stands in the database, table by table."""
        self.env.flush_all()
        self.env.cr.execute(" UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"  # noqa: S608
            for table in self.tables))
        return dict(self.env.cr.fetchall())

    def _try(self, record, name, user, before):
        """:return: what is wrong with the answer, if anything is"""
        self.env.invalidate_all()
        answer = None
        with self.env.cr.savepoint() as undone:
            try:
                words = ["So it was decided."] if name in self.worded else []
                answer = call_kw(record.with_user(user), name, [record.ids, *words], {})
            except UserError:
                undone.rollback()
                return None
            except Exception as error:  # noqa: BLE001
                undone.rollback()
                return f"{type(error).__name__}: {error}"
            changed = [table for table, sum_ in self._state().items() if sum_ != before[table]]
            undone.rollback()
        if changed:
            return f"changed {changed}"
        return f"answered {answer}" if answer and answer is not True and not name.startswith(self.windows) else None
