"""Bodies up to a size: Django's own limit does not see what a parser reads for itself."""

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from trainer.api.exceptions import PayloadTooLarge

# A hundred described marks take about 40 kB; nothing honest comes near this.
MAXIMUM_JSON_BYTES: Final = 256 * 1024
MAXIMUM_FILE_BYTES: Final = 1024 * 1024
# JSON may hold half of a UTF-16 pair; no answer can repeat it and no database keep it.
HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")

Context = Mapping[str, Any] | None


def check_size(parser_context: Context, maximum: int) -> None:
    """Raise PayloadTooLarge by the declared length, which no server lets a body exceed."""
    request = (parser_context or {}).get("request")
    length = str(request.META.get("CONTENT_LENGTH") or 0) if request is not None else "0"
    if not length.isdecimal() or int(length) > maximum:
        raise PayloadTooLarge()


class BoundedJSONParser(JSONParser):
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Context = None,
    ) -> Any:
        check_size(parser_context, MAXIMUM_JSON_BYTES)
        try:
            data = super().parse(stream, media_type=media_type, parser_context=parser_context)
            if any(HALF_CHARACTER.search(text) for text in list_texts(data)):
                raise ParseError("The JSON holds half of a character.")
            return data
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error


def list_texts(data: Any) -> Iterator[str]:
    """All texts in decoded JSON, names of fields among them."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


class BoundedMultiPartParser(MultiPartParser):
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Context = None,
    ) -> DataAndFiles:
        check_size(parser_context, MAXIMUM_FILE_BYTES)
        return super().parse(stream, media_type=media_type, parser_context=parser_context)
