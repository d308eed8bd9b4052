{
    "name": "Order SLA: Group Robots",
    "summary": "Reminders and escalations in the group chat: robots of WeCom, DingTalk and Feishu",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["order_sla"],
    "data": [
        "security/ir.model.access.csv",
        "security/sla_robot_rules.xml",
        "data/ir_cron_data.xml",
        "views/sla_robot_message_views.xml",
        "views/sla_robot_views.xml",
        "views/sla_policy_step_views.xml",
        "views/order_sla_robot_menus.xml",
    ],
    "icon": "/order_sla_robot/static/description/icon.svg",
}
