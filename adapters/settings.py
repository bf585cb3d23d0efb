"""Settings: from the environment (``ONRECORD_*``) and a file; nobody else reads them.

The order, first wins: what the command line says, the environment, the file
``onrecord.toml`` of the working folder (or the one ``ONRECORD_CONFIG`` names), the
defaults below.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from adapters.store_url import StoreUrl, without_credentials
from domain.errors import InvalidInputError
from domain.model.fields import wrong_fields

FILE = "onrecord.toml"


class Settings(BaseSettings):
    """What can be set; each field is the variable ``ONRECORD_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    store: Annotated[
        str,
        Field(
            description="Where the record is kept: sqlite:///FILE or "
            "postgresql://USER@HOST/DATABASE."
        ),
    ] = "sqlite:///onrecord.db"
    seeds: Annotated[
        Path | None, Field(description="A folder of seeds of your own, added to ours.")
    ] = None
    host: Annotated[str, Field(description="The address to listen on.")] = "127.0.0.1"
    port: Annotated[
        int, Field(ge=0, le=65535, description="The first port to try.")
    ] = 8000
    page: Annotated[
        int, Field(ge=1, le=5000, description="Events folded in one transaction.")
    ] = 500
    ready_lag: Annotated[
        int, Field(ge=0, description="Events of lag at which readiness fails.")
    ] = 1000
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Field(description="What a service logs: this, and what is graver."),
    ] = "info"
    log_format: Annotated[
        Literal["json", "plain"] | None,
        Field(description="How it logs; plain on a terminal, json elsewhere."),
    ] = None

    @property
    def where(self) -> StoreUrl:
        """Where the record is kept."""
        return StoreUrl(self.store)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is handed in, then the environment, then the file."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=_file()),
        )


def _file() -> Path:
    return Path(os.environ.get("ONRECORD_CONFIG") or FILE)  # noqa: TID251 (here only)


def load(**given: Any) -> Settings:
    """Return the settings in force; what is given as None counts as not given.

    Raises:
        InvalidInputError: a value is wrong; names the variable.
    """
    if _file() != Path(FILE) and not _file().is_file():
        message = f"ONRECORD_CONFIG: no file {str(_file())!r}"
        raise InvalidInputError(message)
    if _file().is_dir():
        message = f"the settings file {_file()} cannot be read: it is a folder"
        raise InvalidInputError(message)
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            message = f"the settings file {_file()} has {name!r}, which is no setting"
            raise InvalidInputError(message) from error
        (wrong, *_) = wrong_fields([first])
        got = without_credentials(str(first["input"]))[:60]
        message = f"ONRECORD_{name.upper()}: {wrong.reason}, got {got!r}"
        raise InvalidInputError(message) from error
    except (ValueError, OSError) as error:
        message = f"the settings file {_file()} cannot be read: {error}"
        raise InvalidInputError(message) from error
