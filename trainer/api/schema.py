"""The API's description: every refusal that may come is named beside the answer."""

from typing import Any, Final, Literal

from drf_spectacular.openapi import AutoSchema

from trainer.api.serializers.problems import ProblemSerializer

FIELD_ERRORS: Final = {
    "description": "What is wrong, by field; nested fields nest.",
    "content": {"application/json": {"schema": {"type": "object", "additionalProperties": {}}}},
}


class ProblemAwareSchema(AutoSchema):
    """Adds the refusals common to all operations, so that views name only their own."""

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._common_refusals():
            if code == "400":
                responses.setdefault(code, FIELD_ERRORS)
            elif code not in responses:
                responses[code] = self._get_response_for_code(ProblemSerializer, code)
        return dict(sorted(responses.items()))

    def _common_refusals(self) -> list[str]:
        # 404 everywhere: a page of a list, or a row named in a body, may not be there either.
        codes = ["403", "404"]
        if self._get_parameters():
            codes.append("400")
        if self.method in ("POST", "PUT", "PATCH"):
            codes += ["400", "413", "415"]
        return codes
