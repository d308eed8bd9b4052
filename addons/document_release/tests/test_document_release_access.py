from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ENGINEER, DocumentReleaseCommon


@tagged("-at_install", "post_install")
class TestDocumentReleaseAccess(DocumentReleaseCommon):
    def _sees(self, user, release):
        return (release in self.env["document.release"].with_user(user).search([]),
                bool(self.env["document.release.receiver"].with_user(user).search_count(
                    [("release_id", "=", release.id)])))

    def test_receivers_see_what_is_released(self):
        """PLN-17: a draft is the engineers'; a release its receivers', their people and managers, nobody else's."""
        release = self._draft()
        self.assertEqual(self._sees(self.foreman, release), (False, False))
        release.action_release()
        for user, sees in ((self.foreman, True), (self.fitter, True), (self.inspector, True), (self.clerk, False)):
            self.assertEqual(self._sees(user, release), (sees, sees), user.login)
        with self.assertRaises(AccessError):
            release.attachment_ids.with_user(self.clerk).raw  # noqa: B018

    def test_each_company_sees_its_own(self):
        """ARC-5: an engineer of another company does not find it."""
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(self.env, "dr_theirs", groups=ENGINEER, company_id=other.id,
                               company_ids=[Command.set(other.ids)])
        self.assertEqual(self._sees(theirs, self._released()), (False, False))

    def test_only_the_department_acknowledges(self):
        """PLN-17: each department for itself, any of its people in its manager's stead; not the one who released."""
        release = self._released()
        row = self._row(release, self.workshop)
        for user in (self.inspector, self.engineer):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                row.with_user(user).action_acknowledge()
        row.with_user(self.fitter).action_acknowledge()
        self.assertEqual(row.acknowledged_by, self.fitter)

    def test_only_engineers_release(self):
        """PLN-17: receivers neither write nor release; nobody gives an acknowledgement with a new receiver."""
        release = self._draft()
        with self.assertRaises(AccessError):
            self.env["document.release"].with_user(self.foreman).create({
                "kind_id": self.drawing.id, "subject": "x"})
        with self.assertRaises(AccessError):
            release.with_user(self.foreman).action_release()
        with self.assertRaises(AccessError):
            release.receiver_ids = [Command.create({
                "department_id": self.stores.id, "acknowledged_by": self.clerk.id})]
