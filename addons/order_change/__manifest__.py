{
    "name": "Order Change",
    "summary": "What Order Change does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["document_release", "order_review"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_change_rules.xml",
        "views/order_change_views.xml",
        "views/order_change_menus.xml",
    ],
    "icon": "/order_change/static/description/icon.svg",
}
