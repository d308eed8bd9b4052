from . import base
from . import document_fence_mixin
from . import document_control_mixin
from . import document_link_mixin
from . import hr_department
from . import ir_attachment
from . import mail_message
from . import res_users
