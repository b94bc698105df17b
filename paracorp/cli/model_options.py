"""The options of the model that `build` and `translate` take, said once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Settings of `[translation]` for one run; None for what was not named."""

    beam: Annotated[
        int | None,
        typer.Option("--beam", help="How many renderings the model weighs at a time.", show_default=False),
    ] = None
    batch_tokens: Annotated[
        int | None,
        typer.Option("--batch-tokens", help="How many tokens the model gets at a time.", show_default=False),
    ] = None
    compute_type: Annotated[
        str | None,
        typer.Option(
            "--compute-type",
            metavar="TYPE",
            help="Such as int8 or float32; auto by default.",
            show_default=False,
        ),
    ] = None
    device: Annotated[
        str | None,
        typer.Option("--device", metavar="DEVICE", help="auto, cpu or cuda.", show_default=False),
    ] = None
    repair_names: Annotated[
        bool | None,
        typer.Option(
            "--repair-names/--no-repair-names",
            help="Whether the glossary chooses and mends names in what models give.",
            show_default=False,
        ),
    ] = None

    def named(self) -> dict[str, object]:
        """The options that were named, by setting."""
        options = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in options.items() if value is not None}


def with_model_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with one option for each field of `ModelOptions` in the place of its parameter `model`.

    Typer knows options by a function's signature alone, so the new one has a signature made for it.
    """
    hints = get_type_hints(ModelOptions, include_extras=True)
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in hints.items()
    ]
    signature = inspect.signature(command, eval_str=True)
    parameters = [
        new
        for parameter in signature.parameters.values()
        for new in (added if parameter.name == "model" else [parameter])
    ]

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> None:
        model = ModelOptions(**{name: given.pop(name, None) for name in hints})
        command(*args, model=model, **given)

    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run
