{
    "name": "Order Delivery with Review",
    "summary": "No delivery without a contract in effect",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_delivery", "order_review"],
    "data": ["views/res_config_settings_views.xml"],
    "auto_install": True,
    "icon": "/order_delivery_review/static/description/icon.svg",
}
