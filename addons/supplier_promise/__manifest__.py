{
    "name": "Supplier Promise",
    "summary": "What Supplier Promise does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["order_sla", "portal", "purchase_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/supplier_promise_rules.xml",
        "views/supplier_promise_views.xml",
        "views/supplier_promise_menus.xml",
    ],
    "icon": "/supplier_promise/static/description/icon.svg",
}
