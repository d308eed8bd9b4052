"""A camera that sees what we print: a label cut out of the PDF, as the film that Chromium takes for its camera."""
import zxingcpp
from PIL import Image

from odoo.tests.common import ChromeBrowser

WIDTH, HEIGHT = 640, 480


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


def film(picture, path):
    """Write a picture as a film of one second (YUV4MPEG2)."""
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frame * 10)


def see_film(case, path):
    """Browsers of a test have a camera that sees the film."""
    spawn = ChromeBrowser._spawn_chrome

    def with_camera(browser, command):
        return spawn(browser, [
            *command[:-1], "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={path}", command[-1]])
    case.patch(ChromeBrowser, "_spawn_chrome", with_camera)
