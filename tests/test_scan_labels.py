"""Labels that we print are read back: the printed sheet as a picture, by decoders that share no code with each other
(zxing-cpp; zbar, and libdmtx for DataMatrix, which zbar does not know), and by our own reader."""
import io
import re
import subprocess
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image
from pylibdmtx import pylibdmtx
from pyzbar import pyzbar

from odoo.tests import HttpCase, tagged

from odoo.addons.warehouse_scan.tests.common import ScanCommon
from odoo.addons.warehouse_scan.tools import code_reader

#: What a sheet is looked at with: dots per inch of a phone's camera at arm's length.
DPI = 200
GS = "\x1d"
#: How wide the pictures of symbols are on paper, in mm.
WIDTHS = {"QR": 32, "GS1": 26, "EAN13": 48, "Code128": 83}


def see(pdf, dpi=DPI):
    """Pages of a PDF as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "-", f"{folder}/page"], input=pdf, check=True)
        return [Image.open(io.BytesIO(page.read_bytes())) for page in sorted(Path(folder).iterdir())]


def measure(pdf):
    """Widths of the pictures on paper, in mm, in their order."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        rows = subprocess.run(["pdfimages", "-list", file.name], capture_output=True, text=True, check=True).stdout
    return [int(row[3]) / int(row[12]) * 25.4 for row in map(str.split, rows.splitlines()[2:])]


def get_places(pdf, word):
    """Where a word stands, in mm from the left and the top of its page."""
    words = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    found = re.findall(rf'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>{word}<', words.decode())
    return [(float(left) / 72 * 25.4, float(top) / 72 * 25.4) for left, top in found]


def read_by_zxing(picture):
    """What zxing-cpp reads, as a scanner sends it."""
    return {code.text for code in zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)}


def read_by_others(picture):
    """What zbar and libdmtx read; libdmtx leaves FNC1 away, so separators are compared by nobody here. Zbar takes
    two QR codes beside each other for one now and then: it looks at each column, too."""
    middle = round(picture.width * 0.49)
    columns = [picture.crop((left, 0, right, picture.height)) for left, right in (
        (0, picture.width), (0, middle), (middle, picture.width))]
    codes = {code.data.decode() for column in columns for code in pyzbar.decode(column)}
    return codes | {code.data.decode() for code in pylibdmtx.decode(picture, timeout=4000, shrink=2)}


@tagged("post_install", "-at_install")
class TestScanLabels(ScanCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breaker.barcode = "6901234567908"
        cls.serial = cls.number(cls.breaker, "ZK-260811-031")
        cls.cabinet_number = cls.number(cls.breaker, "1#柜")
        cls.lot = cls.number(cls.cable, "B26#11")
        cls.box = cls.env["stock.package"].create({"name": "306141411234567891"})
        cls.crate = cls.env["stock.package"].create({"name": "CRATE-7"})
        cls.shelf_c = cls.env["stock.location"].create({
            "name": "三层", "barcode": "东库/三层", "location_id": cls.stock.id, "company_id": cls.company.id})
        cls.reference = cls.env["product.product"].create(
            {"name": "Terminal", "is_storable": True, "default_code": "UK-2.5B"})
        cls.bare = cls.env["product.product"].create({"name": "Bare", "is_storable": True})
        cls.labels = cls.env["scan.label"].with_user(cls.keeper)

    def _print(self, report, records):
        actions = self.env["ir.actions.report"].with_user(self.keeper).with_context(force_report_rendering=True)
        return actions._render_qweb_pdf(report, records.ids)[0]

    def _get_records(self):
        """A record of each sort, and what its label holds."""
        self.transfer_in = self.transfer("incoming", (self.bolt, 5), (self.cable, 3), origin="P00077")
        return [
            (self.bolt, "6901234567892", "product"), (self.cable, "CABLE-16", "product"),
            (self.reference, "UK-2.5B", "reference"), (self.shelf_a, "SHELF-A", "location"),
            (self.shelf_c, "东库/三层", "location"), (self.lot, "B26#11", "lot"),
            (self.serial, "010690123456790821ZK-260811-031", "lot"), (self.cabinet_number, "1#柜", "lot"),
            (self.box, "00306141411234567891", "package"), (self.crate, "CRATE-7", "package"),
            (self.transfer_in, self.transfer_in.name, "picking"),
            (self.store.in_type_id, self.store.in_type_id.barcode, "operation")]

    def test_labels_are_read_by_two_decoders(self):
        """SCN-2: each sort of label, from the printed page, by zxing and by zbar or libdmtx; our reader finds the
        record again; each is as large on paper as it says."""
        rows = self._get_records()
        labels = [label for record, _code, _kind in rows for label in self.labels._make(record)]
        self.assertEqual([label.code for label in labels], [code for _record, code, _kind in rows])
        self.assertEqual({label.symbol for label in labels}, {"EAN13", "Code128", "QR", "GS1"})
        self.patch(type(self.env["scan.label"]), "_get_sheet", lambda _self: [
            {"title": "All", "jobs": [{"title": "All", "labels": labels}]}])
        pdf = self._print("warehouse_scan.report_label_sheet", self.store)
        self._check_sizes(pdf, [label.symbol for label in labels])
        pages = see(pdf)
        for reader in (read_by_zxing, read_by_others):
            read = set().union(*(reader(page) for page in pages))
            with self.subTest(reader.__name__):
                self.assertLessEqual({code.lower() for _record, code, _kind in rows}, {code.lower() for code in read})
        code = self.env["scan.code"].with_user(self.keeper)
        for record, text, kind in rows:
            for sent in {text, GS + text} if text[:2] in ("00", "01") else {text}:
                with self.subTest(sent):
                    self.assertEqual(code._find(code._read(sent))[kind], record)

    def _check_sizes(self, pdf, symbols):
        """Two labels of 89 x 40 mm in a row, with their pictures."""
        for symbol, width in zip(symbols, measure(pdf), strict=True):
            self.assertAlmostEqual(width, WIDTHS[symbol], delta=0.5, msg=symbol)
        (left, top), (right, _top), (_left, below) = get_places(pdf, "Product")[:3]
        self.assertTrue(89 <= right - left < 91 and 40 <= below - top < 43, (left, right, top, below))

    def test_label_of_no_known_size(self):
        """SCN-2: where nobody can say how large a page is printed, labels are printed all the same."""
        self.patch(type(self.env["ir.actions.report"]), "_run_wkhtmltopdf", lambda *_args, **_more: b"%PDF-1.4")
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.warehouse_scan", "WARNING"):
            self.assertEqual(self.labels._get_zoom(), 1)

    def test_label_says_that_there_is_no_code(self):
        """SCN-2: what has no code gets a label that says so, and no picture."""
        label, = self.labels._make(self.bare)
        self.assertEqual((label.code, label.picture), ("", ""))

    def test_labels_of_a_job(self):
        """SCN-2: a transfer's own labels: its number, its places, its goods, each once; a number says its product."""
        self.put(self.cable, 4, self.shelf_a, self.lot)
        self.put(self.bolt, 9, self.shelf_b)
        picking = self.transfer("outgoing", (self.cable, 4), (self.bolt, 2))
        codes = [label.code for label in self.labels._make_job(picking)]
        self.assertEqual(codes[0], picking.name)
        self.assertEqual(len(codes), len(set(codes)))
        self.assertLessEqual({"SHELF-A", "SHELF-B", "B26#11", "6901234567892"}, set(codes))
        self.assertNotIn("CABLE-16", codes)

    def test_sheet_of_today(self):
        """SCN-2: the sheet holds the jobs of today of one's own flows, and none of tomorrow."""
        today, later = (self.transfer("incoming", (self.bolt, number)) for number in (3, 4))
        later.scheduled_date = "2099-01-01 08:00:00"
        self.env.flush_all()
        jobs = {job["title"] for flow in self.labels._get_sheet() for job in flow["jobs"]}
        self.assertIn(today.name, jobs)
        self.assertNotIn(later.name, jobs)
        action = self.labels.action_print_sheet()
        self.assertEqual(action["report_name"], "warehouse_scan.report_label_sheet")
        self.assertIn("%PDF", self._print("warehouse_scan.report_label_sheet", self.store)[:8].decode("latin-1"))

    def test_operation_opens_its_jobs(self):
        """SCN-2: the code of an operation type: its jobs to choose from; in another flow nothing waits."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive")
        answer = self.scan(self.store.in_type_id.barcode)
        self.assertTrue(answer["data"]["title"] == picking.name or picking.name in [
            line["title"] for line in answer["data"]["lines"]], answer)
        self.begin("receive")
        self.assert_wrong(self.scan(self.store.out_type_id.barcode), self.store.out_type_id.display_name)
        self.begin("look_up")
        self.assert_right(self.scan(self.store.in_type_id.barcode))

    def test_link_of_gs1_is_read(self):
        """SCN-2: the same number as a Digital Link means the same record."""
        reading = code_reader.read("https://id.gs1.org/01/06901234567908/21/ZK-260811-031",
                                   self.env["scan.code.ai"]._get_table())
        self.assertEqual(self.env["scan.code"]._find(reading).lot, self.serial)
