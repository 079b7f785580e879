"""Text in a picture: escaped, measured and cut, since SVG neither wraps nor shortens."""

from __future__ import annotations

from typing import Final

# Widths in shares of the font's size. They are those of DejaVu Sans, which is wider than most fonts that a reader's
# system has, so that text rather ends early than runs into its neighbour.
_NARROW, _LOWER, _DIGIT, _UPPER, _WIDE = 0.34, 0.6, 0.64, 0.7, 0.97
_WIDTHS: Final = {
    **dict.fromkeys("ijl|!.,:;'` fIt()[]", _NARROW),
    **dict.fromkeys("mwMW@%&", _WIDE),
    **dict.fromkeys("0123456789", _DIGIT),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", _UPPER),
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is, in the unit of `size`; rather too much than too little."""
    plain = sum(_WIDTHS.get(one, _LOWER if ord(one) < 0x2E80 else 1.0) for one in text) * size
    return plain * 1.1 if bold else plain


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text cut to the room there is, with an ellipsis where something is left out."""
    if width(text, size, bold=bold) <= room:
        return text
    kept, used = "", width("…", size, bold=bold)
    for one in text:
        used += width(one, size, bold=bold)
        if used > room:
            break
        kept += one
    return f"{kept.rstrip()}…"


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """Return a text as at most so many lines of words; the last one is cut where there is more."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words and lines:
        lines[-1] = f"{lines[-1]} {' '.join(words)}"
    return [fitted(line, room, size) for line in lines]
