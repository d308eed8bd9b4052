from odoo import models


class IrActionsServer(models.Model):
    _inherit = "ir.actions.server"

    def _get_runner(self):
        """A step that writes a constant into a field does so on all of its records at once."""
        if (
            self.env.context.get("sla_clock_ids") and self.state == "object_write"
            and self.evaluation_type == "value" and "." not in (self.update_path or ".")
        ):
            return type(self)._run_sla_object_write_multi, True
        return super()._get_runner()

    def _run_sla_object_write_multi(self, eval_context=None):
        values = self._eval_value(eval_context=eval_context)
        eval_context["records"].write({self.update_field_id.name: values[self.id]})
