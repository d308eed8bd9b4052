"""Which methods devices may call through the outbox: those that say so themselves, and no other."""


def outbox_method(holds=True):
    """Declare that a method takes in what was entered on a device::

        @api.model
        @outbox_method()
        def outbox_arrive(self, said, moment): ...

    It is called on the empty recordset with the rights of the user, in a savepoint, and returns what JSON can say.
    ``said`` is what the device gives (files as base64), ``moment`` when it was entered.

    :param holds: after a refusal the later entries about the same subject wait on the device until somebody has decided
        what becomes of it; else they go on
    """
    def declare(method):
        method._outbox_holds = holds
        return method
    return declare


def get_handler(model, name):
    """Pair (method, whether a refusal holds) of a recordset; None where no class of the model declares it."""
    for parent in type(model).__mro__:
        holds = getattr(vars(parent).get(name), "_outbox_holds", None)
        if holds is not None:
            return getattr(model, name), holds
    return None
