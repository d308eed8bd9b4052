{
    "name": "Web Schedule",
    "summary": "A timeline as a view of any model: planned, actual, forecast, links, moves that show their effect",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["web"],
    "assets": {
        "web.assets_backend_lazy": ["web_schedule/static/src/**/*"],
        "web_schedule.assets_gantt": [
            "web_schedule/static/lib/dhtmlx_gantt/dhtmlxgantt.css",
            "web_schedule/static/lib/dhtmlx_gantt/dhtmlxgantt.js",
        ],
        "web.assets_unit_tests": ["web_schedule/static/tests/**/*"],
    },
    "icon": "/web_schedule/static/description/icon.svg",
}
