"""Model fields whose column holds sealed bytes and whose attribute holds the plain value.

A value read from the database is opened when the attribute is first touched: a list that does not show a column
never decrypts it. Empty values are NULL.
"""

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from zaigang.foundation.crypto.sealing import open_sealed, seal

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class Sealed(bytes):
    """Bytes as they lie in the database."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class _Opener(DeferredAttribute):
    """A data descriptor: without `__set__` Python would take the sealed bytes straight from the instance."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            field: Any = self.field
            value = field.opened(value, instance.pk)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(_Binary):
    """Text, sealed with table, column and primary key; the key must be known before saving (UUID)."""

    descriptor_class = _Opener

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def place(self, pk: Any) -> str:
        """Associated data of this column in the row `pk`."""
        return f"{self.model._meta.db_table}.{self.column}.{pk}"

    def sealed(self, value: Any, pk: Any) -> bytes | None:
        """What is written to the column for `value` in the row `pk`."""
        return None if value in (None, "") else seal(self.to_bytes(value), self.place(pk))

    def opened(self, value: bytes, pk: Any) -> Any:
        """The plain value of the column's bytes in the row `pk`."""
        return self.from_bytes(open_sealed(bytes(value), self.place(pk)))

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, value: bytes) -> Any:
        return value.decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        raw = model_instance.__dict__.get(self.attname)
        return bytes(raw) if isinstance(raw, Sealed) else self.sealed(raw, model_instance.pk)

    def to_python(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: search by its blind index")
        return super().get_lookup(lookup_name)


def sealed_value(model: type[models.Model], name: str, value: Any, pk: Any) -> bytes | None:
    """What COPY writes to the sealed column `name`; saving through the ORM does the same by itself."""
    field = model._meta.get_field(name)
    assert isinstance(field, SealedTextField)
    return field.sealed(value, pk)


class SealedJSONField(SealedTextField):
    """A JSON value, sealed."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    def from_bytes(self, value: bytes) -> Any:
        return json.loads(value)
