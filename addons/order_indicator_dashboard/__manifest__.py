{
    "name": "Managers' Board: Dashboards",
    "summary": "Two dashboards of Odoo's spreadsheet, from order to service, and of quality and supply",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity/Dashboard",
    "depends": ["order_indicator", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard_data.xml", "views/order_indicator_dashboard_menus.xml"],
    "auto_install": True,
    "icon": "/order_indicator_dashboard/static/description/icon.svg",
}
