{
    "name": "Quality: Control Charts",
    "summary": "Control charts with run rules, and capability, of what was inspected",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Quality",
    "depends": ["quality_inspection"],
    "data": ["views/quality_control_chart_views.xml"],
    "assets": {
        "web.assets_backend": ["quality_spc/static/src/**/*"],
        "web.assets_unit_tests": ["quality_spc/static/tests/*.test.js"],
    },
    "pre_init_hook": "pre_init_hook",
    "icon": "/quality_spc/static/description/icon.svg",
}
