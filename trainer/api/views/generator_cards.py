"""The model card of an installed generator."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.errors import GeneratorError
from cases.generators import default_generator, installed_generators
from generation.cards import read_card
from generation.packages.registry import InstalledGenerator, RegistryError, find_generator
from trainer.api.realism import describe_readers
from trainer.api.serializers.generator_cards import ModelCardSerializer
from trainer.api.views.base import SiteView

DEFAULT = "default"


class GeneratorCardView(SiteView):
    @extend_schema(operation_id="getGeneratorCard", responses=ModelCardSerializer)
    def get(self, request: Request, generator: str) -> Response:
        """The card of the generator with this SHA-256, or of the “default” one; for all members."""
        self.require("cases.see_card")
        found = find_or_refuse(generator)
        readers = describe_readers(found.sha256, self.person)
        context = {"shipped": found.shipped, "readers": readers}
        return Response(ModelCardSerializer(read_card(found.weights), context=context).data)


def find_or_refuse(wanted: str) -> InstalledGenerator:
    """The generator; 404 with the reason where the site does not have it (any more)."""
    try:
        if wanted == DEFAULT:
            return default_generator()
        return find_generator(wanted, installed_generators())
    except (GeneratorError, RegistryError) as error:
        raise NotFound(str(error)) from error
