{
    "name": "Switchgear Demo Company",
    "summary": "Demo data: a Chinese manufacturer of high and low voltage switchgear with orders at every stage",
    "version": "19.0.1.0.0",
    "author": "Order-to-Service Suite",
    "license": "LGPL-3",
    "category": "Hidden",
    "depends": ["order_review", "sale_mrp", "purchase_mrp", "l10n_cn"],
    "demo": [],
}
