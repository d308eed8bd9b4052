{
    "name": "Quality Inspection",
    "summary": "Inspection by standard sampling, quality hold, nonconformity, dispositions and gate passes",
    "version": "19.0.1.0.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Quality",
    "depends": ["order_sla", "stock"],
    "data": [
        "security/quality_inspection_groups.xml",
        "security/ir.model.access.csv",
        "security/quality_inspection_rules.xml",
        "data/ir_sequence_data.xml",
        "data/mail_activity_type_data.xml",
        "data/sla_policy_data.xml",
        "views/control_chart_actions.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "quality_inspection/static/src/**/*",
            ("remove", "quality_inspection/static/src/report/**/*"),
        ],
        "web.assets_tests": ["quality_inspection/static/tests/tours/*.js"],
        "web.assets_unit_tests": ["quality_inspection/static/tests/*.test.js"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
