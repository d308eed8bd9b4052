{
    "name": "Order Delivery with Quality",
    "summary": "No delivery before its final inspection",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["order_delivery", "quality_production"],
    "auto_install": True,
    "icon": "/order_delivery_quality/static/description/icon.svg",
}
