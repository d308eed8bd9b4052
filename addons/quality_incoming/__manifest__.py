{
    "name": "Quality Incoming",
    "summary": "Delivery note, incoming inspection, effects on purchase and payment, supplier score",
    "version": "19.0.1.0.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Quality",
    "depends": ["quality_inspection", "purchase_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/quality_incoming_rules.xml",
        "data/product_data.xml",
        "data/mail_activity_type_data.xml",
        "wizard/quality_delivery_note_wizard_views.xml",
        "views/delivery_note_templates.xml",
    ],
}
