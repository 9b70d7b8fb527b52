"""Reads uploaded forms: file names also where a client writes them by RFC 6266 (filename*=UTF-8''…) or in GBK."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from api.door_errors import BodyFormError
from graph.texts import Said

MOST_FIELDS = 10
_EXTENDED = re.compile(rb";\s*filename\*\s*=\s*\"?([\w!#$&+^`{}~.-]*)'[^']*'([^;\"]*)\"?", re.IGNORECASE)
_PLAIN = re.compile(rb";\s*filename\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.IGNORECASE)


class _NamedFilesParser(MultiPartParser):
    """Starlette's reader of forms with every file's name put plainly before it looks."""

    def on_headers_finished(self) -> None:
        part = self._current_part
        part.content_disposition = name_plainly(part.content_disposition or b"")
        super().on_headers_finished()


def name_plainly(disposition: bytes) -> bytes:
    """Return a Content-Disposition header with the file's name as plain UTF-8, whichever way it was written."""
    found = _EXTENDED.search(disposition)
    if found is not None:
        name = _decode(unquote_to_bytes(found[2].strip()), found[1].decode("ascii") or "utf-8")
        rest = _PLAIN.sub(b"", _EXTENDED.sub(b"", disposition))
        written = name.replace("\\", "_").replace('"', "_")
        return rest + f'; filename="{written}"'.encode("utf-8", "replace")
    return _decode(disposition, "utf-8").encode("utf-8", "replace")


def _decode(raw: bytes, charset: str) -> str:
    """Return bytes as text; those that are no UTF-8 come from programs on a Chinese system, which write GBK."""
    for tried in (charset, "gb18030"):
        try:
            return raw.decode(tried)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


async def read_form(request: Request, most_files: int) -> FormData:
    """Return an uploaded form; the caller closes it."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise BodyFormError(reason=Said("应为 multipart/form-data", "must be multipart/form-data"))
    parser = _NamedFilesParser(request.headers, request.stream(), max_files=most_files, max_fields=MOST_FIELDS)
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise BodyFormError(reason=error.message) from error
    except ClientDisconnect as error:
        raise BodyFormError(reason=Said("上传中断", "the upload broke off")) from error
