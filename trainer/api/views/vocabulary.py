from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from generation import vocabulary
from trainer.api.serializers.vocabulary import VocabularySerializer
from trainer.api.views.base import SiteView


class VocabularyView(SiteView):
    @extend_schema(operation_id="getVocabulary", responses=VocabularySerializer)
    def get(self, request: Request) -> Response:
        """The words of the trainer, versioned: what may be answered and what it is called."""
        return Response(VocabularySerializer(vocabulary.to_json()).data)
