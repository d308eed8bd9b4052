from odoo.addons.document_control.tools.handover import take_over

#: What quality_inspection kept before this addon was cut out of it.
TAKEN = ("corrective", r"^mail_activity_type_effectiveness$",
         r"^quality_reason_action_(task|effective|ineffective)$",
         r"^selection__quality_reason__operation__(task|effective|ineffective)$")


def pre_init_hook(env):
    """Corrective actions that were written with former versions of quality_inspection stay (NCR-7)."""
    take_over(env, "quality_inspection", "quality_corrective", TAKEN)
