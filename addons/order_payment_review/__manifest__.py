{
    "name": "Order Payment: Review",
    "summary": "The payment plan is reviewed and signed, the contract waits for its down payment",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_payment", "order_review"],
    "data": [
        "wizard/order_payment_revise_views.xml",
        "views/order_review_views.xml",
        "views/production_instruction_views.xml",
    ],
    "auto_install": True,
    "icon": "/order_payment_review/static/description/icon.svg",
}
