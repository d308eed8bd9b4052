{
    "name": "After-Sales: Carriage Claims",
    "summary": "One click from damaged goods to the service that mends them, linked both ways",
    "version": "19.0.1.4.1",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Helpdesk",
    "depends": ["aftersales", "delivery_claim"],
    "data": [
        "security/aftersales_claim_rules.xml",
        "views/delivery_claim_views.xml",
        "views/service_request_views.xml",
    ],
    "auto_install": True,
    "icon": "/aftersales_claim/static/description/icon.svg",
}
