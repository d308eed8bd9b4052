{
    "name": "Order SLA",
    "summary": "Time limits in working hours, clocks, reminders and escalation on any document",
    "version": "19.0.1.0.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["mail", "hr", "resource", "base_automation"],
    "data": [
        "security/order_sla_groups.xml",
        "security/ir.model.access.csv",
        "security/order_sla_rules.xml",
        "data/ir_cron_data.xml",
    ],
    "application": True,
}
