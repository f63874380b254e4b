from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.api.serializers.vocabulary import VocabularyQuerySerializer, VocabularySerializer
from trainer.api.views.base import SiteView
from trainer.api.vocabulary import describe_vocabulary


class VocabularyView(SiteView):
    @extend_schema(
        operation_id="getVocabulary",
        parameters=[VocabularyQuerySerializer],
        responses=VocabularySerializer,
    )
    def get(self, request: Request) -> Response:
        """The words of the trainer, versioned: what may be answered and what it is called."""
        query = VocabularyQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        with translation.override(query.validated_data["language"]):
            return Response(VocabularySerializer(describe_vocabulary()).data)
