{
    "name": "Project Master Plan: Work Centers",
    "summary": "Hours of all open work orders week by week against what their work centers can work",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan_mrp"],
    "data": [
        "data/ir_cron_data.xml",
        "data/project_plan_load_data.xml",
        "views/project_plan_load_views.xml",
    ],
    "auto_install": True,
    "icon": "/project_plan_workcenter/static/description/icon.svg",
}
