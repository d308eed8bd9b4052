{
    "name": "Web Outbox",
    "summary": "What is entered on a device without network is kept there, and sent exactly once, in order",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["web"],
    "data": [
        "security/ir.model.access.csv",
        "views/web_outbox_entry_views.xml",
    ],
    "assets": {
        "web.assets_unit_tests": ["web_outbox/static/src/**/*", "web_outbox/static/tests/**/*"],
    },
    "icon": "/web_outbox/static/description/icon.svg",
}
