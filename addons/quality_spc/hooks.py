from odoo.addons.document_control.tools.handover import take_over

#: What quality_inspection kept before this addon was cut out of it.
TAKEN = ("control_chart", r"^quality_inspection_menu_charts$")


def pre_init_hook(env):
    """Menu and action of former versions of quality_inspection stay what they were, with what users made of them."""
    take_over(env, "quality_inspection", "quality_spc", TAKEN)
