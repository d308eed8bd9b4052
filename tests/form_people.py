"""The models that the suite extends or owns, their forms, and the people who use them with the least rights."""
from odoo.fields import Command

from database import manifests

OURS = frozenset(manifests())


def is_ours(cls):
    """Whether a class that defines or extends a model stands in an addon of the suite; all models extend ``base``."""
    return getattr(cls, "_module", None) in OURS and getattr(cls, "_name", None) != "base"


def models(env):
    """Names of the models that the suite owns or extends."""
    return sorted(name for name, model in env.registry.items()
                  if not model._abstract and any(map(is_ours, model._base_classes__)))


def parents(env):
    """Names of further models with lists of such records: what we add is in their forms, too."""
    mine = set(models(env))
    return sorted(name for name, model in env.registry.items() if not model._abstract and name not in mine and any(
        field.type == "one2many" and field.comodel_name in mine for field in model._fields.values()))


def computed(env, name):
    """Computed fields of a model that we add, or whose computation we extend."""
    model = env.registry[name]
    return [field.name for field in model._fields.values() if field.compute and (
        OURS.intersection(field._modules) or _is_extended(model, field.compute))]


def _is_extended(model, method):
    return isinstance(method, str) and any(is_ours(cls) and method in vars(cls) for cls in model.mro())


def forms(env, name):
    return env["ir.ui.view"].search([("model", "=", name), ("type", "=", "form"), ("mode", "=", "primary")])


def least_groups(env, name, operation):
    """Groups whose rows allow an operation on a model, and that need no other such group for it."""
    rows = env["ir.model.access"].search([("model_id.model", "=", name), (f"perm_{operation}", "=", True)])
    outside = env.ref("base.group_portal") | env.ref("base.group_public")
    groups = rows.group_id.filtered(lambda group: not group.all_implied_ids & outside)
    return groups.filtered(lambda group: not (group.all_implied_ids - group) & groups)


class People:
    """An employee for each group, with no other rights, who works in Chinese as everybody here does."""

    def __init__(self, env, company=None):
        self.env, self.company, self.users = env, company or env.company, {}

    def hire(self, groups):
        """Make the employees of these groups who are not there yet, all at once."""
        missing = [group for group in groups if group not in self.users]
        users = self.env["res.users"].with_context(no_reset_password=True).create([{
            "login": f"form_{group.id}", "name": group.full_name, "email": f"form_{group.id}@plant.example",
            "lang": "zh_CN", "tz": "Asia/Shanghai", "company_id": self.company.id,
            "company_ids": [Command.set(self.company.ids)],
            "group_ids": [Command.set((self.env.ref("base.group_user") | group).ids)],
        } for group in missing])
        self.users.update(zip(missing, users, strict=True))

    def of(self, group, lang="zh_CN"):
        """Environment of the employee with that group."""
        self.hire(group)
        user = self.users[group]
        return self.env(user=user, context={  # the client knows uid in a view's conditions, the test's form does not
            "lang": lang, "allowed_company_ids": self.company.ids, "uid": user.id})

    def visits(self, names, operation):
        """Every form of every model with everybody who may do it: environment, group's id, model's name, view."""
        for name in names:
            for group in least_groups(self.env, name, operation):
                env, key = self.of(group), group.get_external_id()[group.id]
                for view in forms(self.env, name):
                    if not view.group_ids or view.group_ids & env.user.all_group_ids:
                        yield env, key, name, view
