"""Text of a file, with errors that a user understands."""

from pathlib import Path

from routewright.data.errors import FormatError


def read_text(path: str | Path) -> str:
    """The whole file as text, UTF-8 or else Latin-1 (old benchmark files).

    Raises:
        FormatError: for a missing or unreadable file, a folder, an empty or a binary file.
    """
    try:
        content = Path(path).read_bytes()
    except IsADirectoryError:
        raise FormatError(path, "is a folder, not a file") from None
    except FileNotFoundError:
        raise FormatError(path, "does not exist") from None
    except OSError as error:
        raise FormatError(path, f"cannot be read ({error.strerror})") from None
    if b"\0" in content:
        raise FormatError(path, "is a binary file, not text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if not text.strip():
        raise FormatError(path, "is empty")
    return text
