"""The allowed arrows between addons. They point down only: from a layer to a lower one.

An addon that is not drawn here must not exist: draw it first, in the layer where it belongs. An addon ``test_<addon>``
holds what only the tests of ``<addon>`` need, and stands on it alone.
"""

#: From the bottom to the top. Each addon: what its manifest may depend on, of the suite and of Odoo.
LAYERS = (
    # the kernels: know no business model
    {
        "document_control": {"mail", "hr"},
        "web_schedule": {"web"},
        "web_outbox": {"web"},
    },
    {
        "order_sla": {"document_control", "mail", "hr", "resource", "base_automation"},
        "stock_gate_pass": {"document_control", "stock"},
    },
    {
        "quality_inspection": {"order_sla", "stock_gate_pass"},
        "contact_sheet": {"order_sla"},
        "document_release": {"order_sla"},
        "order_indicator": {"order_sla", "web", "mail"},
    },
    # what shortages stand on: rooms of their own
    {
        "material_pegging": {"document_control", "purchase_mrp", "sale_stock"},
        "supplier_promise": {"order_sla", "purchase_stock", "portal"},
        "purchase_request_control": {"document_control", "purchase_mrp", "purchase_request"},
    },
    # the rooms
    {
        "order_sla_robot": {"order_sla"},
        "material_shortage": {"order_sla", "material_pegging", "supplier_promise", "purchase_request_control"},
        "order_review": {"order_sla", "sale_management"},
        "project_plan": {"order_sla", "project", "web_schedule", "contact_sheet", "document_release"},
        "quality_incoming": {"order_sla", "quality_inspection", "purchase_stock"},
        "quality_production": {"order_sla", "quality_inspection", "mrp"},
        "quality_corrective": {"quality_inspection"},
        "quality_spc": {"quality_inspection"},
        "order_delivery": {"order_sla", "sale_stock", "stock_delivery", "stock_gate_pass"},
        "order_payment": {"order_sla", "sale_management", "account"},
        "aftersales": {"order_sla", "contact_sheet", "repair", "portal", "rating"},
        "warehouse_scan": {"document_control", "web_outbox", "stock", "barcodes", "barcodes_gs1_nomenclature"},
    },
    # rooms that stand on a room
    {
        "order_change": {"order_review", "document_release"},
        "order_closeout": {"order_review"},
        "aftersales_visit": {"aftersales", "web_outbox", "stock"},
        "delivery_claim": {"order_delivery", "account"},
        "delivery_ledger": {"order_delivery"},
    },
    # what manufacturing, purchasing and stock know of a review and of a change, and quality of a customer's request:
    # they install themselves
    {
        "order_review_mrp": {"order_review", "material_pegging", "sale_mrp", "purchase_mrp"},
        "aftersales_quality": {"aftersales", "quality_inspection"},
        "order_change_mrp": {"order_change", "purchase_request_control", "sale_mrp", "purchase_mrp"},
        # flows of the scanner, each of a room
        "scan_quality": {"warehouse_scan", "quality_incoming"},
        "scan_mrp": {"warehouse_scan", "material_shortage"},
        "scan_delivery": {"warehouse_scan", "order_delivery"},
    },
    # glue: installs itself, has no model of its own
    {
        "order_closeout_mrp": {"order_closeout", "sale_mrp", "purchase_mrp"},
        "order_closeout_payment": {"order_closeout", "order_payment"},
        "order_payment_review": {"order_payment", "order_review"},
        "order_payment_stock": {"order_payment", "sale_stock"},
        "project_plan_review": {"project_plan", "order_review", "sale_project"},
        "project_plan_mrp": {"project_plan", "project_mrp"},
        "project_plan_purchase": {"project_plan", "project_purchase"},
        "project_plan_stock": {"project_plan", "project_stock"},
        "material_shortage_quality": {"material_shortage", "quality_incoming", "quality_production"},
        "order_delivery_review": {"order_delivery", "order_review"},
        "order_delivery_quality": {"order_delivery", "quality_production"},
        "order_delivery_change": {"order_delivery", "order_change"},
        "order_delivery_payment": {"order_delivery", "order_payment"},
        "aftersales_delivery": {"aftersales", "order_delivery"},
        "aftersales_claim": {"aftersales", "delivery_claim"},
        "aftersales_release": {"aftersales", "document_release"},
        "order_indicator_robot": {"order_indicator", "order_sla_robot"},
        "order_indicator_dashboard": {"order_indicator", "spreadsheet_dashboard"},
    },
    # glue that joins what other glue has joined
    {
        "order_change_quality": {"order_change_mrp", "quality_production"},
        "aftersales_change": {"aftersales_release", "order_change"},
        "project_plan_delivery": {"project_plan_review", "order_delivery"},
        "project_plan_workcenter": {"project_plan_mrp"},
        "project_plan_quality": {
            "project_plan_mrp", "project_plan_purchase", "project_plan_stock", "quality_incoming",
            "quality_production"},
        "project_plan_supply": {
            "project_plan_review", "project_plan_mrp", "project_plan_purchase", "project_plan_stock", "sale_mrp",
            "purchase_mrp"},
    },
    # the demo company stands on everything
    {
        "switchgear_demo": {
            "order_change_mrp", "order_change_quality", "order_review_mrp", "order_closeout_mrp",
            "project_plan_quality", "project_plan_review", "project_plan_supply", "project_plan_workcenter",
            "material_shortage_quality", "quality_incoming", "quality_production", "quality_corrective", "quality_spc",
            "order_indicator", "order_delivery_change", "order_delivery_payment", "order_delivery_quality",
            "order_delivery_review",
            "delivery_claim", "delivery_ledger", "project_plan_delivery", "order_payment_review", "order_payment_stock",
            "aftersales_quality", "aftersales_visit", "aftersales_change", "aftersales_delivery", "aftersales_claim",
            "scan_delivery",
            "scan_mrp", "scan_quality",
            "sale_mrp", "purchase_mrp", "l10n_cn", "mail_bot",
        },
    },
)

GLUE = LAYERS[7] | LAYERS[8]

#: What an addon must not stand on, not even through another one.
NEVER = {
    "document_control": {"sale", "purchase", "stock", "mrp", "project", "repair"},
    "order_sla": {"sale", "purchase", "stock", "mrp", "project", "repair"},
    "stock_gate_pass": {"sale", "purchase", "mrp", "order_sla"},
    "web_schedule": {"mail", "project"},
    "web_outbox": {"mail", "hr", "stock"},
    "contact_sheet": {"sale", "purchase", "stock", "mrp", "project", "repair"},
    "order_indicator": {"sale", "purchase", "stock", "mrp", "project", "repair"},
    "document_release": {"sale", "purchase", "stock", "mrp", "project", "repair"},
    "project_plan": {"sale", "purchase", "stock", "mrp"},
    "order_review": {"stock", "mrp", "purchase"},
    "order_change": {"stock", "mrp", "purchase"},
    "order_closeout": {"stock", "mrp", "purchase"},
    "order_payment": {"stock", "mrp", "purchase"},
    "material_pegging": {"project", "order_sla", "purchase_request"},
    "supplier_promise": {"mrp", "project", "sale"},
    "purchase_request_control": {"project", "order_sla"},
    "material_shortage": {"project"},
    "quality_inspection": {"mrp", "purchase", "sale"},
    "quality_incoming": {"mrp"},
    "quality_production": {"purchase"},
    "quality_corrective": {"mrp", "purchase", "sale"},
    "quality_spc": {"mrp", "purchase", "sale"},
}

#: Addons of others that the suite may stand on (see config/requirements/addons.txt).
OTHERS = {"purchase_request"}
