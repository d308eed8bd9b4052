{
    "name": "Scanning: Delivery",
    "summary": "The loading check of a delivery notice by scanning crates, goods and serial numbers",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["warehouse_scan", "order_delivery"],
    "data": [
        "report/scan_delivery_reports.xml",
        "views/delivery_notice_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
    "icon": "/scan_delivery/static/description/icon.svg",
}
