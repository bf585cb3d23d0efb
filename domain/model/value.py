"""The base of every value: frozen, closed to unknown fields, compared by content."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value; unknown fields are refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")
