{
    "name": "Warehouse Scan",
    "summary": "Receive, put away, pick, move, count and ship with a scanner or a phone, with network or without",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["barcodes", "barcodes_gs1_nomenclature", "document_control", "stock", "web_outbox"],
    "data": [
        "security/ir.model.access.csv",
        "security/warehouse_scan_rules.xml",
        "data/scan_code_ai_data.xml",
        "views/res_config_settings_views.xml",
        "views/scan_code_pattern_views.xml",
        "views/scan_code_ai_views.xml",
        "views/warehouse_scan_menus.xml",
        "views/scan_page_templates.xml",
        "report/scan_label_templates.xml",
        "report/scan_label_reports.xml",
        "views/scan_label_menus.xml",
    ],
    "assets": {
        "warehouse_scan.assets": [
            ("include", "web_outbox.assets_page"),
            "warehouse_scan/static/src/**/*",
        ],
        "web.report_assets_common": ["warehouse_scan/static/report/**/*"],
        # The reader of codes for browsers that have none: loaded when the camera is first opened.
        "warehouse_scan.assets_camera": [
            "web/static/lib/zxing-library/zxing-library.js",
        ],
        "web.assets_unit_tests": [
            "warehouse_scan/static/src/**/*.js",
            "warehouse_scan/static/src/**/*.xml",
            "warehouse_scan/static/tests/**/*",
        ],
    },
    "icon": "/warehouse_scan/static/description/icon.svg",
}
