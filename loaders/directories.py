"""Which files of a call are tables of one directory of services, and so are read together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from loaders.formats.raw_sheet import RawFile
from loaders.formats.read import Source
from loaders.sheets.hsds import ServiceDirectory, name_table


def find_directories(sources: Sequence[Source]) -> dict[Source, Sequence[Source]]:
    """Return for each file that is called like a table of a directory all those of its folder, or of the call where each lies alone."""
    named = [source for source in sources if name_table(source.name)]
    folders: dict[Path, list[Source]] = defaultdict(list)
    for source in named:
        folders[source.path.parent].append(source)
    # Uploads lie in a folder each.
    is_together = any(len(found) > 1 for found in folders.values())
    groups = list(folders.values()) if is_together else [named]
    return {source: group for group in groups for source in group if len(group) > 1}


def digest_together(
    directories: Mapping[Source, Sequence[Source]], contents: Mapping[Source, str]
) -> dict[Source, str]:
    """Return the digests of files, for a table of a directory one that changes with every table that it is read with."""
    made = dict(contents)
    for source, group in directories.items():
        said = [contents[source], *sorted(contents[one] for one in group)]
        made[source] = hashlib.sha256("|".join(said).encode()).hexdigest()
    return made


def read_directory(files: Sequence[RawFile]) -> ServiceDirectory | None:
    """Return the directory that files make together."""
    return ServiceDirectory.of(sheet for file in files for sheet in file.sheets)
