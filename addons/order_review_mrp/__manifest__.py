{
    "name": "Order Review with Manufacturing",
    "summary": "The earliest date at which a quotation can be delivered, what drives it, and what if",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["material_pegging", "order_review", "purchase_mrp", "sale_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/order_feasible_rules.xml",
        "wizard/order_feasible_views.xml",
        "views/order_review_panel_templates.xml",
        "views/order_review_views.xml",
        "views/sale_order_views.xml",
    ],
    "auto_install": True,
    "icon": "/order_review_mrp/static/description/icon.svg",
}
