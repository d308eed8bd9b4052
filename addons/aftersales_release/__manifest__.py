{
    "name": "After-Sales: Released Documents",
    "summary": "Documents released to a customer on his portal; those of a serial number's order with after-sales",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Helpdesk",
    "depends": ["aftersales", "document_release"],
    "data": [
        "security/aftersales_release_rules.xml",
        "views/document_release_views.xml",
        "views/document_release_kind_views.xml",
        "views/stock_lot_views.xml",
        "views/service_request_views.xml",
        "views/portal_templates.xml",
    ],
    "auto_install": True,
    "icon": "/aftersales_release/static/description/icon.svg",
}
