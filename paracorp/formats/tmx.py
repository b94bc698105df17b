"""TMX, the exchange format of translation memories: read 1.1 to 1.4, write 1.4b, validate."""

from paracorp.formats.tmx_read import TmxUnit, read_tmx
from paracorp.formats.tmx_validate import validate_tmx
from paracorp.formats.tmx_write import reason_to_skip, write_tmx

__all__ = ["TmxUnit", "read_tmx", "reason_to_skip", "validate_tmx", "write_tmx"]
