from . import (
    order_indicator,
    order_indicator_board,
    order_indicator_check,
    order_indicator_digest,
    order_indicator_drill,
    order_indicator_query,
    order_indicator_subscription,
    order_indicator_target,
    order_indicator_text,
    res_company,
    res_config_settings,
)
