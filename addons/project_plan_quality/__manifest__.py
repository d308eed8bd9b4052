{
    "name": "Project Master Plan: Quality",
    "summary": "Inspections tell the progress of a plan's items; purchases count as in store when they are accepted",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": [
        "project_plan_mrp",
        "project_plan_purchase",
        "project_plan_stock",
        "quality_incoming",
        "quality_production",
    ],
    "data": ["views/quality_inspection_views.xml"],
    "auto_install": True,
    "icon": "/project_plan_quality/static/description/icon.svg",
}
