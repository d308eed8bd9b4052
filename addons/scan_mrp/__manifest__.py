{
    "name": "Scanning: Manufacturing",
    "summary": "Components of a manufacturing order picked and checked by scanning, missing parts reported on the spot",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["warehouse_scan", "material_shortage"],
    "data": ["report/scan_mrp_reports.xml", "views/scan_menus.xml"],
    "auto_install": True,
    "icon": "/scan_mrp/static/description/icon.svg",
}
