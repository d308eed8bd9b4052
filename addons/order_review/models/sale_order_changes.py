from odoo import api, models
from odoo.tools import format_datetime


class SaleOrder(models.Model):
    """What has changed since the review, in the words of whoever reads it."""

    _inherit = "sale.order"

    def _get_review_changes(self):
        """What differs from the reviewed content, in plain words, one change each."""
        self.ensure_one()
        former, present = self.review_id._get_covered_scope(), self._describe_scope()
        changes = [self._describe_change(self, name, former.get("order", {}).get(name, value), value)
                   for name, value in present["order"].items()
                   if name in former.get("order", {}) and former["order"][name] != value]
        changes += self._describe_line_changes(former.get("lines", []), present["lines"])
        gone, come = ({row["id"]: row for row in rows} for rows in (former.get("documents", []), present["documents"]))
        changes += [self.env._("Document no more in force: %(name)s", name=self._describe_document(row))
                    for key, row in gone.items() if key not in come]
        changes += [self.env._("Document newly in force: %(name)s", name=self._describe_document(row))
                    for key, row in come.items() if key not in gone]
        return changes

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
                self.env._("%(line)s: %(change)s", line=line.product_id.display_name or line.name,
                           change=self._describe_change(line, name, before.get(name), value))
                for name, value in row.items() if name != "id" and name in before and before[name] != value]
        changes += [self.env._("Line removed: %(line)s", line=row["name"]) for row in former.values()]
        return changes

    @api.model
    def _describe_change(self, record, name, before, after):
        if name == "custom_values":  # pairs of attribute and text
            name, before, after = "product_custom_attribute_value_ids", *(
                ", ".join(text for _attribute, text in value or []) for value in (before, after))
        field = record._fields[name]

        def shown(value):
            if field.relational and isinstance(value, (int, list)):
                records = self.env[field.comodel_name].browse(value or ()).exists()
                return ", ".join(records.mapped("display_name")) or "-"
            if field.type in ("float", "monetary"):
                return f"{float(value or 0):g}"
            if field.type == "datetime" and value:
                return format_datetime(self.env, value, tz=self.company_id._get_review_tz().zone, dt_format="short")
            if field.type == "selection":
                return dict(field._description_selection(self.env)).get(value, value) or "-"
            if field.type == "boolean":
                return self.env._("yes") if value else self.env._("no")
            return value or "-"
        return self.env._("%(field)s: %(before)s → %(after)s", field=field._description_string(self.env),
                          before=shown(before), after=shown(after))
