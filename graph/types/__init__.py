"""Value types: each cleans its own column and names its stored form."""

from graph.types.base import Cleaned, ValueType
from graph.types.choices import Bool, KeepsLog, OneOf
from graph.types.clock import TimeRange
from graph.types.codes import Codes, CreditCode, Industry
from graph.types.dates import Date, Year
from graph.types.numbers import Area, Count
from graph.types.opening import OpeningHours
from graph.types.phones import OfficePhone
from graph.types.places import Latitude, Longitude, Place
from graph.types.terms import Term
from graph.types.text import ListOf, Name, Text

__all__ = [
    "Area", "Bool", "Cleaned", "Codes", "Count", "CreditCode", "Date", "Industry", "KeepsLog", "Latitude", "ListOf", "Longitude",
    "Name", "OfficePhone", "OneOf", "OpeningHours", "Place", "Term", "Text", "TimeRange", "ValueType", "Year",
]  # fmt: skip
