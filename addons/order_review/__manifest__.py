{
    "name": "Order Review",
    "summary": "Order intake, department review, contract and production instruction for engineered-to-order sales",
    "version": "19.0.1.0.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["order_sla", "sale_management"],
    "data": [],
    "application": True,
}
