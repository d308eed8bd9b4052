from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import is_count, is_id, is_number, shown


class QualityInspection(models.Model):
    """Entering results: one payload in, checked as a whole, never half of it (REC-4)."""
    _inherit = "quality.inspection"

    def save_results(self, payload):
        """Save changed results and return the data of the screen, see :meth:`get_entry_data`.

        A line that is sent replaces what the line had. All numbers are checked before anything is written.

        :param payload: ``{"revision": int, "lines": [{"id", "defect_count" or false, "text_value", "instrument_id",
            "measurements": [{"unit_no", "lot_id", "value" or false, "ok" (per-unit check), "text", "uom_id"}]}],
            "samples": [{"id", "nonconforming" or false}]}``
        :raise AccessError: the user is not the inspector
        :raise UserError: the inspection is not in progress, somebody saved meanwhile
            (stale revision), or a number that cannot be, named by line and unit
        """
        self.ensure_one()
        self._check_mine()
        self._lock()
        self._check_mine()
        entries, samples = self._get_entries(payload, "lines"), self._get_entries(payload, "samples")
        if payload.get("revision") != self.revision:
            raise UserError(self.env._(
                "The results of %(name)s were saved by %(user)s meanwhile (revision %(saved)s, yours is %(yours)s). "
                "Load them anew and enter yours again.", name=self.name, user=self.saved_by.name or "–",
                saved=self.revision, yours=shown(payload.get("revision"))))
        inspection = self.sudo()  # sudo: results are written by this method only
        lines = {line.id: line for line in inspection.line_ids}
        for line, vals, measurements in [inspection._check_line_entry(lines, entry) for entry in entries]:
            line.measurement_ids.unlink()
            line.write(vals)
            self.env["quality.inspection.measurement"].sudo().create([  # sudo: as above
                {**measurement, "line_id": line.id} for measurement in measurements])
        inspection._save_samples(samples)
        inspection.write({
            "revision": inspection.revision + 1, "saved_by": self.env.uid, "saved_at": fields.Datetime.now()})
        return self.get_entry_data()

    @api.model
    def _get_entries(self, source, name):
        """The list of dicts that stands under a name; what is sent is not trusted to be one."""
        entries = source.get(name) or [] if isinstance(source, dict) else None
        if not isinstance(entries, list | tuple) or not all(isinstance(entry, dict) for entry in entries):
            raise UserError(self.env._(
                "The results cannot be read: \"%(name)s\" must be a list of results.", name=name))
        return entries

    def _save_samples(self, entries):
        """Take over the inspector's own counts, then let the others follow the lines."""
        samples = {sample.id: sample for sample in self.sample_ids}
        for entry in entries:
            sample = samples.get(entry.get("id")) if is_id(entry.get("id")) else None
            if not sample:
                raise UserError(self.env._("A sample that was sent does not belong to %(name)s.", name=self.name))
            if entry.get("nonconforming") is False or entry.get("nonconforming") is None:
                sample.nonconforming_typed = False
                continue
            count = self._check_count(sample._get_class_label(), entry["nonconforming"])
            low, high = sample._count_nonconforming()
            if not low <= count <= high:
                raise UserError(self.env._(
                    "%(class_name)s: %(count)s nonconforming cannot be; the results allow %(low)s to %(high)s.",
                    class_name=sample._get_class_label(), count=count, low=low, high=high))
            sample.write({"nonconforming": count, "nonconforming_typed": True})
        self.sample_ids._update_count()

    def _check_line_entry(self, lines, entry):
        """One line of the payload: ``(line, values, values of its measurements)``.

        :raise UserError: something cannot be, named by line and unit
        """
        line = lines.get(entry.get("id")) if is_id(entry.get("id")) else None
        if not line:
            raise UserError(self.env._("A result that was sent does not belong to %(name)s.", name=self.name))
        vals = {"text_value": self._check_text(line, entry.get("text_value")), "is_entered": False, "defect_count": 0}
        if "instrument_id" in entry:
            vals["instrument_id"] = self._check_instrument(line, entry["instrument_id"])
        count = entry.get("defect_count")
        if count is not None and count is not False and not line.per_unit:
            vals["defect_count"] = self._check_count(line.name, count)
            vals["is_entered"] = True
            most = line.sample_size if line.kind == "check" and line.sample_size else None
            if most is not None and vals["defect_count"] > most:
                raise UserError(self.env._(
                    "%(line)s: %(count)s of %(units)s units cannot be nonconforming.", line=line.name, count=count,
                    units=most))
        measurements = self._check_measurements(line, self._get_entries(entry, "measurements"))
        if measurements and vals.get("instrument_id", line.instrument_id.id):
            self._check_calibration(line, vals.get("instrument_id", line.instrument_id.id))
        return line, vals, measurements

    def _check_count(self, name, count):
        if not is_count(count):
            raise UserError(self.env._(
                "%(line)s: %(count)s is no number of defects; give 0 or a whole number.", line=name,
                count=shown(count)))
        return int(count)

    def _check_text(self, line, text):
        if text and not isinstance(text, str):
            raise UserError(self.env._("%(line)s: %(text)s is no text.", line=line.name, text=shown(text)))
        return text or False

    def _check_instrument(self, line, instrument_id):
        if not instrument_id:
            return False
        # sudo: named in the error
        instrument = self.env["quality.instrument"].sudo().browse(is_id(instrument_id) and instrument_id).exists()
        if not instrument or instrument.company_id != self.company_id:
            raise UserError(self.env._("%(line)s: this instrument does not exist here.", line=line.name))
        return instrument.id

    def _check_calibration(self, line, instrument_id):
        """:raise UserError: results with an instrument whose calibration is overdue"""
        instrument = self.env["quality.instrument"].sudo().browse(instrument_id)  # sudo: named in the error
        if instrument.is_overdue:
            raise UserError(self.env._(
                "%(line)s: the calibration of %(instrument)s was due on %(due)s. Choose another instrument.",
                line=line.name, instrument=instrument.display_name, due=instrument.calibration_due))

    def _check_measurements(self, line, entries):
        """Values of the measurements of one line; units that were left empty are dropped."""
        serials = self._get_serials()
        checked, seen = [], set()
        for entry in entries:
            unit = self._check_unit_no(line, entry.get("unit_no"), seen)
            vals = self._check_value(line, unit, entry)
            if not vals:
                continue
            lot_id = entry.get("lot_id") or self._get_units().get(unit, {}).get("lot_id")
            if lot_id and lot_id not in (serials | line.measurement_ids.lot_id).ids:
                raise UserError(self.env._(
                    "%(line)s, unit %(unit)s: this serial number is not one of the inspection's.", line=line.name,
                    unit=unit))
            checked.append({"unit_no": unit, "lot_id": lot_id or False,
                            "text": self._check_text(line, entry.get("text")), **vals})
        return checked

    def _check_unit_no(self, line, unit, seen):
        if not is_id(unit) or unit > max(line.sample_size, 1):
            raise UserError(self.env._(
                "%(line)s: there is no unit %(unit)s; the sample has %(size)s.", line=line.name, unit=shown(unit),
                size=line.sample_size))
        if unit in seen:
            raise UserError(self.env._("%(line)s: unit %(unit)s is given twice.", line=line.name, unit=unit))
        seen.add(unit)
        return unit

    def _check_value(self, line, unit, entry):
        """Value and result of one unit; None when nothing was entered."""
        if line.kind != "measure":
            return self._check_mark(line, unit, entry.get("ok"))
        value = entry.get("value")
        if value is None or value is False or value == "":
            return None
        uom_id = entry.get("uom_id") or line.uom_id.id
        uom = self.env["uom.uom"].browse(is_id(uom_id) and uom_id).exists()
        if not uom or uom != line.uom_id and not uom._has_common_reference(line.uom_id):
            raise UserError(self.env._(
                "%(line)s, unit %(unit)s: %(uom)s cannot be converted to %(wanted)s.", line=line.name, unit=unit,
                uom=uom.name or "–", wanted=line.uom_id.name))
        self._check_number(line, unit, value)
        normal = value if uom == line.uom_id else uom._compute_quantity(value, line.uom_id, round=False)
        self._check_number(line, unit, normal)
        return {"entered": value, "entered_uom_id": uom.id, "value": normal,
                "ok": "ok" if line._is_within(normal) else "ng"}

    def _check_number(self, line, unit, value):
        if not is_number(value):
            raise UserError(self.env._(
                "%(line)s, unit %(unit)s: %(value)s is no number, or too large to be measured.", line=line.name,
                unit=unit, value=shown(value)))

    def _check_mark(self, line, unit, mark):
        """Pass or fail of one unit: said, never guessed from a word or a number."""
        if mark is None:
            return None
        if mark is True or mark is False:
            return {"ok": "ok" if mark else "ng"}
        if mark not in ("ok", "ng"):
            raise UserError(self.env._(
                "%(line)s, unit %(unit)s: \"%(value)s\" is neither OK nor NG; give true or false.", line=line.name,
                unit=unit, value=shown(mark)))
        return {"ok": mark}

    def _get_serials(self):
        """Serial numbers of the lot, in the order of its units."""
        return self.lot_ids.sorted("id")

    def _get_units(self):
        """``{unit no: {"unit_no", "lot_id", "name"}}`` of the units whose serial number is known.

        A lot that is inspected whole has its serial numbers in their order; in a sample the inspector scans them.
        """
        serials = self._get_serials()
        if not serials:
            return {}
        if self._is_whole():
            return {number: {"unit_no": number, "lot_id": lot.id, "name": lot.name}
                    for number, lot in enumerate(serials, start=1)}
        return {measurement.unit_no: {"unit_no": measurement.unit_no, "lot_id": measurement.lot_id.id,
                                      "name": measurement.lot_id.name}
                for measurement in self.line_ids.measurement_ids if measurement.lot_id}

    # ---- photos

    def add_photo(self, line_id, file_name, data):
        """Attach a photo or document to a result (REC-4); allowed to the inspector while it is in progress.

        :param line_id: id of the result
        :param file_name: name with extension
        :param data: content in base64
        :return: ``[{"id", "name"}]`` of all attachments of the result
        """
        line = self._get_my_line(line_id)
        if not data or not (file_name or "").strip():
            raise UserError(self.env._("%(line)s: the photo is empty.", line=line.name))
        # sudo: the attachment belongs to the result, which users do not write
        attachment = self.env["ir.attachment"].sudo().create({
            "name": file_name, "datas": data, "res_model": self._name, "res_id": self.id})
        line.write({"attachment_ids": [fields.Command.link(attachment.id)]})
        return [{"id": photo.id, "name": photo.name} for photo in line.attachment_ids]

    def remove_photo(self, line_id, attachment_id):
        """Take a photo off a result again; see :meth:`add_photo`."""
        line = self._get_my_line(line_id)
        photos = line.attachment_ids.filtered(lambda photo: photo.id == attachment_id)
        line.write({"attachment_ids": [fields.Command.unlink(photo.id) for photo in photos]})
        photos.unlink()
        return [{"id": photo.id, "name": photo.name} for photo in line.attachment_ids]

    def _get_my_line(self, line_id):
        self.ensure_one()
        self._check_mine()
        # sudo: results are written by the inspection's own methods only
        line = self.sudo().line_ids.filtered(lambda one: one.id == line_id)
        if not line:
            raise UserError(self.env._("This result does not belong to %(name)s.", name=self.name))
        return line
