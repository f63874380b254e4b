"""The generators that are installed: what they are called, learnt from, and say of themselves."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.errors import GeneratorError
from cases.generators import default_generator, installed_generators
from trainer.api.serializers.generators import GeneratorSerializer
from trainer.api.views.base import SiteView


class GeneratorsView(SiteView):
    @extend_schema(operation_id="listGenerators", responses=GeneratorSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The generators of this site, the default first; for those who teach or operate."""
        self.require("cases.see_generators")
        context = {"default": _default_hash()}
        return Response(
            GeneratorSerializer(installed_generators(), many=True, context=context).data
        )


def _default_hash() -> str | None:
    """None where the settings name one that is not there: the others may still be ordered."""
    try:
        return default_generator().sha256
    except GeneratorError:
        return None
