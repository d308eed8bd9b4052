from odoo import api, models
from odoo.tools.translate import TranslationImporter, get_po_paths

ADDON = "purchase_request_control"


class IrModuleModule(models.Model):
    """What other addons call otherwise than the house is called by its words (i18n_extra)."""

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite)
        if ADDON in modules:  # Odoo leaves a word that is there already, also to whom comes later
            importer = TranslationImporter(self.env.cr, verbose=False)
            for lang in langs:
                for path in get_po_paths(ADDON, lang):
                    if "i18n_extra" in path:
                        importer.load_file(path, lang)
            importer.save(overwrite=True)
        return result
