{
    "name": "Project Master Plan: Transfers",
    "summary": "Transfers and deliveries tell the progress of a plan's items; what is finished and not shipped",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan", "project_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/project_plan_unshipped_rules.xml",
        "data/project_plan_unshipped_data.xml",
        "views/stock_picking_views.xml",
        "views/project_plan_unshipped_views.xml",
    ],
    "auto_install": True,
    "icon": "/project_plan_stock/static/description/icon.svg",
}
