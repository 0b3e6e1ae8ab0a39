"""The fields of our own Anki note type: texts and lists as HTML that Anki shows well and that comes back whole."""

from __future__ import annotations

import html
from typing import Any

from bs4.element import NavigableString, PageElement, Tag

from mockint.exchange.spoken import soup

NOTE_TYPE = "mockint question"
FIELDS = {
    "Question": "question", "Model answer": "model_answer", "Key points": "key_points", "Follow-ups": "follow_ups",
    "Reading": "reading", "Tags": "tags", "Spoken": "spoken", "Kind": "kind", "Expects": "expects",
    "Difficulty": "difficulty", "Id": "id", "Area": "area", "Title": "title",
}  # fmt: skip
"""Field of the note type -> field of a bank."""
_LISTS = {"key_points", "follow_ups", "reading", "tags"}


def to_html(value: Any) -> str:
    """A field's value as HTML; a key point's weight is an attribute."""
    if isinstance(value, list):
        return f"<ul>{''.join(_item(each) for each in value)}</ul>"
    return html.escape(str(value), quote=False).replace("\n", "<br>")


def _item(item: Any) -> str:
    if isinstance(item, str):
        return f"<li>{to_html(item)}</li>"
    weight = f' data-weight="{item["weight"]!r}"' if "weight" in item else ""
    aliases = to_html(item["aliases"]) if "aliases" in item else ""
    return f"<li{weight}>{to_html(item['text'])}{aliases}</li>"


def from_html(name: str, text: str) -> Any:
    """The value of a bank's field out of HTML that `to_html` wrote, perhaps edited in Anki since."""
    root = soup(text)
    if name not in _LISTS:
        return _text(root)
    outer = [item for item in root.find_all("li") if item.find_parent("li") is None]
    return [_listed(item, name) for item in outer]


def _listed(item: Tag, name: str) -> Any:
    aliases = [_text(alias) for alias in item.find_all("li")]
    for nested in item.find_all("ul"):
        nested.extract()
    text, weight = _text(item), item.get("data-weight")
    if name != "key_points" or not (aliases or weight):
        return text
    point: dict[str, Any] = {"text": text} | ({"aliases": aliases} if aliases else {})
    try:
        return point | ({"weight": float(str(weight))} if weight else {})
    except ValueError:
        return point | {"weight": str(weight)}


def _text(tag: Tag) -> str:
    return "".join(_piece(element) for element in tag.descendants)


def _piece(element: PageElement) -> str:
    if isinstance(element, Tag):
        return "\n" if element.name in {"br", "div"} else ""
    return str(element) if type(element) is NavigableString else ""
