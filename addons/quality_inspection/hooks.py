def post_init_hook(env):
    """Give every warehouse its inspection area."""


def uninstall_hook(env):
    """Leave Odoo's stock usable."""
