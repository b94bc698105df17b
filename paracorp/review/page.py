"""The page: its template and files, served from here or in one file with everything in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

FILES = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.(?:css|js|svg)")


@dataclass(frozen=True, slots=True)
class Asset:
    """A script or style of the page: by its address, or with its text."""

    address: str | None
    text: Markup | None

    @property
    def href(self) -> str | None:
        """The address of a style."""
        return self.address

    @property
    def src(self) -> str | None:
        """The address of a script."""
        return self.address


def asset_names(suffix: str) -> list[str]:
    """The files of the page with a suffix, in the order they are loaded."""
    return sorted(path.name for path in FILES.glob(f"*{suffix}") if _NAME.fullmatch(path.name))


def asset(name: str) -> tuple[bytes, str] | None:
    """The bytes and media type of a file of the page; None for one there is not."""
    path = FILES / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return path.read_bytes(), TYPES[path.suffix]


def served_page(title: str) -> str:
    """The page as the server gives it: everything else has an address."""
    styles, scripts = (
        [Asset(f"/static/{name}", None) for name in asset_names(suffix)] for suffix in (".css", ".js")
    )
    return _render({"title": title, "styles": styles, "scripts": scripts, "csp": None, "data": None})


def whole_page(title: str, data: Mapping[str, Any]) -> str:
    """The page with its scripts, styles and data in it; it loads nothing and sends nothing."""
    from markupsafe import Markup

    texts = {
        suffix: [(FILES / name).read_text(encoding="utf-8") for name in asset_names(suffix)]
        for suffix in (".css", ".js")
    }
    policy = {
        "default-src": ["'none'"],
        "img-src": ["data:"],
        "style-src": [_hash(text) for text in texts[".css"]],
        "script-src": [_hash(text) for text in texts[".js"]],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return _render(
        {
            "title": title,
            "styles": [Asset(None, Markup(text)) for text in texts[".css"]],  # noqa: S704 -- our own file
            "scripts": [Asset(None, Markup(text)) for text in texts[".js"]],  # noqa: S704 -- our own file
            "csp": "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items() if values),
            "data": Markup(_inert(data)),  # noqa: S704 -- made inert
        }
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# What would end the script element or reorder the lines of the file for who reads it.
_UNSAFE = re.compile("[<>&\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def _inert(data: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element and be written as UTF-8."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", body)


def _render(values: Mapping[str, Any]) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("paracorp.review"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("review.html").render(values)
