{
    "name": "Order SLA: Test Documents",
    "summary": "Documents with time limits, for the tests of order_sla only",
    "version": "19.0.1.4.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Hidden/Tests",
    "depends": ["order_sla"],
    "data": ["security/ir.model.access.csv"],
}
