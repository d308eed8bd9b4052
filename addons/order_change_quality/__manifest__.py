{
    "name": "Order Change: Inspections",
    "summary": "Who inspects by a drawing that a change has put out of force is warned",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Quality",
    "depends": ["order_change_mrp", "quality_production"],
    "auto_install": True,
    "icon": "/order_change_quality/static/description/icon.svg",
}
