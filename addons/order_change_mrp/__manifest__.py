{
    "name": "Order Change: Manufacturing and Purchasing",
    "summary": "What manufacturing, purchasing and stock do with a change of an order: impact, application, cancellation",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["order_change", "purchase_mrp", "purchase_request_control", "sale_mrp"],
    "data": [
        "data/order_review_role_data.xml",
        "views/mrp_production_views.xml",
        "views/order_change_views.xml",
    ],
    "auto_install": True,
    "icon": "/order_change_mrp/static/description/icon.svg",
}
