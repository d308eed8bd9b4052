from odoo import models


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """A page of a form that has nothing but lists of records which the user may not read is not shown: an empty
        list would say that there are none."""
        model = self.env.get(tree.get("model_access_rights")) if tree.tag == "form" else None
        tree = super()._postprocess_access_rights(tree)
        for page in tree.iter("page") if model is not None else ():
            names = [node.get("name") for node in page.iter("field")
                     if node.get("invisible") not in ("1", "True")
                     and not any(parent.tag == "field" for parent in node.iterancestors())]
            fields = [model._fields.get(name) for name in names]
            if fields and all(field and field.type in ("one2many", "many2many")
                              and not self.env[field.comodel_name].has_access("read") for field in fields):
                page.set("invisible", "True")
        return tree
