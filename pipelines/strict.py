"""What all records that are read from YAML have in common."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A record of what a file says: frozen, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
