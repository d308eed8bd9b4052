{
    "name": "Order Closeout",
    "summary": "What Order Closeout does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["order_review"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_closeout_rules.xml",
        "views/order_closeout_views.xml",
        "views/order_closeout_menus.xml",
    ],
    "icon": "/order_closeout/static/description/icon.svg",
}
