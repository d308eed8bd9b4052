from odoo import models


class QualityFrozenMixin(models.AbstractModel):
    _inherit = "quality.frozen.mixin"

    def _forget_defaults(self):
        """The model without the defaults of its context: those are values that nobody has checked."""
        context = {name: value for name, value in self.env.context.items() if not name.startswith("default_")}
        return self.with_env(self.env(context=context))
