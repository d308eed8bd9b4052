{
    "name": "Material Shortage: Quality",
    "summary": "Held goods are no supply; rejected lots and missing parts of process cards open shortages",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["material_shortage", "quality_incoming", "quality_production"],
    "auto_install": True,
    "icon": "/material_shortage_quality/static/description/icon.svg",
}
