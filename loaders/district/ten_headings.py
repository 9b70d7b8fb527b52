"""The registers of the ten headings of cooperation (十联): a workbook a heading, each with what is true of what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.documents import Document
from loaders.district.branches import describe_branches
from loaders.district.firm_services import describe_firm_services
from loaders.district.joint_meetings import describe_joint_meetings
from loaders.district.joint_work import describe_joint_work
from loaders.district.local_brands import describe_local_brands
from loaders.district.menus import describe_menus
from loaders.district.office import Book, Clerk, write_workbook
from loaders.district.plan import stream
from loaders.district.planned import PlannedDistrict
from loaders.district.postings import describe_postings
from loaders.district.safe_places import describe_safe_places
from loaders.district.tidings import describe_tidings

HEADINGS: tuple[Callable[[Clerk], Book], ...] = (
    describe_joint_meetings, describe_branches, describe_menus, describe_joint_work, describe_firm_services, describe_safe_places,
    describe_postings, describe_tidings, describe_local_brands,
)  # fmt: skip


def write_headings(folder: Path, district: PlannedDistrict, seed: int, dirt: float) -> tuple[Document, list[str]]:
    """Write the workbooks of the headings into `folder`; return what is true of them, and their names."""
    truth: Document = {}
    files = []
    for describe in HEADINGS:
        # A stream of random numbers each: a change in one heading leaves the others as they are.
        clerk = Clerk(district, stream(seed, describe.__name__), dirt)
        book = describe(clerk)
        write_workbook(folder / book.file, book.sheets, clerk)
        truth |= book.truth
        files.append(book.file)
    return truth, files
