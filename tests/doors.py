"""Every method that RPC reaches on some documents, called by people who have no business there."""
import inspect

from odoo.exceptions import UserError
from odoo.service.model import call_kw


class Doors:
    """For test cases: ``OURS`` addons, ``TABLES`` that somebody could have changed, ``outsiders`` and ``documents``."""

    OURS = TABLES = ()
    #: Open a window or a list, which asks for rights itself.
    WINDOWS = ("action_view_", "action_open", "web_read")
    #: What everybody may do, which says nothing and changes nothing of others.
    ANYBODYS = ()
    outsiders, documents = {}, ()

    def _doors(self, records):
        """Names of the methods of ours that take the records only."""
        for name in dir(type(records)):
            method = getattr(type(records), name, None)
            if name.startswith("_") or not inspect.isfunction(method) or name in (
                    "create", "write", "unlink", *self.ANYBODYS):
                continue
            parts = inspect.unwrap(method).__module__.split(".")
            wanted = [one for one in list(inspect.signature(method).parameters.values())[1:]
                      if one.default is one.empty and one.kind == one.POSITIONAL_OR_KEYWORD]
            if parts[:2] == ["odoo", "addons"] and parts[2] in self.OURS and not wanted:
                yield name

    def _state(self):
        """What stands in the database, table by table."""
        self.env.flush_all()
        self.env.cr.execute(" UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"  # noqa: S608
            for table in self.TABLES))
        return dict(self.env.cr.fetchall())

    def _try(self, record, name, user, before):
        """:return: what is wrong with the answer, if anything is"""
        self.env.invalidate_all()
        answer = None
        with self.env.cr.savepoint() as undone:
            try:
                answer = call_kw(record.with_user(user), name, [record.ids], {})
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
        return f"answered {answer}" if answer and answer is not True and not name.startswith(self.WINDOWS) else None

    def _knock(self):
        """Every door of every document by every outsider.

        :return: how often it was tried, and what was wrong
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
        return tried, wrong

    def _find_read(self, *people):
        """What of the documents these outsiders find or read."""
        found = []
        for records in self.documents:
            for who in people:
                theirs = records.with_user(self.outsiders[who])
                self.env.invalidate_all()
                name = "company_id" if "company_id" in records else "state"
                try:
                    found.append((who, records, call_kw(theirs, "read", [records.ids, [name]], {})))
                except UserError:
                    pass
                if theirs.has_access("read") or theirs.browse().has_access("read"):
                    found += [(who, record) for record in theirs.search([("id", "in", records.ids)])]
        return found
