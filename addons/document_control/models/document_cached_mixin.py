from odoo import api, models


class DocumentCachedMixin(models.AbstractModel):
    """Configuration that is asked for so often that its answers are kept in memory (``ormcache``).

    Whatever changes it empties the memory, after the change, so that no model writes this again. What else follows from
    a change is an extension of :meth:`_forget_cached`.
    """

    _name = "document.cached.mixin"
    _description = "Configuration Kept in Memory"

    #: Which of Odoo's caches keeps the answers.
    _cached_in = "default"

    @api.model
    def _get_cached_fields(self):
        """Names of the fields that the answers depend on; None: of all."""
        return None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget_cached()
        return records

    def write(self, vals):
        result = super().write(vals)
        names = self._get_cached_fields()
        if names is None or not names.isdisjoint(vals):
            self._forget_cached()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_cached()
        return result

    def _forget_cached(self):
        """Forget what was answered from records of this model; they are new, changed, or deleted by now."""
        self.env.registry.clear_cache(self._cached_in)
