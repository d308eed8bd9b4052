from . import delivery_claim_say
