"""Every segment into English: reviewed memory, offline engines, and the cache of what they made."""

from paracorp.translation.cache import Cache
from paracorp.translation.engine import Engine, EngineOutput
from paracorp.translation.memory import Conflict, Match, Memory, load_memory
from paracorp.translation.rendering import Missing, missing_models, translate_segments

__all__ = [
    "Cache",
    "Conflict",
    "Engine",
    "EngineOutput",
    "Match",
    "Memory",
    "Missing",
    "load_memory",
    "missing_models",
    "translate_segments",
]
