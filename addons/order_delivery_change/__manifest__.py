{
    "name": "Order Delivery with Changes",
    "summary": "No delivery while a change is open, or by superseded documents",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_delivery", "order_change"],
    "auto_install": True,
    "icon": "/order_delivery_change/static/description/icon.svg",
}
