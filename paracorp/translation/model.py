"""A CTranslate2 model: threads from the cores, batches at work, attention. The only file that runs one."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from paracorp.errors import UsageError
from paracorp.translation.installed import argos_setting

Tokens = Sequence[str]

# A batch is dealt into this many parts, whatever the machine, so that the outputs do not depend on its cores.
# Two cores translate twice as fast with a part each as with both at one part (gist packages, beam 4).
PARTS = 4


def resolve_device(wanted: str) -> str:
    """`cpu` or `cuda` for `auto`, `cpu` or `cuda`; `auto` follows Argos's own setting, then what is there.

    Raises `UsageError` where CUDA is asked for and no device is found.
    """
    import ctranslate2

    devices = ctranslate2.get_cuda_device_count()
    if wanted == "cuda" and not devices:
        raise UsageError(
            "device cuda is asked for, and CTranslate2 finds none",
            fix="Use device auto or cpu, or check the driver with: nvidia-smi",
        )
    if wanted == "auto":
        wanted = argos_setting("ARGOS_DEVICE_TYPE") or "auto"
    return ("cuda" if devices else "cpu") if wanted == "auto" else wanted


def resolve_compute_type(wanted: str, device: str) -> str:
    """The compute type to load with; `auto` follows Argos's own setting. `UsageError` for one that fails."""
    import ctranslate2

    if wanted == "auto":
        return argos_setting("ARGOS_COMPUTE_TYPE") or "auto"
    supported = sorted(ctranslate2.get_supported_compute_types(device))
    if wanted != "default" and wanted not in supported:
        raise UsageError(
            f"compute type {wanted!r} does not work on {device} here",
            fix=f"Use auto, default, or one of: {', '.join(supported)}.",
        )
    return wanted


def threads(device: str, cores: int | None = None) -> dict[str, int]:
    """How many parts are worked on at a time, and with how many threads each; Argos's own settings win."""
    set_by_user = {
        name: argos_setting(f"ARGOS_{name.upper()}") for name in ("inter_threads", "intra_threads")
    }
    cores = cores or _cores()
    together = min(cores, PARTS) if device == "cpu" else 1
    chosen = {"inter_threads": together, "intra_threads": cores // together if device == "cpu" else 0}
    return chosen | {name: int(value) for name, value in set_by_user.items() if value}


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Model:
    """A model folder, loaded. Raises `RuntimeError` or `ValueError` where it is damaged."""

    def __init__(self, folder: Path, *, device: str, compute_type: str) -> None:
        """Load it."""
        import ctranslate2

        self._translator = ctranslate2.Translator(
            str(folder), device=device, compute_type=compute_type, **threads(device)
        )

    def start(self, rows: Sequence[Tokens], prefix: str, options: Mapping[str, Any]) -> list[Any]:
        """Set a batch to work; one handle per row, in order, for `finish`."""
        handles: list[Any] = [None] * len(rows)
        for part in range(min(PARTS, len(rows))):
            some = [list(row) for row in rows[part::PARTS]]
            handles[part::PARTS] = self._translator.translate_batch(
                some, target_prefix=[[prefix]] * len(some) if prefix else None, asynchronous=True, **options
            )
        return handles

    def attention(self, source: Tokens, target: Tokens) -> list[list[float]]:
        """For each target token the share of attention each source token had when it was forced."""
        [result] = self._translator.translate_batch(
            [list(source)],
            target_prefix=[list(target)],
            beam_size=1,
            max_decoding_length=len(target) + 1,
            return_attention=True,
        )
        rows: list[list[float]] = result.attention[0][: len(target)]
        return rows


def probability(score: float, tokens: int, length_penalty: float) -> float:
    """exp(mean log-probability) from CTranslate2's score: the sum divided by length to the penalty.

    The length counts the end of the sentence as a token.
    """
    return min(1.0, math.exp(score * (tokens + 1) ** (length_penalty - 1)))
