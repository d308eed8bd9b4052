import base64
import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw
from pytz import timezone

from odoo import api, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of visits: planned, on site, signed on the technician's phone."""

    _inherit = "switchgear.demo"

    @api.model
    def _plan_visit(self, name, hours_ago, kind, begin, hours, values, cabinets=()):
        """Plan a visit.

        :param begin: working hours ago, or pair (days from today, hour of the day)
        :param cabinets: order, and numbers of its cabinets
        """
        start = self._get_moment(begin) if isinstance(begin, int | float) else self._get_morning(*begin)
        lots = [self._get_cabinet(cabinets[0], number).id for number in cabinets[1:]]
        with self._living(hours_ago):
            visit = self.env["service.visit"].create({
                "kind_id": self.env.ref(f"aftersales_visit.kind_{kind}").id, "planned_start": start,
                "planned_end": start + timedelta(hours=hours), **({"lot_ids": [Command.set(lots)]} if lots else {}),
                **values})
            visit.action_plan()
        self.env["ir.model.data"].sudo().create({  # sudo: the story calls it by its name
            "module": "switchgear_demo", "name": f"visit_{name}", "model": visit._name, "res_id": visit.id,
            "noupdate": True})

    def _get_morning(self, days, hour):
        """An hour of the day, so many days from today (naive UTC)."""
        zone = timezone(self.env.company.resource_calendar_id.tz or "UTC")
        day = (datetime.now(zone) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        return day.astimezone(timezone("UTC")).replace(tzinfo=None)

    @api.model
    def _on_phone(self, name, hours_ago, entries):
        """What the technician enters on his phone.

        :param entries: pairs (method, what is said); a point of the checklist by its number
        """
        visit = self._get("visit", name).with_env(self.env)
        with self._living(hours_ago):
            for method, said in entries:
                said = {"id": visit.id, **said}
                if "check" in said:
                    said["check"] = visit.check_ids[said["check"]].id
                if method == "photo":
                    said["photo"] = self._draw((900, 600), said.pop("text"))
                if method == "complete":
                    said["signature"] = self._draw((600, 200), "")
                if "product" in said:
                    said["product"] = self._get("product", said["product"]).id
                getattr(visit.browse(), f"outbox_{method}")(said, self._get_moment(hours_ago))

    @staticmethod
    def _draw(size, text):
        """A picture with a text; a signature where there is none."""
        image = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(image)
        if text:
            pen.rectangle([(60, 60), (size[0] - 60, size[1] - 60)], outline="black", width=6)
            pen.text((120, size[1] // 2), text, fill="black")
        else:
            points = [(60, 120), (140, 60), (160, 150), (260, 70), (330, 140), (460, 80), (540, 120)]
            pen.line(points, "black", 6, "curve")
        data = io.BytesIO()
        image.save(data, "PNG")
        return base64.b64encode(data.getvalue()).decode()
