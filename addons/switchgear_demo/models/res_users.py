from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _set_password(self):
        """The people of the demo company have one password, which takes half a second to hash: it is hashed once.

        The context key stands in the demo files only; what is hashed is forgotten with the transaction.
        """
        if not self.env.context.get("switchgear_demo_one_password"):
            return super()._set_password()
        hashes = self.env.cr.cache.setdefault("switchgear_demo_passwords", {})
        for user in self:
            if user.password not in hashes:
                hashes[user.password] = self._crypt_context().hash(user.password)
            self._set_encrypted_password(user.id, hashes[user.password])
        return None
