"""What the domain needs from outside, as small protocols.

Parsers and date readers are described beside the steps that use them
(``domain/attribution``). Adapters implement all of them; every implementation, fakes included, passes the same
contract tests (``tests/contracts``).
"""

from domain.ports.log import (
    AlreadyStored,
    Answer,
    Append,
    ArticleStore,
    Batch,
    Clock,
    EventLog,
    GroupLog,
    Seen,
)
from domain.ports.views import (
    FreshViews,
    Parked,
    Progress,
    Views,
    ViewSnapshot,
    ViewStore,
    ViewTransaction,
)

__all__ = [
    "AlreadyStored",
    "Answer",
    "Append",
    "ArticleStore",
    "Batch",
    "Clock",
    "EventLog",
    "FreshViews",
    "GroupLog",
    "Parked",
    "Progress",
    "Seen",
    "ViewSnapshot",
    "ViewStore",
    "ViewTransaction",
    "Views",
]
