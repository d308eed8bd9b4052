from odoo.tests import BaseCase

from ..tools.comparison import compare


def line(number, **values):
    return {"id": number, "product": "Cabinet", "name": "Cabinet", "quantity": 2.0, "unit": "pcs", "price": 10.0,
            "discount": 0.0, "subtotal": 20.0, **values}


def order(*lines, **values):
    return {"date": "2026-12-01", "amount": 20.0, "texts": {"a": "IP4X", "b": ""}, "lines": list(lines), **values}


class TestComparison(BaseCase):
    def test_what_differs_is_named(self):
        """CHG-8: lines stand beside each other by what they are, not by their place."""
        found = compare(
            order(line(1), line(2), line(3)),
            order(line(2, quantity=3.0, subtotal=30.0), line(9, product="Breaker"), line(1), line(3, quantity=0.0)))
        self.assertEqual([row["state"] for row in found["lines"]], ["same", "changed", "gone", "added"])
        self.assertEqual(found["lines"][1]["changed"], {"quantity", "subtotal"})
        self.assertIsNone(found["lines"][3]["before"])

    def test_line_that_is_no_more(self):
        """CHG-8: a line deleted meanwhile is gone, not an error."""
        self.assertEqual(compare(order(line(1)), order())["lines"][0]["state"], "gone")

    def test_texts_and_totals(self):
        """CHG-8: of the texts those that differ; date and total always."""
        found = compare(order(), order(date="2026-12-09", amount=25.0, texts={"a": "IP54", "b": ""}))
        self.assertEqual(found["texts"], [("a", "IP4X", "IP54")])
        self.assertEqual((found["date"], found["amount"]), (("2026-12-01", "2026-12-09"), (20.0, 25.0)))
