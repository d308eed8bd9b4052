{
    "name": "After-Sales: Changes of Orders",
    "summary": "A serial number and its request say which change notices of the order are still open",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Helpdesk",
    "depends": ["aftersales_release", "order_change"],
    "data": [
        "views/stock_lot_views.xml",
        "views/service_request_views.xml",
    ],
    "auto_install": True,
    "icon": "/aftersales_change/static/description/icon.svg",
}
