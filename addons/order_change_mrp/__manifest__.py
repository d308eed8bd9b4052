{
    "name": "Order Change Mrp",
    "summary": "What Order Change Mrp does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["order_change", "purchase_mrp", "purchase_request_control", "sale_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_change_mrp_rules.xml",
        "views/order_change_mrp_views.xml",
        "views/order_change_mrp_menus.xml",
    ],
    "auto_install": True,
    "icon": "/order_change_mrp/static/description/icon.svg",
}
