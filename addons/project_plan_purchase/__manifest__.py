{
    "name": "Project Master Plan: Purchasing",
    "summary": "Purchase lines tell the progress of a plan's items",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan", "project_purchase"],
    "data": ["views/purchase_order_views.xml"],
    "auto_install": True,
    "icon": "/project_plan_purchase/static/description/icon.svg",
}
