{
    "name": "Material Pegging",
    "summary": "What Material Pegging does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["document_control", "purchase_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/material_pegging_rules.xml",
        "views/material_pegging_views.xml",
        "views/material_pegging_menus.xml",
    ],
    "icon": "/material_pegging/static/description/icon.svg",
}
