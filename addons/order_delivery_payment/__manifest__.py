{
    "name": "Order Delivery with Payment",
    "summary": "No delivery with a payment due, unless it is allowed",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_delivery", "order_payment"],
    "auto_install": True,
    "icon": "/order_delivery_payment/static/description/icon.svg",
}
