import re

from odoo import models
from odoo.http import request

#: A sheet of styles that a page fetches from the server.
STYLES = re.compile(r'<link\b[^>]*\bhref="/web/assets/(?:[^"/]+/)+([^"/]+\.css)"[^>]*>')


class IrActionsReport(models.Model):
    """A paper that a job prints carries its styles along (RPT-1).

    wkhtmltopdf would fetch them from the server's own address, and print without them where that does not answer, or
    does not know which database is meant. Nobody looks at such a paper before it is filed and sealed.
    """

    _inherit = "ir.actions.report"

    def _prepare_html(self, html, report_model=False):
        prepared = super()._prepare_html(html, report_model=report_model)
        if request or not prepared:  # somebody who prints has reached the server, and sees the paper
            return prepared
        bodies, res_ids, header, footer, arguments = prepared
        return ([self._embed_styles(body) for body in bodies], res_ids, self._embed_styles(header),
                self._embed_styles(footer), arguments)

    def _embed_styles(self, page):
        """The page with its styles in it."""
        return STYLES.sub(lambda link: f"<style>{self._get_styles(link[1])}</style>", page)

    def _get_styles(self, name):
        bundle_name, rtl, _kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(name, False)
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            bundle_name, css=True, js=False, debug_assets=False, rtl=rtl, autoprefix=autoprefix)
        # sudo: styles are for everybody
        return bundle.css().sudo().raw.decode() if bundle.stylesheets else ""
