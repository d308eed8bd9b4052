{
    "name": "Purchase Request Control",
    "summary": "What Purchase Request Control does, in one line",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["document_control", "purchase_mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/purchase_request_control_rules.xml",
        "views/purchase_request_control_views.xml",
        "views/purchase_request_control_menus.xml",
    ],
    "icon": "/purchase_request_control/static/description/icon.svg",
}
