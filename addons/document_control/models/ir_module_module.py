from odoo import api, models
from odoo.modules import Manifest
from odoo.tools.translate import TranslationImporter, get_po_paths

from odoo.addons.base.models.ir_module import assert_log_admin_access

AUTHOR = "Order-to-Service Suite"


def is_of_suite(name):
    """Whether the addon of this name is one of the suite's."""
    return (Manifest.for_addon(name, display_warning=False) or {}).get("author") == AUTHOR


class IrModuleModule(models.Model):
    """Addons of the suite bring words, and take their to-dos along.

    What other addons call otherwise than the house is called by its words: an addon's i18n_extra names them, each entry
    with the module that it belongs to. An addon that is taken off leaves no to-do that nobody can do any more.
    """

    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite)
        for lang in langs:  # Odoo leaves a word that is there already, also to whom comes later
            words = TranslationImporter(self.env.cr, verbose=False)
            for name in modules:
                if is_of_suite(name):
                    for path in get_po_paths(name, lang):
                        if "i18n_extra" in path:
                            words.load_file(path, lang)
            if words.imported_langs:
                self._replace_words_of_records(words, lang)
                words.save(overwrite=True)
        return result

    @assert_log_admin_access
    def module_uninstall(self):
        self.filtered(lambda module: is_of_suite(module.name))._end_todos()
        return super().module_uninstall()

    def _end_todos(self):
        """Delete to-dos of the addons' types, on documents of others, too; done ones stand in the history. Odoo 19
        would keep a type that a to-do has, and the to-do."""
        # sudo: who takes addons off decides for all
        data = self.env["ir.model.data"].sudo().search([
            ("module", "in", self.mapped("name")), ("model", "=", "mail.activity.type")])
        self.env["mail.activity"].sudo().with_context(active_test=False).search([
            ("activity_type_id", "in", data.mapped("res_id"))]).unlink()

    @api.model
    def _replace_words_of_records(self, words, lang):
        """Records that belong to their users (noupdate) are not overwritten by Odoo: their names are replaced where
        they are still its own, never where somebody has renamed them."""
        named = {
            (model, field, xmlid): word[lang]
            for model, fields in words.model_translations.items()
            for field, xmlids in fields.items()
            for xmlid, word in xmlids.items()}
        # sudo: words are loaded by whoever adds a language, names of records are for administrators
        kept = self.env["ir.model.data"].sudo().search([
            ("noupdate", "=", True), ("name", "in", list({xmlid.split(".", 1)[1] for _model, _field, xmlid in named}))])
        kept = {data.complete_name: data.res_id for data in kept}
        other = {}
        for (model, field, xmlid), word in named.items():
            record = self.env[model].browse(kept.get(xmlid)).exists().with_context(lang=lang)
            if record and record[field] != word:
                other[model, field, xmlid] = record
        theirs = self._read_words({xmlid for _model, _field, xmlid in other}, lang)
        for (model, field, xmlid), record in other.items():
            if record[field] == theirs.get((model, field, xmlid)):
                record.update_field_translations(field, {lang: named[model, field, xmlid]})

    @api.model
    def _read_words(self, xmlids, lang):
        """Words that their own addons bring for the records ``xmlids``, {(model, field, xmlid): word}."""
        theirs = TranslationImporter(self.env.cr, verbose=False)
        for name in {xmlid.split(".", 1)[0] for xmlid in xmlids}:
            for path in get_po_paths(name, lang):
                theirs.load_file(path, lang, xmlids=xmlids)
        return {
            (model, field, xmlid): word[lang]
            for model, fields in theirs.model_translations.items()
            for field, named in fields.items()
            for xmlid, word in named.items()}
