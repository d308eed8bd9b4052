{
    "name": "Managers' Board: Digest in the Group",
    "summary": "The weekly digest is told in a group of WeCom, DingTalk or Feishu, too, by its robot",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Productivity",
    "depends": ["order_indicator", "order_sla_robot"],
    "data": ["views/res_config_settings_views.xml"],
    "auto_install": True,
    "icon": "/order_indicator_robot/static/description/icon.svg",
}
