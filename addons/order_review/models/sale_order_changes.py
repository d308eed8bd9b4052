from odoo import api, models


class SaleOrder(models.Model):
    """What has changed since the review, in the words of whoever reads it."""

    _inherit = "sale.order"

    def _get_review_changes(self):
        """What differs from the reviewed content, in plain words, one change each."""
        self.ensure_one()
        former, present = self.review_id._get_covered_scope(), self._describe_scope()
        changes = self._describe_field_changes(
            self, self._get_reviewed(), former.get("order", {}), present["order"])
        changes += self._describe_line_changes(former.get("lines", []), present["lines"])
        gone, come = ({row["id"]: row for row in rows} for rows in (former.get("documents", []), present["documents"]))
        changes += [self.env._("Document no more in force: %(name)s", name=self._describe_document(row))
                    for key, row in gone.items() if key not in come]
        changes += [self.env._("Document newly in force: %(name)s", name=self._describe_document(row))
                    for key, row in come.items() if key not in gone]
        return changes

    @api.model
    def _describe_field_changes(self, record, declared, before, after):
        """Changes of what both descriptions hold: an older one does not know what is looked at since."""
        return [reviewed.describe_change(record, before[reviewed.key], after.get(reviewed.key)) for reviewed in declared
                if reviewed.key in before and before[reviewed.key] != after.get(reviewed.key)]

    @api.model
    def _describe_document(self, row):
        return self.env._("%(name)s V%(version)s", name=row["name"], version=row["version"]) \
            if row.get("version") else row["name"]  # before 19.0.1.1.0 the version was part of the name

    def _describe_line_changes(self, former, present):
        former = {row["id"]: row for row in former}
        lines = {line._origin.id: line for line in self.order_line}
        changes = []
        for row in present:
            before = former.pop(row["id"], None)
            line = lines[row["id"]]
            if before is None:
                changes.append(self.env._("Line added: %(line)s", line=line.name))
                continue
            changes += [
                self.env._("%(line)s: %(change)s", line=line.product_id.display_name or line.name, change=change)
                for change in self._describe_field_changes(line, self._get_reviewed_of_lines(), before, row)]
        changes += [self.env._("Line removed: %(line)s", line=row["name"]) for row in former.values()]
        return changes
