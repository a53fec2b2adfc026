"""A preview of a clip."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._report import Preview

if TYPE_CHECKING:
    import PIL.Image


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame of a clip as JPEG."""

    time: float
    """Seconds from the clip's start."""
    width: int
    height: int
    score: float
    """How good the frame is, 0 to 1; comparable between clips."""
    reason: str
    """Why it was chosen."""
    jpeg: bytes
    """The picture's bytes."""

    @classmethod
    def of(cls, preview: Preview) -> Picture:
        """The picture of a report's preview."""
        _, _, data = preview.image.partition(",")
        return cls(
            preview.t, preview.width, preview.height, preview.score, preview.reason, base64.b64decode(data))

    @property
    def image(self) -> PIL.Image.Image:
        """The picture for Pillow, which the extra `vprep[pictures]` installs."""
        import PIL.Image

        return PIL.Image.open(io.BytesIO(self.jpeg))
