import base64

from odoo.addons.order_delivery.tests.common import PNG, DeliveryCommon

SIGNATURE = "data:image/png;base64," + base64.b64encode(PNG).decode()


class ClaimCommon(DeliveryCommon):
    """A carrier who takes claims for five days, and a delivery that has left with him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forwarder = cls.env["res.partner"].create({
            "name": "Road Carrier", "is_company": True, "lang": "en_US", "email": "claims@road.example"})
        cls.method = cls.env["delivery.carrier"].create({
            "name": "Road", "claim_partner_id": cls.forwarder.id, "claim_notice_days": 5,
            "product_id": cls.env["product.product"].create({"name": "Carriage", "type": "service"}).id})
        cls.today = cls.company._get_today()
        cls.cause = cls.env.ref("delivery_claim.claim_cause_loading")
        cls.notice = cls._left()

    @classmethod
    def _left(cls, **values):
        """A notice whose goods have left with the carrier."""
        notice = cls._notice(**{"forwarder_id": cls.forwarder.id, "waybill": "RC-1", **values})
        cls._ship(cls, notice)
        notice.sudo()._follow()
        return notice

    @classmethod
    def _report(cls, notice, text="The door is bent", crate=None, photo="dent.png", **said):
        """What the site says on the page of a crate."""
        crate = crate or notice.sudo().crate_ids[:1]
        if photo:
            crate._take_photos([(photo, PNG + photo.encode())])
        crate._answer({"signer": "Mr. Wang", "signature": SIGNATURE, "damaged": "1", "text": text, **said})
        return notice.sudo().claim_ids

    @classmethod
    def _claim(cls, **values):
        """A claim by the site's report, with logistics' eyes; another delivery where the first is claimed."""
        fresh = not values and cls.notice.state == "shipped"
        return cls._report(cls.notice if fresh else cls._left(**values)).with_user(cls.logistics)

    @classmethod
    def _filed(cls, **values):
        claim = cls._claim(**values)
        claim.action_file()
        return claim

    @classmethod
    def _settled(cls, amount, **values):
        claim = cls._filed(**values)
        claim.cause_id = cls.cause
        claim.with_user(cls.head).action_settle(amount, note="Agreed by phone")
        return claim
