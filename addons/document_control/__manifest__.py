{
    "name": "Document Control",
    "summary": "What people sign stays: guarded fields, declared transitions, seals, numbers",
    "version": "19.0.1.2.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["mail", "hr"],
    "icon": "/document_control/static/description/icon.svg",
}
