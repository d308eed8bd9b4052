{
    "name": "After-Sales: Deliveries",
    "summary": "Customers are asked whether they are content, once their order is delivered and signed for",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Helpdesk",
    "depends": ["aftersales", "order_delivery"],
    "data": [
        "views/service_desk_views.xml",
    ],
    "auto_install": True,
    "icon": "/aftersales_delivery/static/description/icon.svg",
}
