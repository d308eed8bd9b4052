"""STYLE 35: every term of the suite is exported and translated into Chinese."""
import functools
import io
import os
import re
from unittest.mock import patch

import polib

from odoo.modules import Manifest
from odoo.tests import TransactionCase
from odoo.tools.translate import trans_export

from database import shipped
from place import ADDONS

LANGUAGE = "zh_CN"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A break that is indented like the English: a blank where Chinese has none.
BROKEN = re.compile(r"[\u3000-\u9fff\uff00-\uffef] *\n {4,}(?=[\u3000-\u9fff\uff00-\uffef])")
WORD = re.compile(r"[a-z]{3,}")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s")
LETTER = re.compile(r"\w")
NOT_TEXT = re.compile(r"%\(\w+\)[a-z]|<[^>]+>|{{.*?}}|\bhttps?:\S+")
HOW = ("python -m odoo i18n export -c .local/odoo.conf -d <database of `make db`> -o addons/{0}/i18n/{0}.pot {0}; "
       "then fill zh_CN.po")


#: The values of a mixin's selection belong to the mixin's addon once more for each model that inherits it; which
#: models these are depends on what else is installed.
SELECTION = re.compile(r"model:ir\.model\.fields\.selection,name:(\w+)\.selection__(\w+?)__")


class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exported = {addon: cls.entries(cls.export(addon)) for addon in shipped()}

    @classmethod
    def export(cls, addon):
        buffer, walk = io.BytesIO(), os.walk

        def walk_addon(path, **options):
            """Odoo looks through all its sources for those of one addon."""
            return walk(os.path.join(path, addon), **options)

        with patch.object(os, "walk", walk_addon):
            found = trans_export(False, [addon], buffer, "po", cls.env)
        if not found:
            return polib.POFile()
        return polib.pofile(buffer.getvalue().decode())

    @classmethod
    def entries(cls, po):
        """Where each term is used, by term."""
        return {(entry.msgctxt, entry.msgid): cls.places(entry) for entry in po if not entry.obsolete}

    @classmethod
    def places(cls, entry):
        """Where a term is used, as far as that is the addon's own."""
        return frozenset(name for name, _line in entry.occurrences if not cls.is_foreign(name))

    @classmethod
    def is_foreign(cls, place):
        match = SELECTION.match(place)
        return match and not cls.env.ref(f"{match[1]}.model_{match[2]}", raise_if_not_found=False)

    def committed(self, addon, name):
        path = ADDONS / addon / "i18n" / name
        return polib.pofile(str(path)) if path.exists() else polib.POFile()

    def test_templates_are_up_to_date(self):
        """STYLE 35: i18n/<addon>.pot holds what Odoo exports now, no term more or less."""
        wrong = []
        for addon in shipped():
            fresh = self.exported[addon]
            kept = self.entries(self.committed(addon, f"{addon}.pot"))
            said = [f"missing: {term!r}" for _context, term in fresh.keys() - kept.keys()]
            said += [f"gone: {term!r}" for _context, term in kept.keys() - fresh.keys()]
            said += [f"used elsewhere: {key[1]!r}: {sorted(fresh[key] ^ kept[key])}"
                     for key in fresh.keys() & kept.keys() if fresh[key] != kept[key]]
            if said:
                wrong += [f"{addon}.pot is out of date:", *sorted(said), HOW.format(addon)]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_every_term_is_in_chinese(self):
        """STYLE 35: zh_CN.po translates every term, everywhere it is used, and nothing is fuzzy."""
        wrong = []
        for addon in shipped():
            translated = {(entry.msgctxt, entry.msgid): entry for entry in self.committed(addon, f"{LANGUAGE}.po")
                          if not entry.obsolete}
            said = [f"{complaint}: {key[1]!r}" for key, places in self.exported[addon].items()
                    if (complaint := self.complaint(key[1], places, translated.get(key)))]
            if said:
                wrong += [f"{addon}:", *sorted(said), HOW.format(addon)]
        self.assertFalse(wrong, "\n".join(wrong))

    def complaint(self, term, places, entry):
        """What is wrong with the translation of a term, if anything."""
        if entry is None or not entry.msgstr.strip():
            # signs and names of fields only: the same in each language, and linters want such an entry empty
            return "not translated" if entry is None or LETTER.search(NOT_TEXT.sub("", term)) else ""
        if entry.fuzzy:
            return "fuzzy"
        if not places <= self.places(entry):
            return "not translated everywhere"
        if WORD.search(NOT_TEXT.sub("", term)) and not CHINESE.search(entry.msgstr):
            return "copied, not translated"
        if BROKEN.search(entry.msgstr):
            return "a sentence broken over lines"
        return ""


class TestWordsOfOdoo(TransactionCase):
    """STYLE 35: what the web client says in English for want of a Chinese word in Odoo's own files is said by
    document_control's i18n_extra: the client takes a word from any addon where the one that it belongs to has none."""

    def test_words_reach_the_client(self):
        """Each word is sent, and keeps its placeholders."""
        modules, _parameters = self.env["ir.http"]._get_translations_for_webclient(["document_control"], LANGUAGE)
        sent = {word["id"]: word["string"] for word in modules["document_control"]["messages"]}
        self.assertEqual(sent["Missing required fields"], "有必填项尚未填写")
        words = polib.pofile(str(ADDONS / "document_control/i18n_extra/zh_CN.po"))
        self.assertGreater(len(words), 100)
        for word in words:
            with self.subTest(word.msgid):
                self.assertEqual(sent.get(word.msgid), word.msgstr)
                self.assertEqual(PLACEHOLDER.findall(word.msgid), PLACEHOLDER.findall(word.msgstr))

    def test_words_are_missing_in_odoo(self):
        """A word that Odoo has, or none of its addons says, would stand here for nothing."""
        for word in polib.pofile(str(ADDONS / "document_control/i18n_extra/zh_CN.po")):
            module = word.comment.split("module: ")[1].split()[0]
            theirs = self.po_of(module).find(word.msgid)
            with self.subTest(word.msgid, module=module):
                self.assertFalse(theirs is None or theirs.msgstr)

    @staticmethod
    @functools.cache
    def po_of(module):
        return polib.pofile(f"{Manifest.for_addon(module).path}/i18n/zh_CN.po")
