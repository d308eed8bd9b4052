{
    "name": "Project Master Plan: Delivery Notices",
    "summary": "The shipping date that sales answers for finished goods moves the delivery notice",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": ["project_plan_review", "order_delivery"],
    "data": ["views/project_plan_unshipped_views.xml"],
    "auto_install": True,
    "icon": "/project_plan_delivery/static/description/icon.svg",
}
