"""The file in which the records of a loaded sheet are stored, read only where it holds the bytes that were written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.disk import describe_file
from graph.storage_errors import LoadDamagedError
from graph.texts import Said

if TYPE_CHECKING:  # polars takes a third of a second: reading the state of a workspace does without
    import polars as pl

_OTHER_BYTES = Said("内容与账本中的 SHA-256 不符", "its bytes are not those of the ledger's SHA-256")


@dataclass(frozen=True)
class RecordsFile:
    """A stored file of records: where it is, of which loaded file and load it is a part, and the SHA-256 that the ledger holds."""

    path: Path
    file: str
    load_id: str
    sha256: str

    def read(self) -> pl.DataFrame:
        """Read the records; LoadDamagedError where the bytes are not those that were written.

        A flipped bit would otherwise be read as another value, and give another graph without a word.
        """
        import polars as pl  # a third of a second, which the state of a workspace does without

        try:
            stored = self.path.read_bytes()
            if hashlib.sha256(stored).hexdigest() != self.sha256:
                raise self._damaged(_OTHER_BYTES)
            return pl.read_parquet(stored)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._damaged(str(error)) from error

    def damage(self) -> LoadDamagedError | None:
        """Return what is wrong with the stored bytes; None if they are as they were written."""
        try:
            whole = describe_file(self.path).sha256 == self.sha256
        except OSError as error:
            return self._damaged(error.strerror or str(error))
        return None if whole else self._damaged(_OTHER_BYTES)

    def _damaged(self, reason: str | Said) -> LoadDamagedError:
        place = "/".join(self.path.parts[-3:])  # within the workspace
        return LoadDamagedError(path=place, reason=reason, file=self.file, load=self.load_id)
