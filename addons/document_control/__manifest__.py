{
    "name": "Document Control",
    "summary": "What people sign stays: guarded fields, declared transitions, seals, numbers",
    "version": "19.0.1.4.1",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["mail", "hr"],
    "data": ["report/paper_form_templates.xml", "views/public_page_templates.xml"],
    "assets": {"web.report_assets_common": ["document_control/static/src/report/**/*"]},
    "icon": "/document_control/static/description/icon.svg",
}
