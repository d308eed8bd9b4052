from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class QualityHoldMixin(models.AbstractModel):
    """A document because of which goods in a hold location are held (REC-7).

    A quant is held when it stands in a hold location and such a document of its company, product and lot still has
    a quantity there. Goods that cannot be told apart, without lots, are held together.
    The model that inherits has ``product_id`` and ``company_id`` and an index
    ``(product_id) WHERE quantity_held > 0``, and is named by :meth:`_get_hold_models`.
    """
    _name = "quality.hold.mixin"
    _description = "Document That Holds Goods"

    quantity_held = fields.Float(
        string="Held", digits="Product Unit", readonly=True, copy=False,
        help="Quantity in the product's unit that still stands in a hold location because of this document.")
    held_lot_ids = fields.Many2many(
        "stock.lot", string="Held Lots", readonly=True, copy=False,
        help="Lots or serial numbers that are still held; empty for goods without lots.")

    @api.model
    def _get_hold_models(self):
        """Names of the models that hold goods."""
        return ["quality.inspection"]

    @api.model
    def _get_held(self, product_ids):
        """What is held of these products: one query.

        :return: ``{(company id, product id): set of lot ids}``; the set holds ``False`` when goods are held whatever
            their lot is
        """
        if not product_ids:
            return {}
        queries = []
        for name in self._get_hold_models():
            # sudo: goods are held for everybody, also for those who may not read why
            model = self.env[name].sudo()
            model.flush_model(["product_id", "company_id", "quantity_held", "held_lot_ids"])
            field = model._fields["held_lot_ids"]
            queries.append(SQL(
                "SELECT doc.company_id, doc.product_id, rel.%(lot)s FROM %(table)s doc "
                "LEFT JOIN %(relation)s rel ON rel.%(doc)s = doc.id "
                "WHERE doc.quantity_held > 0 AND doc.product_id = ANY(%(products)s)",
                lot=SQL.identifier(field.column2), doc=SQL.identifier(field.column1),
                table=SQL.identifier(model._table), relation=SQL.identifier(field.relation),
                products=list(product_ids)))
        held = {}
        for company, product, lot in self.env.execute_query(SQL(" UNION ALL ").join(queries)):
            held.setdefault((company, product), set()).add(lot or False)
        return held

    @api.model
    def _is_held(self, held, company, product, lot):
        """Whether goods are held, by what :meth:`_get_held` gave.

        :param company: id of the goods' company; False: held by any company's document
        """
        keys = [(company, product)] if company else [key for key in held if key[1] == product]
        return any(False in held[key] or lot in held[key] or not lot for key in keys if key in held)

    @api.model
    def _get_hold_documents(self, product, lot=None, company=None, limit=3):
        """Documents that hold a product, to be named in an error: ``[record]``, at most three of a model.

        :param lot: those that hold one of these lots, or goods without lots
        """
        documents = []
        for name in self._get_hold_models():
            domain = [("product_id", "=", product.id), ("quantity_held", ">", 0)]
            if company:
                domain.append(("company_id", "=", company.id))
            if lot:
                domain += ["|", ("held_lot_ids", "=", False), ("held_lot_ids", "in", lot.ids)]
            # sudo: whoever is refused may know which document is the reason
            documents.extend(self.env[name].sudo().search(domain, limit=limit))
        return documents

    @api.model
    def _get_unheld_quantity(self, product, lots, company, location):
        """Quantity of goods in a hold location that no document holds: they pass through, or wait for a request.

        :param lots: count only these; empty for goods without lots
        """
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        domain = Domain("product_id", "=", product.id) & Domain("company_id", "=", company.id) & Domain(
            "location_id", "in", list(hold_ids))
        if lots:
            domain &= Domain("lot_id", "in", lots.ids)
        # sudo: what is there, whoever asks
        quants = self.env["stock.quant"].sudo().search(domain)
        here = quants.filtered(lambda quant: quant.location_id._child_of(location))
        documents = self._get_hold_documents(product, lots, company, limit=None)
        free = sum(quants.mapped("quantity")) - sum(document.quantity_held for document in documents)
        return min(free, sum(here.mapped("quantity")))
