{
    "name": "Project Master Plan: Manufacturing",
    "summary": "Manufacturing orders and work orders tell the progress of a plan's items",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan", "project_mrp"],
    "data": ["views/mrp_production_views.xml"],
    "auto_install": True,
    "icon": "/project_plan_mrp/static/description/icon.svg",
}
