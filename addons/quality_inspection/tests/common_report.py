from lxml import html


class ReportCase:
    """Reads what a printed form says; to be mixed into test cases."""

    def print_form(self, report, records, user, lang="en_US"):
        """The text of a printed form as a user prints it, blanks made single.

        :param report: technical name of the report, ``addon.template``
        """
        return " ".join(self.print_html(report, records, user, lang).xpath("//main")[0].text_content().split())

    def print_html(self, report, records, user, lang="en_US"):
        """The same as a parsed page."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = self.env["ir.actions.report"].with_user(user).with_context(lang=lang)
        content, _kind = action._render_qweb_html(report, records.ids)
        return html.fromstring(content)

    def assertSays(self, text, *parts):
        """Every part stands on the form, in this order."""
        place = 0
        for part in parts:
            found = text.find(part, place)
            self.assertGreaterEqual(found, 0, f"{part!r} does not stand on the form after position {place}: {text}")
            place = found + len(part)
