"""The documents of the demo company, opened by each of its people."""
from unittest.mock import patch

from odoo.addons.document_control.models.base_reading import Base

from database import shipped
from demo_company import people, read_form

#: Odoo's documents that the suite's people open all day; what several addons add to one form meets in them.
DOCUMENTS = ("sale.order", "purchase.order", "stock.picking", "mrp.production", "account.move", "stock.lot",
             "product.product", "res.partner", "project.task", "repair.order", "mrp.bom", "mrp.workorder")


def test_forms_ask_for_no_more_rights_than_their_document(demo):
    """ARC-5, STYLE 13: whoever can read a document can open its form. What may stay empty in it, because he may not
    read it, is Odoo's own: nothing that the suite shows needs rights of its own."""
    ours, empty, opened = set(shipped()), set(), set()
    read_nothing = Base._read_nothing

    def note(records, name):
        field = records._fields[name]
        if ours.issuperset(field._modules):
            empty.add(f"{records.env.user.login}: {field}")
        return read_nothing(records, name)

    with demo.env() as env, patch.object(Base, "_read_nothing", note):
        company = env.ref("switchgear_demo.company")
        for user in people(env):
            mine = env(user=user, context={"lang": user.lang, "tz": user.tz, "allowed_company_ids": company.ids})
            for name in DOCUMENTS:
                if not mine[name].has_access("read"):
                    continue
                for record in mine[name].search([], limit=1, order="id desc"):
                    read_form(record)
                    opened.add(name)
        env.cr.rollback()  # the company is that of the other tests, too
    assert not empty, "\n".join(sorted(empty))
    assert opened >= {"sale.order", "purchase.order", "stock.picking", "mrp.production", "stock.lot", "product.product"}
