from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

#: Models of which an order's records are no documents of its own.
BESIDE = {"sale.order", "sale.order.line"}


class SaleOrder(models.Model):
    """Which documents belong to an order, near and far; whatever is installed above is found (EVA-3)."""

    _inherit = "sale.order"

    def _get_dossier_ids(self):
        """Ids of the order's documents, by model; what the user may not read is left out."""
        ids = {}
        for model, res_id, *_rest in self._get_dossier_rows():
            ids.setdefault(model, []).append(res_id)
        return ids

    def _get_dossier_rows(self):
        """The order's documents that the user may read: tuples (model, id, made at, made by, name, department).

        One query for all models, with the rules of each.
        """
        self.ensure_one()
        parts = []
        for name in self._get_dossier_paths():
            model = self.env[name]
            if not model.has_access("read"):
                continue
            query = model.with_context(active_test=False)._search(self._get_document_domain(name))
            columns = [
                SQL("%s AS %s", self._get_dossier_column(query, model, *column), SQL.identifier(column[0]))
                for column in (("name", ("char", "text")), ("department_id", ("many2one",)))]
            parts.append(query.select(
                SQL("%s::varchar AS model", name), SQL("%s AS id", SQL.identifier(query.table, "id")),
                SQL("%s AS create_date", SQL.identifier(query.table, "create_date")),
                SQL("%s AS create_uid", SQL.identifier(query.table, "create_uid")), *columns))
        if not parts:
            return []
        return self.env.execute_query(SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts))

    def _get_dossier_column(self, query, model, name, kind):
        field = model._fields.get(name)
        if field is None or not field.store or field.type not in kind:
            return SQL("NULL::%s", SQL.identifier("int4" if "many2one" in kind else "varchar"))
        return model._field_to_sql(query.table, name, query)

    def _get_document_domain(self, name, above=()):
        """Domain of the order's documents of a model, over the documents between where there are some.

        :param above: models that are led here already: paths in a circle end
        """
        if paths := self._get_dossier_paths()[name]:
            return Domain.OR(self._follow_dossier_path(name, path, (*above, name)) for path in paths)
        linked = Domain("res_model", "=", "sale.order") & Domain("res_id", "=", self.id)
        for other, paths in self._get_dossier_paths().items():
            if paths:
                # sudo: what hangs on a document is told to whoever may read it, though he may not read that document
                found = self.env[other].sudo().with_context(active_test=False)._search(self._get_document_domain(other))
                linked |= Domain("res_model", "=", other) & Domain("res_id", "in", found)
        return linked

    def _follow_dossier_path(self, name, path, above):
        *between, last = path.split(".")
        for step in between:
            name = self.env[name]._fields[step].comodel_name
        target = self.env[name]._fields[last].comodel_name
        if target in above:
            return Domain.FALSE
        domain = Domain(last, "=", self.id) if target == "sale.order" else (
            Domain(last, "any!", self._get_document_domain(target, above)))
        for step in reversed(between):
            domain = Domain(step, "any!", domain)  # as above: who reads a document need not read what leads to it
        return domain

    @api.model
    @ormcache()
    def _get_dossier_paths(self):
        """Models with documents of an order, and the fields that lead to it (none: a link to any document).

        Whatever is installed above is found by its fields: documents with a history or a signature that name the
        order, and those that may be linked to any document. A model says more by ``_dossier_path``, a path or several:
        to the order, or to a model that has its own way there; what several addons say is joined. False alone: none of
        its documents.
        """
        mixins = tuple(self.env.registry[name] for name in ("document.control.mixin", "mail.thread"))
        link = self.env.registry["document.link.mixin"]
        found = {}
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name in BESIDE:
                continue
            declared = self._get_declared_paths(model)
            named = {field.name for field in model._fields.values()
                     if field.type == "many2one" and field.comodel_name == "sale.order" and field.store}
            paths = () if declared == set() else tuple(sorted(
                (declared or set()) | (named if issubclass(model, mixins) else set())))
            if paths or (declared is None and issubclass(model, link)):
                found[name] = paths
        return self._keep_leading_paths(found)

    @api.model
    def _get_declared_paths(self, model):
        said = [vars(parent)["_dossier_path"] for parent in model.__mro__ if "_dossier_path" in vars(parent)]
        if not said:
            return None
        return {path for paths in said if paths for path in ((paths,) if isinstance(paths, str) else paths)}

    @api.model
    def _keep_leading_paths(self, found):
        """Without the paths to models from which nothing leads to an order: what joins them is not installed."""
        def target(name, path):
            for step in path.split("."):
                field = self.env.registry[name]._fields.get(step)
                name = field.comodel_name if field else None
                if name is None:
                    break
            return name

        leading = {"sale.order"}
        while more := {name for name, paths in found.items() if name not in leading and any(
                target(name, path) in leading for path in paths)}:
            leading |= more
        kept = {name: tuple(path for path in paths if target(name, path) in leading) for name, paths in found.items()}
        return {name: kept[name] for name in sorted(found) if kept[name] or not found[name]}
