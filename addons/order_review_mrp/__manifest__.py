{
    "name": "Order Review Mrp",
    "summary": "What Order Review Mrp does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["material_pegging", "order_review", "purchase_mrp", "sale_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_review_mrp_rules.xml",
        "views/order_review_mrp_views.xml",
        "views/order_review_mrp_menus.xml",
    ],
    "auto_install": True,
    "icon": "/order_review_mrp/static/description/icon.svg",
}
