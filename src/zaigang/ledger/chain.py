"""The hash of an entry, from its content and its predecessor's hash alone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")


def moment(value: datetime) -> str:
    """One spelling for one moment, whatever zone it is told in."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def digest(
    *,
    subject: UUID,
    number: int,
    verb: str,
    happened_at: str,
    recorded_at: str,
    actor: UUID,
    office: UUID,
    closure: UUID | None,
    on_behalf_of: UUID | None,
    facts: Mapping[str, Any],
    previous: bytes | None,
) -> bytes:
    """SHA-256, 32 bytes; moments as `moment` spells them."""
    body = (
        f'["{subject}",{number},"{verb}","{happened_at}","{recorded_at}","{actor}","{office}","{closure}",'
        f'"{on_behalf_of}",{json.dumps(facts, sort_keys=True, separators=(",", ":"))},'
        f'"{previous.hex() if previous else ""}"]'
    )
    return hashlib.sha256(body.encode()).digest()
