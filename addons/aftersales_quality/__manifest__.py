{
    "name": "After-Sales: Quality",
    "summary": "Nonconformities from site, claims to suppliers, inspection of returned goods, test reports",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Services/Helpdesk",
    "depends": ["aftersales", "quality_inspection"],
    "data": [
        "security/aftersales_quality_rules.xml",
        "views/service_request_views.xml",
        "views/stock_lot_views.xml",
        "views/quality_views.xml",
    ],
    "auto_install": True,
    "icon": "/aftersales_quality/static/description/icon.svg",
}
