{
    "name": "Order Payment: Transfers",
    "summary": "Payments become due when the goods are ready and when they are delivered",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_payment", "sale_stock"],
    "auto_install": True,
    "icon": "/order_payment_stock/static/description/icon.svg",
}
