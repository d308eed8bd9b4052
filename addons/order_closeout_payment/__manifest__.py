{
    "name": "Order Closeout: Payment Plan",
    "summary": "An order is evaluated when what was due is paid; it does not wait a year for the retention",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_closeout", "order_payment"],
    "auto_install": True,
    "icon": "/order_closeout_payment/static/description/icon.svg",
}
