{
    "name": "Project Master Plan: Supply of the Order",
    "summary": "Manufacturing orders, purchases and transfers made for an order belong to its master plan",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Project",
    "depends": [
        "project_plan_mrp",
        "project_plan_purchase",
        "project_plan_review",
        "project_plan_stock",
        "purchase_mrp",
        "sale_mrp",
    ],
    "auto_install": True,
    "icon": "/project_plan_supply/static/description/icon.svg",
}
