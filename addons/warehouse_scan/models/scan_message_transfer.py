from odoo import api, models


class ScanMessageTransfer(models.AbstractModel):
    """Texts about transfers and their goods."""

    _inherit = "scan.message"

    # the transfer

    @api.model
    def not_opened(self, code):
        """Scanned blindly for a transfer that could not be opened."""
        return self.env._(
            "%(code)s was scanned for a transfer that could not be opened: it was not counted. Open the right one and "
            "scan it again.", code=code)

    @api.model
    def no_job_of_product(self, product):
        """Nothing of this flow wants the product."""
        return self.env._("No transfer of this kind waits for %(product)s.", product=product)

    @api.model
    def no_job_of_place(self, place):
        """Nothing of this flow goes from or to the location."""
        return self.env._("No transfer of this kind goes from or to %(place)s.", place=place)

    @api.model
    def no_job_of_operation(self, name):
        """Nothing of this kind of operation waits here."""
        return self.env._("Nothing waits of %(operation)s.", operation=name)

    @api.model
    def choose_transfer(self, number):
        """Several fit."""
        return self.env._("%(number)s transfers fit: choose one.", number=number)

    @api.model
    def transfer_gone(self):
        """Deleted, or another company's."""
        return self.env._("This transfer is not there any more, or is another company's.")

    @api.model
    def transfer_done(self, name):
        """Somebody was quicker."""
        return self.env._(
            "%(name)s is done already. Nothing was booked; what still comes has a transfer of its own.", name=name)

    @api.model
    def transfer_cancelled(self, name):
        """Nothing may move on it."""
        return self.env._("%(name)s was cancelled. Nothing was booked; put the goods aside and ask who planned it.",
            name=name)

    @api.model
    def transfer_draft(self, name):
        """Its planner has not confirmed it."""
        return self.env._("%(name)s is a draft: whoever planned it has to confirm it first.", name=name)

    @api.model
    def other_flow(self, name, kind, flow):
        """A delivery among the receipts."""
        return self.env._("%(name)s is no job of %(flow)s: its operation is %(kind)s.", name=name, kind=kind, flow=flow)

    @api.model
    def opened(self, name, number):
        """A transfer is counted now."""
        return self.env._("%(name)s: %(number)s lines", name=name, number=number)

    @api.model
    def already_open(self, name):
        """Scanned twice."""
        return self.env._("%(name)s is open.", name=name)

    # goods

    @api.model
    def not_on_transfer(self, product, name, lot):
        """Goods that nobody wants here."""
        if lot:
            return self.env._(
                "%(lot)s is a number of %(product)s, which is not on %(name)s. Nothing was booked.", lot=lot,
                product=product, name=name)
        return self.env._("%(product)s is not on %(name)s. Nothing was booked.", product=product, name=name)

    @api.model
    def two_products(self):
        """One code, several products."""
        return self.env._("Several products have this code: choose which it is.")

    @api.model
    def scan_lot(self, product):
        """The number is missing."""
        return self.env._("%(product)s: now its lot or serial number.", product=product)

    @api.model
    def lot_of_other(self, lot, other, product):
        """A number of another product."""
        return self.env._(
            "%(lot)s is a number of %(other)s, not of %(product)s. Nothing was booked.", lot=lot, other=other,
            product=product)

    @api.model
    def lot_exists(self, lot, other):
        """A new number that another product has, too."""
        return self.env._("%(other)s has a number %(lot)s, too: look whether this is the right one.", lot=lot,
            other=other)

    @api.model
    def no_such_lot(self, lot, product):
        """Only receipts make numbers."""
        return self.env._("%(product)s has no number %(lot)s. Nothing was booked.", lot=lot, product=product)

    @api.model
    def serial_twice(self, serial):
        """The same piece a second time."""
        return self.env._("%(serial)s was scanned already.", serial=serial)

    @api.model
    def serial_is_one(self, serial):
        """A serial number is one piece."""
        return self.env._("%(serial)s is one piece.", serial=serial)

    @api.model
    def serial_in_stock(self, serial, place):
        """It cannot come in again."""
        return self.env._("%(serial)s is in stock already, in %(place)s. Nothing was booked.", serial=serial,
            place=place)

    @api.model
    def not_here(self, lot, place, elsewhere):
        """The books know the number elsewhere."""
        if elsewhere:
            return self.env._("By the books %(lot)s is in %(elsewhere)s, not in %(place)s. Nothing was booked.",
                lot=lot,
                              place=place, elsewhere=elsewhere)
        return self.env._("By the books there is no %(lot)s in stock. Nothing was booked.", lot=lot)

    @api.model
    def books_know_none(self, product, place, elsewhere):
        """Counted all the same: who stands there sees it."""
        if elsewhere:
            return self.env._("By the books there is none in %(place)s, but in %(elsewhere)s.", place=place,
                              elsewhere=elsewhere)
        return self.env._("By the books there is none in %(place)s: have it counted.", place=place)

    @api.model
    def counted(self, product, quantity, unit, lot):
        """One scan more."""
        number = f"{quantity:g}"
        if lot:
            return self.env._("%(quantity)s %(unit)s %(product)s, %(lot)s", quantity=number, unit=unit,
                product=product, lot=lot)
        return self.env._("%(quantity)s %(unit)s %(product)s", quantity=number, unit=unit, product=product)

    @api.model
    def too_many(self, product, quantity, room, unit):
        """More than ordered: asked before it counts."""
        return self.env._(
            "%(product)s: %(quantity)s %(unit)s scanned, %(room)s still to come. It is not counted unless you say so.",
            product=product, quantity=f"{quantity:g}", room=f"{room:g}", unit=unit)

    @api.model
    def no_quantity(self, value):
        """The keypad's number."""
        return self.env._("%(value)s is no quantity of a line of this list.", value=value)

    @api.model
    def which_lot(self, product):
        """A quantity for several lots."""
        return self.env._("%(product)s has several lots here: scan the one that the quantity is for.", product=product)

    @api.model
    def undone(self):
        """The last scan is taken back."""
        return self.env._("The last scan was taken back.")

    @api.model
    def question_dropped(self):
        """It was only asked."""
        return self.env._("Nothing was counted.")

    # places and packages

    @api.model
    def wrong_place(self, place, name, whole):
        """Not where this transfer goes."""
        return self.env._("%(place)s is no place of %(name)s (%(whole)s). Nothing was booked.", place=place, name=name,
                          whole=whole)

    @api.model
    def goods_first(self, place):
        """A shelf, and nothing to put there."""
        return self.env._("Scan the goods first, then their shelf %(place)s.", place=place)

    @api.model
    def shelved(self, number, place):
        """The goods scanned before go there."""
        return self.env._("Goes to %(place)s", place=place)

    @api.model
    def package_empty(self, package, place):
        """Nothing in it, or elsewhere."""
        return self.env._("There is nothing of package %(package)s in %(place)s.", package=package, place=place)

    @api.model
    def package_does_not_fit(self, package, reason):
        """All of it or nothing."""
        return self.env._("Package %(package)s does not fit, scan its goods one by one: %(reason)s", package=package,
                          reason=reason)

    @api.model
    def package_counted(self, package, number):
        """All of it."""
        return self.env._("Package %(package)s: %(number)s kinds of goods", package=package, number=number)

    # the end

    @api.model
    def nothing_scanned(self, name):
        """An empty transfer is not validated."""
        return self.env._("%(name)s: nothing was scanned yet.", name=name)

    @api.model
    def not_validated(self, name):
        """A window opened that only a desk can answer."""
        return self.env._("%(name)s asks something that has to be answered at a desk. Nothing was booked.", name=name)

    @api.model
    def finished(self, name):
        """Booked."""
        return self.env._("%(name)s is done.", name=name)

    # free moves and counts

    @api.model
    def none_there(self, product, place, elsewhere):
        """The books know none at this place."""
        if elsewhere:
            return self.env._(
                "By the books there is no %(product)s in %(place)s, but in %(elsewhere)s. Nothing was booked.",
                              product=product, place=place, elsewhere=elsewhere)
        if place:
            return self.env._("By the books there is no %(product)s in %(place)s. Nothing was booked.", product=product,
                              place=place)
        return self.env._("By the books there is no %(product)s in stock. Nothing was booked.", product=product)

    @api.model
    def more_than_there(self, product, quantity, place):
        """A free move takes what there is."""
        return self.env._("By the books there are only %(quantity)s of %(product)s in %(place)s.",
                          quantity=f"{quantity:g}", product=product, place=place)

    @api.model
    def choose_heap(self):
        """The goods are at several places, or of several lots."""
        return self.env._("There are several: choose which one you have in hand.")

    @api.model
    def no_shelf(self, place):
        """Not a place of one's own."""
        return self.env._("%(place)s is no place where goods of ours stand.", place=place)

    @api.model
    def there_already(self, place):
        """From a place to itself."""
        return self.env._("These goods are in %(place)s already. Scan where they go to.", place=place)

    @api.model
    def moved(self, number, place, names):
        """Booked."""
        return self.env._("Moved to %(place)s (%(names)s)", place=place, names=names)

    @api.model
    def place_first(self):
        """A count begins with its place."""
        return self.env._("Scan the location first, then the goods in it.")

    @api.model
    def finish_place(self, place):
        """One place after the other."""
        return self.env._("Finish %(place)s first.", place=place)

    @api.model
    def place_counted(self, place, number, applied):
        """Entered, or applied."""
        if applied:
            return self.env._("%(place)s: %(number)s kinds of goods are counted, the stock is corrected.", place=place,
                              number=number)
        return self.env._("%(place)s: %(number)s kinds of goods are counted; whoever keeps the stock applies it.",
                          place=place, number=number)
