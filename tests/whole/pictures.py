"""Looking at a picture as far as a program can."""

from io import BytesIO

from PIL import Image


def check_map(png: bytes) -> None:
    """A deal map is wide enough to be read, and something is on it."""
    with Image.open(BytesIO(png)) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 800
        assert picture.height >= 400
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
        assert colours is not None
        background = max(count for count, _ in colours)
        assert len(colours) > 50
        assert background < 0.95 * picture.width * picture.height
