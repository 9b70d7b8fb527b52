"""What JSON objects and rows of frames are to the type checker, where their keys come from elsewhere: a schema, a file, a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]  # a JSON object, as an answer, a JSON schema or a file holds it
FrameRow = Mapping[str, Any]  # a row of a frame, by column
