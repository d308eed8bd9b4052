{
    "name": "Material Shortage",
    "summary": "What Material Shortage does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["material_pegging", "order_sla", "purchase_request_control", "supplier_promise"],
    "data": [
        "security/ir.model.access.csv",
        "security/material_shortage_rules.xml",
        "views/material_shortage_views.xml",
        "views/material_shortage_menus.xml",
    ],
    "icon": "/material_shortage/static/description/icon.svg",
}
