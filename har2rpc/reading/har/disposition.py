"""The name of the file that an answer is: the one header that an exchange knows of, and of it nothing but the name."""

from __future__ import annotations

from har2rpc.model import Json

_LONGEST = 255  # characters of a file's name


def attachment_name(headers: Json) -> str | None:
    """The name that `Content-Disposition: attachment` gives (RFC 6266); "" without one, None where no header says so."""
    for header in headers if isinstance(headers, list) else ():
        if not isinstance(header, dict):
            continue
        name, value = header.get("name"), header.get("value")
        if not (isinstance(name, str) and isinstance(value, str)):
            continue
        is_it = name.lower() == "content-disposition"
        if is_it and value.partition(";")[0].strip().lower() == "attachment":
            return _file_name(value)
    return None


def _file_name(value: str) -> str:
    from email.message import Message  # here, because few answers are files

    message = Message()
    message["Content-Disposition"] = " ".join(value.splitlines())
    try:
        return (message.get_filename("") or "")[:_LONGEST]
    except (ValueError, LookupError):  # an encoding that nobody knows
        return ""
