"""The office's keys: one file, readable by its owner only, made on first use.

The file is worth as much as the database: without it the sealed columns stay closed for ever. `docs/operations.md`
says how to keep and change it.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from zaigang.foundation.errors import ZaigangError


@dataclass(frozen=True, slots=True)
class Keys:
    """`fields` maps key id (1-255) to a 32-byte AES key; new values are sealed with `current`."""

    secret: str
    fields: dict[int, bytes]
    current: int
    index: bytes

    @classmethod
    def generate(cls) -> "Keys":
        return cls(secrets.token_urlsafe(50), {1: secrets.token_bytes(32)}, 1, secrets.token_bytes(32))


def load_keys(path: Path) -> Keys:
    """Read the key file, or make it. Raises `ZaigangError` when it is damaged or open to others."""
    if not path.exists():
        _write(path, Keys.generate())
    if path.stat().st_mode & 0o077 and os.name == "posix":
        raise ZaigangError("密钥文件的权限过宽", str(path), "请执行 chmod 600 后重试")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        fields = {int(key): base64.b64decode(value) for key, value in raw["fields"].items()}
        keys = Keys(raw["secret"], fields, raw["current"], base64.b64decode(raw["index"]))
        if keys.current not in fields or any(len(k) != 32 for k in (*fields.values(), keys.index)):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ZaigangError("密钥文件已损坏", str(path), "请从备份恢复；没有它，加密的内容无法读出") from None
    return keys


def _write(path: Path, keys: Keys) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = {
        "secret": keys.secret,
        "fields": {key: base64.b64encode(value).decode() for key, value in keys.fields.items()},
        "current": keys.current,
        "index": base64.b64encode(keys.index).decode(),
    }
    # Written aside and linked into place: two programs that start at once agree on one file, and none reads half.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
