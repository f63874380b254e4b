from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.api.serializers.vocabulary import VocabularySerializer
from trainer.api.views.base import SiteView
from trainer.api.vocabulary import describe_vocabulary


class VocabularyView(SiteView):
    @extend_schema(operation_id="getVocabulary", responses=VocabularySerializer)
    def get(self, request: Request) -> Response:
        """The words of the trainer, versioned: what may be answered and what it is called."""
        return Response(VocabularySerializer(describe_vocabulary()).data)
