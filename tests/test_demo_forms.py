"""The documents of the demo company, opened by each of its people."""
import re

from odoo.exceptions import AccessError

from demo_company import people
from test_demo_todos import read_form

#: Odoo's documents that the suite's people open all day; what several addons add to one form meets in them.
DOCUMENTS = ("sale.order", "purchase.order", "stock.picking", "mrp.production", "account.move", "stock.lot",
             "product.product", "res.partner", "project.task", "repair.order")
#: What Odoo's own form of a document asks of records that not everybody may read who may read the document.
REFUSED_BY_CORE = {
    ("sale.order", "project.project"), ("sale.order", "account.move.line"), ("purchase.order", "account.move"),
    ("mrp.production", "mrp.workorder"), ("mrp.production", "mrp.production.group"), ("stock.lot", "stock.move"),
    ("mrp.production", "mrp.unbuild"), ("account.move", "account.payment"), ("stock.lot", "repair.order"),
    ("project.task", "project.role"),
}
MODEL = re.compile(r"[(（]([a-z_.]+)[)）]")


def test_forms_ask_for_no_more_rights_than_their_document(demo):
    """STYLE 13: whoever can read a document can open its form, but for what Odoo's own fields ask: nothing that the
    suite shows in it needs rights of its own."""
    refused, opened = [], set()
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        for user in people(env):
            mine = env(user=user, context={"lang": user.lang, "tz": user.tz, "allowed_company_ids": company.ids})
            for name in DOCUMENTS:
                if not mine[name].has_access("read"):
                    continue
                for record in mine[name].search([], limit=1, order="id desc"):
                    try:
                        read_form(record)
                        opened.add(name)
                    except AccessError as error:
                        if not any((name, model) in REFUSED_BY_CORE for model in MODEL.findall(str(error))):
                            refused.append(f"{user.login}: {name} {record.id}: {error}")
        env.cr.rollback()  # the company is that of the other tests, too
    assert not refused, "\n".join(refused)
    assert opened >= {"sale.order", "purchase.order", "stock.picking", "mrp.production", "stock.lot", "product.product"}
