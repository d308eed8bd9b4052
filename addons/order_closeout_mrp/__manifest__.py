{
    "name": "Order Closeout with Manufacturing",
    "summary": "What was made, bought and delivered in the order's dossier; cost against plan",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_closeout", "purchase_mrp", "sale_mrp"],
    "auto_install": True,
    "icon": "/order_closeout_mrp/static/description/icon.svg",
}
