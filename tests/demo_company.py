"""Where the tests of the demo company find its records, and how they open them."""
from lxml import etree


def order(env, name):
    return env.ref(f"switchgear_demo.order_{name}")


def people(env):
    return env["res.users"].search([
        ("company_id", "=", env.ref("switchgear_demo.company").id), ("share", "=", False),
        ("id", "!=", env.ref("base.user_admin").id)])


def read_form(record):
    """Read what the web client reads when the form is opened, the lists in it included."""
    record.env.invalidate_all()
    arch = etree.fromstring(record.get_view(view_type="form")["arch"])
    return record.web_read(form_spec(record, arch))


def form_spec(model, arch):
    spec = {}
    for node in arch.xpath(".//field[not(ancestor::field)]") if arch.tag != "field" else arch[0].iterfind(".//field"):
        field = model._fields[node.get("name")]
        spec[field.name] = {}
        if field.relational:
            lists = [child for child in node if child.tag in ("list", "kanban")]
            spec[field.name]["fields"] = {"display_name": {}} | (
                form_spec(model.env[field.comodel_name], node) if lists else {})
    return spec
