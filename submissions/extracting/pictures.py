"""Pictures: whether they tell where they were taken, and the same picture written anew without anything but its pixels."""

import warnings

from PIL import ExifTags, Image, ImageFile, ImageOps

from submissions.extracting import drawing
from submissions.extracting.found import answer, detail

MOST_PIXELS = 60_000_000
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class NoPicture(ValueError):
    pass


def opened(file, extension):
    picture = Image.open(file, formats=[FORMATS[extension]])
    if picture.width * picture.height > MOST_PIXELS:
        raise NoPicture("too many pixels")
    return picture


def read(file, extension):
    with opened(file, extension) as picture:
        return answer([], pages=1, hidden=hidden_of(picture))


def preview(file, extension):
    with opened(file, extension) as picture:
        return {"pictures": [drawing.as_jpeg(ImageOps.exif_transpose(picture))]}


def hidden_of(picture) -> dict:
    tags = picture.getexif()
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    return {
        "author": detail(tags.get(ExifTags.Base.Artist, "")),
        "software": detail(tags.get(ExifTags.Base.Software, "")),
        "place": _degrees(place) if place else "",
    }


def _degrees(place) -> str:
    try:
        parts = []
        for values, half in ((2, 1), (4, 3)):
            degrees, minutes, seconds = (float(value) for value in place[values])
            parts.append(f"{degrees + minutes / 60 + seconds / 3600:.4f} {str(place.get(half, ''))[:1]}")
        return detail(", ".join(parts))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "?"


def clean(file, to, extension):
    """The same pixels, turned as they are shown, in a file of our own making: no place, no author, nothing behind it."""
    with opened(file, extension) as picture:
        profile = picture.info.get("icc_profile") if len(picture.info.get("icc_profile") or b"") < 100_000 else None
        turned = ImageOps.exif_transpose(picture)
        if extension == ".png":
            kept = turned.mode if turned.mode in ("P", "1", "L", "LA", "RGB", "RGBA", "I;16") else "RGBA"
            plain = turned if turned.mode == kept else turned.convert(kept)
            options = {"transparency": turned.info["transparency"]} if "transparency" in turned.info else {}
        else:
            plain = turned if turned.mode in ("L", "RGB", "CMYK") else turned.convert("RGB")
            options = {"quality": 92}
        plain.info = {}
        with to.open("wb") as out:
            plain.save(out, format=FORMATS[extension], icc_profile=profile, exif=b"", **options)
    return {}


harmless = clean


def without_segments(raw: bytes) -> bytes:
    """A JPEG inside a document without its EXIF, XMP and comments; its pixels are not touched."""
    if raw[:2] != b"\xff\xd8":
        return raw
    kept, place = [raw[:2]], 2
    while place + 4 <= len(raw) and raw[place] == 0xFF and raw[place + 1] != 0xDA:
        size = int.from_bytes(raw[place + 2 : place + 4], "big") + 2
        if raw[place + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(raw[place : place + size])
        place += size
    return b"".join([*kept, raw[place:]])
