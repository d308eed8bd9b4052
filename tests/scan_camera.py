"""A camera that sees what we print: the film that Chromium takes for its camera, which the test points at label after
label."""
import base64
import io
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image

from odoo.tests.common import ChromeBrowser

from odoo.addons.warehouse_scan.tools import symbols

WIDTH, HEIGHT = 640, 480
#: How wide the picture of a code is in the frame.
WIDE, SQUARE = 560, 300


def cut_out(pages, text):
    """The label with a code in the middle, as a person aims at it: a picture of 640x480.

    :param pages: pictures of printed pages
    """
    for page in pages:
        for code in zxingcpp.read_barcodes(page, text_mode=zxingcpp.TextMode.Plain):
            if code.text == text:
                one, other, width = code.position.top_left, code.position.bottom_right, page.width // 3
                height = width * HEIGHT // WIDTH
                left, top = (one.x + other.x - width) // 2, (one.y + other.y - height) // 2
                label = page.convert("L").crop((left, top, left + width, top + height))
                paper = Image.new("L", label.size, 255)  # beyond the page it is white, not black
                paper.paste(label.crop((max(-left, 0), max(-top, 0), *label.size)), (max(-left, 0), max(-top, 0)))
                return paper.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    raise AssertionError(f"{text} is printed on no page")


def draw(env, code):
    """The picture that stands on the label of a code, on white paper."""
    symbol = symbols.choose(code)
    picture = env["scan.label"]._draw(symbol, code).partition(",")[2]
    picture = Image.open(io.BytesIO(base64.b64decode(picture))).convert("L")
    width = SQUARE if picture.width == picture.height else WIDE
    picture = picture.resize((width, picture.height * width // picture.width), Image.Resampling.BICUBIC)
    paper = Image.new("L", (WIDTH, HEIGHT), 255)
    paper.paste(picture, ((WIDTH - picture.width) // 2, (HEIGHT - picture.height) // 2))
    return paper


class Film:
    """A film of one picture (YUV4MPEG2). Chromium reads it anew for each frame: a picture that is written into it is
    what the camera sees from then on."""

    def __init__(self, case):
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "label.y4m"
        self.show(Image.new("L", (WIDTH, HEIGHT), 255))
        spawn = ChromeBrowser._spawn_chrome

        def with_camera(browser, command):
            return spawn(browser, [
                *command[:-1], "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={self.path}", command[-1]])
        case.patch(ChromeBrowser, "_spawn_chrome", with_camera)
        case.whole_browser = True  # the headless shell has no camera

    def show(self, picture):
        """From now on the camera sees this picture of 640x480."""
        frame = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\nFRAME\n".encode() + picture.tobytes()
        with open(self.path, "r+b" if self.path.exists() else "wb") as film:
            film.write(frame + bytes([128]) * (WIDTH * HEIGHT // 2))
