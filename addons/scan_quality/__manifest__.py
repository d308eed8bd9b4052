{
    "name": "Scanning: Quality",
    "summary": "Receipts by their delivery note, inspections with photos and the gate by scanning",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["warehouse_scan", "quality_incoming"],
    "data": ["report/scan_quality_reports.xml", "views/scan_menus.xml"],
    "auto_install": True,
    "icon": "/scan_quality/static/description/icon.svg",
}
