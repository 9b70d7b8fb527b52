"""How much a file may ask of this machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileLimits:
    """The bounds of reading; sizes in bytes, times in seconds, `memory_bytes` for the whole child process.

    A workbook of 100,000 rows × 20 columns unpacks to about 100 MB; what is twice as large is no register of a district.
    """

    max_file_bytes: int = 512 * MEGABYTE
    max_unpacked_bytes: int = 200 * MEGABYTE
    max_ratio: int = 100  # unpacked to packed, for parts over 1 MB
    max_entries: int = 2_000  # parts of a workbook's archive
    max_rows: int = 1_000_000  # beside one row of headers
    max_columns: int = 1_000
    max_cell_chars: int = 100_000
    wall_seconds: float = 120.0
    cpu_seconds: int = 240
    memory_bytes: int = 4096 * MEGABYTE
