"""Fingerprints of orders, rounds and signatures in their new form.

The former fingerprint was kept on the order, held the documents' names in the language of whoever sent the order, and
left out taxes, terms and configuration. An order that was up to date by it, in any language, is up to date by the new
one; one that was not stays outdated. What was signed stays signed. Overruled classes stay overruled.
"""
import hashlib
import json

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

ORDER_FIELDS = ("partner_id", "currency_id", "commitment_date", "order_class", "project_name", "project_background",
                "technical_requirements", "quality_requirements", "packing_requirements", "has_penalty_clause",
                "is_reputation_critical", "quality_beyond_standard")
LINE_FIELDS = ("product_id", "name", "product_uom_qty", "product_uom_id", "price_unit", "discount")
BATCH = 200
WORDS = (  # table, column, and the table whose name was taken, by which key
    ("order_review_line", "department_name", "hr_department", "department_id"),
    ("order_review_item", "unit_name", "uom_uom", "uom_id"),
    ("production_instruction_line", "unit_name", "uom_uom", "uom_id"),
    ("production_instruction_acknowledgement", "department_name", "hr_department", "department_id"))
BACKGROUND_DOMAIN = "order_line.product_id.design_class"


def migrate(cr, version):
    """Called by Odoo after the module was updated."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT id, review_digest, review_override_digest FROM sale_order "
               "WHERE review_id IS NOT NULL OR review_override_digest IS NOT NULL ORDER BY id")
    rows = cr.fetchall()
    for start in range(0, len(rows), BATCH):
        _renew_reviews(env, rows[start:start + BATCH])
        env.flush_all()
        env.invalidate_all()
    _bind_signatures(env)
    _keep_words(env)
    _keep_overruled_classes(env)
    _renew_background_check(env)
    cr.execute("ALTER TABLE sale_order DROP COLUMN IF EXISTS review_digest")


def _renew_reviews(env, rows):
    orders = env["sale.order"].browse(row[0] for row in rows)
    for order, (_id, digest, override) in zip(orders, rows, strict=True):
        former = _former_digests(order)
        if override in former:
            env.cr.execute(
                "UPDATE sale_order SET review_override_digest = %s WHERE id = %s", [order._review_digest(), order.id])
        if order.review_id and digest in former:
            _renew_round(order)
    orders.invalidate_recordset()
    env.add_to_compute(orders._fields["review_stage"], orders)


def _renew_round(order):
    """The frozen round is what the order is, but for the promised delivery date."""
    review, scope = order.review_id, order._describe_scope()
    asked = ((review.content or {}).get("order") or {}).get("commitment_date", scope["order"]["commitment_date"])
    reviewed = {**scope, "order": {**scope["order"], "commitment_date": asked}}
    promised = order._digest_scope(scope) if review.stage == "cleared" else None
    if review.state == "concluded" and not promised:
        promised = order._get_promised_digest(review.promise_date)
    order.env.cr.execute(
        "UPDATE order_review SET content = %s, digest = %s, promised_digest = %s WHERE id = %s",
        [json.dumps(reviewed), order._digest_scope(reviewed), promised, review.id])
    review.invalidate_recordset(["content", "digest", "promised_digest"])


def _former_digests(order):
    """The order's fingerprint as it was made before, in every language in which it may have been made."""
    return {_former_digest(order.with_context(lang=code)) for code, _name in order.env["res.lang"].get_installed()}


def _former_digest(order):
    def plain(record, name):
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.id or False
        if field.type in ("float", "monetary"):
            return f"{value:.6f}"
        if field.type in ("date", "datetime"):
            return field.to_string(value) or False
        return value or False

    def rows(values):
        return sorted(json.dumps({**row, "id": None}, sort_keys=True) for row in values)

    content = [
        {name: plain(order, name) for name in ORDER_FIELDS},
        rows({name: plain(line, name) for name in LINE_FIELDS} for line in order.order_line
             if not line.is_downpayment),
        rows({"name": document.display_name, "kind": document.kind, "checksum": document.checksum}
             for document in order._get_reviewed_documents()),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _bind_signatures(env):
    signed = env["sale.order"].search(["|", ("contract_signed_on", "!=", False), ("signed_on", "!=", False)])
    for start in range(0, len(signed), BATCH):
        for order in signed[start:start + BATCH]:
            env.cr.execute("UPDATE sale_order SET contract_digest = %s WHERE id = %s",
                           [order._contract_digest(), order.id])
        env.invalidate_all()


def _keep_words(env):
    """Names on forms that are signed already, in the language of most of the house."""
    env.cr.execute("SELECT partner.lang FROM res_users JOIN res_partner partner ON partner.id = res_users.partner_id "
                   "WHERE NOT res_users.share AND res_users.active "
                   "GROUP BY partner.lang ORDER BY count(*) DESC LIMIT 1")
    (lang,) = env.cr.fetchone() or (None,)
    for table, name, source, key in WORDS:
        env.cr.execute(SQL(
            "UPDATE %(table)s SET %(name)s = COALESCE(source.name->>%(lang)s, source.name->>'en_US') "
            "FROM %(source)s source WHERE source.id = %(table)s.%(key)s",
            table=SQL.identifier(table), name=SQL.identifier(name), lang=lang or "en_US",
            source=SQL.identifier(source), key=SQL.identifier(key)))
    env.invalidate_all()


def _keep_overruled_classes(env):
    for order in env["sale.order"].search([("order_class_reason", "!=", False)]):
        order.order_class_known_ids = order.order_class_criterion_ids


def _renew_background_check(env):
    """Only products that are ordered ask for the project's background; a check that was edited is left alone."""
    check = env.ref("order_review.intake_check_background", raise_if_not_found=False)
    if check and BACKGROUND_DOMAIN in (check.domain or ""):
        check.domain = check.domain.replace(BACKGROUND_DOMAIN, "ordered_product_ids.design_class")
