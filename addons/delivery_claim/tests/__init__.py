from . import test_claim_access
from . import test_claim_bad_input
from . import test_claim_evidence
from . import test_claim_flow
from . import test_claim_freight
from . import test_claim_loss
from . import test_claim_trace
