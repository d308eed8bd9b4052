"""Where the tests of the demo company find its records."""


def order(env, name):
    return env.ref(f"switchgear_demo.order_{name}")


def people(env):
    return env["res.users"].search([
        ("company_id", "=", env.ref("switchgear_demo.company").id), ("share", "=", False),
        ("id", "!=", env.ref("base.user_admin").id)])
