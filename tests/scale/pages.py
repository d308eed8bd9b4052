"""What the web client asks the server for when a menu is opened: the first view of its action, as its user."""
from lxml import etree

from odoo import fields
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time

from database import shipped

#: What the web client shows first: rows of a list, cards of a column.
PAGE, CARDS = 80, 40
AGGREGATED = ("integer", "float", "monetary")


def menus(env):
    """Menus of the suite with the person who opens each: ``[(path, action, user)]``, an action once.

    Of those who see a menu that is whoever finds most behind it.
    """
    mine = env["ir.model.data"].search([("model", "=", "ir.ui.menu"), ("module", "in", list(shipped()))])
    ours = set(mine.mapped("res_id"))
    people = env["ir.model.data"].search([("model", "=", "res.users"), ("module", "=", "switchgear_demo")])
    seen = {user: ours & env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for user in env["res.users"].browse(people.mapped("res_id")).filtered(lambda user: user._is_internal())}
    found, actions = [], set()
    for menu in env["ir.ui.menu"].browse(sorted(ours)).sorted("complete_name"):
        action, people = menu.action, [user for user, visible in seen.items() if menu.id in visible]
        if action and action not in actions and people and action._name == "ir.actions.act_window":
            actions.add(action)
            found.append((menu.complete_name, action, max(
                people, key=lambda user: (_number(env[action.res_model].with_user(user)), -len(seen[user]), user.id))))
    return found


def _number(model):
    return model.search_count([]) if model.has_access("read") and not model._transient else 0


def opened(action, user):
    """A function that asks what opening an action asks, or None where it shows no records by itself."""
    kind = action.view_mode.split(",")[0]
    model = action.env[action.res_model].with_user(user).with_context(lang=user.lang, tz=user.tz)
    if kind == "form" or model._transient:
        return None
    names = {
        "uid": user.id, "context_today": fields.Date.today, "datetime": datetime, "time": time, "context": {},
        "relativedelta": dateutil.relativedelta.relativedelta, "active_id": False, "active_ids": [],
        "allowed_company_ids": user.company_ids.ids, "current_company_id": user.company_id.id,
    }
    context = safe_eval(action.context or "{}", dict(names))
    domain = list(safe_eval(action.domain or "[]", dict(names)))
    chosen = [view.view_id.id for view in action.view_ids if view.view_mode == kind]
    view_id = chosen[0] if chosen else action.view_id.id if action.view_id.type == kind else None
    views = model.with_context(context).get_views([(view_id, kind), (action.search_view_id.id, "search")])["views"]
    arch, search = (etree.fromstring(views[name]["arch"]) for name in (kind, "search"))
    found, groups = _searched(search, context, names)
    domain += found
    groups = groups or [arch.get("default_group_by")] * bool(arch.get("default_group_by"))
    model = model.with_context({
        name: value for name, value in context.items() if not name.startswith("search_default_")})
    if kind in ("pivot", "graph"):
        return lambda: _aggregated(model, arch, domain, groups)
    if kind == "schedule":
        return None  # benches of its own measure it
    specification = _specification(arch, model)
    if kind in ("list", "kanban") and groups:
        return lambda: model.with_context(read_group_expand=kind == "kanban").web_read_group(
            domain, groups[:1], _aggregates(arch, model), limit=PAGE, auto_unfold=kind == "kanban",
            unfold_read_specification=specification, unfold_read_default_limit=CARDS)
    return lambda: model.web_search_read(
        domain, specification, limit=PAGE, order=arch.get("default_order"), count_limit=10001)


def _searched(search, context, names):
    """Domain and groups of the filters that an action switches on."""
    domain, groups = [], []
    for node in search.iter("filter", "field"):
        value = context.get(f"search_default_{node.get('name')}")
        if not value:
            continue
        if node.tag == "filter":
            domain += list(safe_eval(node.get("domain") or "[]", dict(names)))
            asked = safe_eval(node.get("context") or "{}", dict(names)).get("group_by")
            groups += [asked] if isinstance(asked, str) else asked or []
    return domain, groups


def _specification(arch, model):
    """Fields of a view with those that the web client asks for of what they point to."""
    found = {}
    for node in arch.iter("field"):
        if next(node.iterancestors("field"), None) is not None:
            continue  # of a list inside the view
        field = model._fields.get(node.get("name"))
        if field and model._has_field_access(field, "read"):
            found[field.name] = {"fields": {"display_name": {}}} if field.relational else {}
    return found


def _aggregates(arch, model):
    shown = [model._fields[name] for name in dict.fromkeys(node.get("name") for node in arch.iter("field"))
             if name in model._fields]
    return ["__count", *(
        f"{field.name}:{field.aggregator}" for field in shown
        if field.store and field.aggregator and field.type in AGGREGATED and model._has_field_access(field, "read"))]


def _aggregated(model, arch, domain, groups):
    """What a pivot or a graph shows of its first groups."""
    rows = [":".join(filter(None, (node.get("name"), node.get("interval")))) for node in arch.iter("field")
            if node.get("type") != "measure" and model._fields[node.get("name")].type not in AGGREGATED]
    return model.formatted_read_group(domain, groups or rows, _aggregates(arch, model))
