{
    "name": "Material Shortage Quality",
    "summary": "What Material Shortage Quality does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["material_shortage", "quality_incoming", "quality_production"],
    "data": [
        "security/ir.model.access.csv",
        "security/material_shortage_quality_rules.xml",
        "views/material_shortage_quality_views.xml",
        "views/material_shortage_quality_menus.xml",
    ],
    "icon": "/material_shortage_quality/static/description/icon.svg",
}
