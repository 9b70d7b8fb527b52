"""Value types: each cleans its own column and names its stored form."""

from graph.types.areas import AreaCode
from graph.types.choices import CALLED_OFF, NOT_SIGNED, TAKEN_BACK, Bool, KeepsLog, OneOf, Remarked
from graph.types.clock import TimeRange
from graph.types.codes import Codes, CreditCode, Industry
from graph.types.counts import Count, CountedIn
from graph.types.dates import Date, Year
from graph.types.lead_days import LeadDays
from graph.types.numbers import Area
from graph.types.occasions import Occasion
from graph.types.opening_hours import OpeningHours
from graph.types.phones import OfficePhone
from graph.types.places import Latitude, Longitude, Place
from graph.types.quantities import DAYS, HOURS, LENGTH, MINUTES, MONEY, POINTS, POWER, WEIGHT, Quantity
from graph.types.settlements import VillageName
from graph.types.spans import Span
from graph.types.status import Status
from graph.types.teams import TeamName
from graph.types.terms import Term, TermEnd
from graph.types.text import ListOf, Name, Text
from graph.types.value_type import Cleaned, ValueType

__all__ = [
    "CALLED_OFF",
    "DAYS",
    "HOURS",
    "LENGTH",
    "MINUTES",
    "MONEY",
    "NOT_SIGNED",
    "POINTS",
    "POWER",
    "TAKEN_BACK",
    "WEIGHT",
    "Area",
    "AreaCode",
    "Bool",
    "Cleaned",
    "Codes",
    "Count",
    "CountedIn",
    "CreditCode",
    "Date",
    "Industry",
    "KeepsLog",
    "Latitude",
    "LeadDays",
    "ListOf",
    "Longitude",
    "Name",
    "Occasion",
    "OfficePhone",
    "OneOf",
    "OpeningHours",
    "Place",
    "Quantity",
    "Remarked",
    "Span",
    "Status",
    "TeamName",
    "Term",
    "TermEnd",
    "Text",
    "TimeRange",
    "ValueType",
    "VillageName",
    "Year",
]  # fmt: skip
