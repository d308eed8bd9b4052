{
    "name": "Web Schedule: Test Items",
    "summary": "Items with dates, links and groups, for the tests of web_schedule only",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Hidden/Tests",
    "depends": ["web_schedule"],
    "data": [
        "security/ir.model.access.csv",
        "security/test_web_schedule_rules.xml",
        "views/test_schedule_item_views.xml",
    ],
}
