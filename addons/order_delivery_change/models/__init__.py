from . import delivery_notice
