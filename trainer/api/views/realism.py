"""Real or synthetic: the test, its images for those who take it, and what it came to."""

import uuid

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.api.realism import describe_giveaway, describe_reading, describe_state
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.serializers.realism import (
    GiveawaySerializer,
    RealismAnswerCreateSerializer,
    RealismAnswerSerializer,
    RealismReadingSerializer,
    RealismStateSerializer,
)
from trainer.api.views.base import SiteView, find_or_404, read_body
from trainer.api.views.images import send_image
from trainer.realism.domain.reading import answer_image, begin_reading
from trainer.realism.models import RealismImage, RealismReading, RealismTest
from trainer.realism.queries.results import image_results
from trainer.realism.queries.tests import own_readings
from trainer.realism.rules import seen_realism_images_q, told_tests_q

REMOVED = OpenApiResponse(ProblemSerializer, "The images of this test were removed.")


class RealismView(SiteView):
    @extend_schema(operation_id="getRealism", responses=RealismStateSerializer)
    def get(self, request: Request) -> Response:
        """Whether a test of real and synthetic images is offered, and how far the caller is."""
        self.require("realism.take_test")
        return Response(RealismStateSerializer(describe_state(self.person)).data)


class RealismReadingsView(SiteView):
    @extend_schema(
        operation_id="beginRealismReading",
        request=None,
        responses={
            200: RealismReadingSerializer,
            409: OpenApiResponse(ProblemSerializer, "no_test"),
        },
    )
    def post(self, request: Request) -> Response:
        """Begin the test that is offered, or go on with it; each test is read once."""
        self.require("realism.take_test")
        reading = begin_reading(reader=self.person)
        return _answer(own_readings(self.person).get(pk=reading.pk))


class RealismReadingView(SiteView):
    @extend_schema(operation_id="getRealismReading", responses=RealismReadingSerializer)
    def get(self, request: Request, reading: uuid.UUID) -> Response:
        """One of the caller's own; truth and result come when all images are answered."""
        return _answer(find_or_404(own_readings(self.person), pk=reading))


class RealismAnswersView(SiteView):
    @extend_schema(
        operation_id="answerRealismImage",
        request=RealismAnswerCreateSerializer,
        responses={
            200: RealismAnswerSerializer,
            409: OpenApiResponse(ProblemSerializer, "already_answered"),
            410: REMOVED,
        },
    )
    def post(self, request: Request, reading: uuid.UUID) -> Response:
        """Answer one image for good; the same key again gives the answer that was stored."""
        found: RealismReading = find_or_404(own_readings(self.person), pk=reading)
        answer = answer_image(reading=found, **read_body(RealismAnswerCreateSerializer, request))
        found.refresh_from_db(fields=["completed_at"])
        body = {
            "image": answer.image_id,
            "rating": answer.rating,
            "answered": found.answers.count(),
            "completed": found.completed_at is not None,
        }
        return Response(RealismAnswerSerializer(body).data, status=status.HTTP_200_OK)


class RealismFrameView(SiteView):
    @extend_schema(
        operation_id="getRealismFrame",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image: uuid.UUID) -> FileResponse:
        """The frame of an image, within the test alone."""
        return send_image(self._find(image).frame, "application/octet-stream")

    def _find(self, image: uuid.UUID) -> RealismImage:
        shown = RealismImage.objects.filter(seen_realism_images_q(self.person))
        return find_or_404(shown, pk=image)


class RealismPreviewView(RealismFrameView):
    @extend_schema(
        operation_id="getRealismPreview",
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, image: uuid.UUID) -> FileResponse:
        """A small picture of an image, within the test alone."""
        return send_image(self._find(image).preview, "image/png")


class GiveawaysView(SiteView):
    @extend_schema(operation_id="listGiveaways", responses=GiveawaySerializer(many=True))
    def get(self, request: Request, test: uuid.UUID) -> Response:
        """Image by image, those that gave themselves away first; for teachers who have read it."""
        told = RealismTest.objects.filter(told_tests_q(self.person))
        found: RealismTest = find_or_404(told, pk=test)
        rows = [describe_giveaway(result) for result in image_results(found)]
        return Response(GiveawaySerializer(rows, many=True).data)


def _answer(reading: RealismReading) -> Response:
    return Response(RealismReadingSerializer(describe_reading(reading)).data)
