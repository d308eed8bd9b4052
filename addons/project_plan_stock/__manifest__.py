{
    "name": "Project Master Plan: Transfers",
    "summary": "Transfers and deliveries tell the progress of a plan's items",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan", "project_stock"],
    "data": ["views/stock_picking_views.xml"],
    "auto_install": True,
    "icon": "/project_plan_stock/static/description/icon.svg",
}
