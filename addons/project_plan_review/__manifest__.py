{
    "name": "Project Master Plan: Production Instruction",
    "summary": "The production instruction makes the master plan; the order and its plan know each other",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan", "order_review", "sale_project"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_activity_type_data.xml",
        "views/project_plan_template_views.xml",
        "views/project_project_views.xml",
        "views/production_instruction_views.xml",
        "views/sale_order_views.xml",
    ],
    "auto_install": True,
    "icon": "/project_plan_review/static/description/icon.svg",
}
