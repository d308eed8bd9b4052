from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import code_reader

#: Transfers that somebody may still work at.
OPEN = ("draft", "waiting", "confirmed", "assigned")


class Found(dict):
    """Records by what they are to the one who scans (``found.product``); what was not looked for is empty."""

    def __init__(self, env, reading):
        super().__init__()
        self.env, self.reading = env, reading

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __bool__(self):
        return any(self.values())


class ScanCode(models.AbstractModel):
    """What a code is in this company: one query for whatever it may be, with the user's rights (SCN-2)."""

    _name = "scan.code"
    _description = "Codes"

    @api.model
    def _read(self, raw, symbology=""):
        """:return: :class:`code_reader.Reading` of what a device has sent"""
        return code_reader.read(
            str(raw or ""), self.env["scan.code.ai"]._get_table(), symbology or "",
            *self.env["scan.code.pattern"]._get_device(self.env.company.id))

    @api.model
    def _get_sources(self, reading):
        """Where a code is looked for: ``{kind: (model, domain)}``; a domain of nothing costs nothing.

        Addons above add their documents.
        """
        texts = {reading.text} - {""} if reading.kind == "plain" or not reading.sure else set()
        goods = set(texts)
        for text in texts | {reading.gtin or "", reading.product or ""} - {""}:
            goods |= code_reader.numbers_of(text)
        lots = texts | {name for name in (reading.lot, reading.serial) if name}
        references = texts | {part for part in (reading.product, reading.part) if part}
        places = texts | {part for part in (reading.place, reading.location) if part}
        packages = texts | {part for part in (reading.sscc, reading.package) if part}
        orders = texts | {part for part in (reading.order,) if part}
        return {
            "product": ("product.product", Domain("barcode", "in", goods)),
            "packaging": ("product.uom", Domain("barcode", "in", goods) & (
                Domain("company_id", "=", False) | Domain("company_id", "=", self.env.company.id))),
            "reference": ("product.product", Domain("default_code", "in", references)),
            "lot": ("stock.lot", Domain("name", "in", lots)),
            "location": ("stock.location", Domain("barcode", "in", places)),
            "package": ("stock.package", Domain("name", "in", packages)),
            "picking": ("stock.picking", Domain("name", "in", orders)),
            "operation": ("stock.picking.type", Domain("barcode", "in", texts) & Domain(
                "company_id", "=", self.env.company.id)),
            "origin": ("stock.picking", Domain("origin", "in", orders) & Domain("state", "in", OPEN)),
        }

    @api.model
    def _find(self, reading, kinds=None):
        """Records that have this code, in one query; only of what may be seen in this company.

        :param kinds: names of :meth:`_get_sources`, all where None
        :return: :class:`Found`
        """
        found, parts = Found(self.env, reading), []
        for kind, (model, domain) in self._get_sources(reading).items():
            found[kind] = self.env[model]
            if kinds is not None and kind not in kinds or not self.env[model].has_access("read"):
                continue
            domain = domain.optimize(self.env[model])
            if not domain.is_false():
                query = self.env[model]._search(domain, limit=20)
                parts.append(SQL("(SELECT %s AS kind, found.id FROM %s AS found)", kind, query.subselect()))
        if parts:
            for kind, record_id in self.env.execute_query(SQL(" UNION ALL ").join(parts)):
                found[kind] |= found[kind].browse(record_id)
        return found

    @api.model
    def _is_elsewhere(self, reading):
        """Whether another company has the code, or an archived record (asked only where nothing was found)."""
        # sudo: only that there is something is said, not what
        return bool(self.sudo().with_context(active_test=False)._find(reading))

    @api.model
    def _explain(self, raw):
        """What is understood of a code, for people: ``{"understood": [...], "message"}``."""
        reading = self._read(raw)
        says = self.env["scan.message"]
        rows = [{"label": says.kind_of_code(reading.kind), "value": reading.text}]
        if reading.symbology:
            rows.append({"label": says.symbology(), "value": reading.symbology})
        names = {one.code: one.name for one in self.env["scan.code.ai"].search([])} if reading.parts else {}
        for part in reading.parts:
            name = names.get(part.ai) or names.get(part.ai[:-1] + "n") or ""
            value = part.text if part.value is None else str(part.value)
            rows.append({"label": f"({part.ai}) {name}", "value": value})
        if reading.kind == "pattern":
            rows += [{"label": name, "value": str(value)} for name, value in reading.values.items()]
        found = self._find(reading)
        for kind, records in found.items():
            if records:
                rows.append({"label": says.kind_of_record(kind), "value": ", ".join(records.mapped("display_name"))})
        message = None
        if reading.problem:
            message = says.unreadable_code(reading.text, says.problem(reading.problem, reading.detail))
        elif not found:
            message = says.unknown_code(reading.text)
        elif reading.doubts:
            message = says.doubtful(", ".join(reading.doubts))
        return {"understood": rows, "message": message}
