"""Whether a picture of a page still looks like one that a person has looked at.

Pictures are kept a sixth as wide and as high: the browser itself makes them smaller. The mean colours of
squares are compared, so that a letter drawn a little otherwise changes nothing, and a colour, a missing
picture or a moved block does.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

KEPT = Path(__file__).parent / "pictures"
RENEW = "MLPM_RENEW_PICTURES"
SMALLER = 6
SQUARE = 2  # pixels of the small picture, 12 of the page
NOTICED = 12.0  # of 255, in any of red, green and blue
ALLOWED = 0.03  # of the squares; other drawing of the same letters changes half of that
STRETCH = 0.03  # of the height or width

_SHRINK = """async ([data, by]) => {
    const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width / by); canvas.height = Math.round(image.height / by);
    const context = canvas.getContext('2d'); context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    return [canvas.toDataURL('image/png').split(',')[1], canvas.width, canvas.height, Array.from(pixels)];
}"""


def small(page: Page, png: bytes, by: int = SMALLER) -> tuple[bytes, NDArray[np.float64]]:
    """The picture made smaller: as PNG, and as height x width x 3 numbers from 0 to 255."""
    data, width, height, pixels = page.evaluate(_SHRINK, [base64.b64encode(png).decode(), by])
    return base64.b64decode(data), np.array(pixels, float).reshape(height, width, 4)[..., :3]


def squares(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean colour of each whole square."""
    rows, columns = (length // SQUARE for length in picture.shape[:2])
    whole = picture[: rows * SQUARE, : columns * SQUARE]
    return whole.reshape(rows, SQUARE, columns, SQUARE, 3).mean(axis=(1, 3))


def difference(now: NDArray[np.float64], kept: NDArray[np.float64]) -> float:
    """The share of squares that look otherwise; 1 where the pictures have another size."""
    sizes = zip(now.shape[:2], kept.shape[:2], strict=True)
    if any(abs(one - other) > max(1, STRETCH * other) for one, other in sizes):
        return 1.0
    rows, columns = np.minimum(now.shape[:2], kept.shape[:2])
    apart = np.abs(squares(now[:rows, :columns]) - squares(kept[:rows, :columns]))
    return float((apart.max(axis=2) > NOTICED).mean())


def changed(page: Page, png: bytes, name: str, shots: Path) -> list[str]:
    """What to tell a person, if the picture no longer looks like the one kept under this name."""
    file = KEPT / f"{name}.png"
    (shots / f"now_{name}.png").write_bytes(png)
    data, now = small(page, png)
    if os.environ.get(RENEW):
        file.write_bytes(data)
    again = f"{RENEW}=1 python -m pytest tests/browser/test_pictures.py"
    renew = f"look at tests/browser/shots/now_{name}.png, and if it is right: {again}"
    if not file.exists():
        return [f"{name}: no picture is kept; {renew}"]
    share = difference(now, small(page, file.read_bytes(), 1)[1])
    return [f"{name}: {share:.1%} looks otherwise, {ALLOWED:.0%} may; {renew}"] if share > ALLOWED else []
