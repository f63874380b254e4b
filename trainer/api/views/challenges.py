"""Challenges between colleagues of a cohort."""

import uuid

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.queries.sandbox import own_sandboxes
from trainer.api.challenges import describe_received, describe_result, describe_sent
from trainer.api.serializers.challenges import (
    AcceptedSerializer,
    ChallengeResultSerializer,
    ChallengeSendSerializer,
    ChallengesSerializer,
    ColleagueSerializer,
    ReceivedChallengeSerializer,
    SentChallengeSerializer,
)
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import SiteView, find_or_404, read_body
from trainer.api.views.sandbox import OwnSandboxView
from trainer.challenges.domain.challenges import (
    accept_challenge,
    decline_challenge,
    send_challenges,
    withdraw_challenge,
)
from trainer.challenges.queries.challenges import (
    list_colleagues,
    received_challenges,
    sent_challenges,
)

CLOSED = OpenApiResponse(ProblemSerializer, "Not as things stand; `detail` says why.")
# Older ones are of no interest on the page.
LISTED = 50


class ColleaguesView(OwnSandboxView):
    @extend_schema(
        operation_id="listColleagues", responses=ColleagueSerializer(many=True), filters=False
    )
    def get(self, request: Request, sandbox: uuid.UUID) -> Response:
        """Residents of the caller's cohorts, and whether each has met the woman of the case."""
        rows = [
            {"id": each.person.pk, "name": str(each.person), "knows_woman": each.knows_woman}
            for each in list_colleagues(self.person, self.sandbox(sandbox).base)
        ]
        return Response(ColleagueSerializer(rows, many=True).data)


class ChallengesView(SiteView):
    @extend_schema(operation_id="listChallenges", responses=ChallengesSerializer)
    def get(self, request: Request) -> Response:
        """What the caller has received and sent, the latest first."""
        lists = {
            "received": [
                describe_received(each) for each in received_challenges(self.person)[:LISTED]
            ],
            "sent": [describe_sent(each) for each in sent_challenges(self.person)[:LISTED]],
        }
        return Response(ChallengesSerializer(lists).data)

    @extend_schema(
        operation_id="sendChallenges",
        request=ChallengeSendSerializer,
        responses={201: SentChallengeSerializer(many=True), 409: CLOSED},
        filters=False,
    )
    def post(self, request: Request) -> Response:
        """Send a case as it stands now to colleagues; sending it again changes nothing."""
        body = read_body(ChallengeSendSerializer, request)
        sandbox = find_or_404(own_sandboxes(self.person), pk=body["sandbox"])
        sent = send_challenges(
            sandbox=sandbox, colleagues=body["colleagues"], density=body["density"]
        )
        rows = sent_challenges(self.person).filter(pk__in=[each.pk for each in sent])
        return Response(
            SentChallengeSerializer([describe_sent(each) for each in rows], many=True).data,
            status=status.HTTP_201_CREATED,
        )


class ChallengeAcceptView(SiteView):
    @extend_schema(
        operation_id="acceptChallenge",
        request=None,
        responses={200: AcceptedSerializer, 409: CLOSED},
    )
    def post(self, request: Request, challenge: uuid.UUID) -> Response:
        """Take the case to read; the challenger will see how it was read."""
        found = find_or_404(received_challenges(self.person), pk=challenge)
        assignment = accept_challenge(challenge=found)
        return Response(AcceptedSerializer({"assignment": assignment.pk}).data)


class ChallengeDeclineView(SiteView):
    @extend_schema(
        operation_id="declineChallenge",
        request=None,
        responses={200: ReceivedChallengeSerializer, 409: CLOSED},
    )
    def post(self, request: Request, challenge: uuid.UUID) -> Response:
        """Leave it unread."""
        decline_challenge(challenge=find_or_404(received_challenges(self.person), pk=challenge))
        found = find_or_404(received_challenges(self.person), pk=challenge)
        return Response(ReceivedChallengeSerializer(describe_received(found)).data)


class ChallengeWithdrawView(SiteView):
    @extend_schema(
        operation_id="withdrawChallenge",
        request=None,
        responses={200: SentChallengeSerializer, 409: CLOSED},
    )
    def post(self, request: Request, challenge: uuid.UUID) -> Response:
        """Take one back that was not accepted."""
        withdraw_challenge(challenge=find_or_404(sent_challenges(self.person), pk=challenge))
        found = find_or_404(sent_challenges(self.person), pk=challenge)
        return Response(SentChallengeSerializer(describe_sent(found)).data)


class ChallengeResultView(SiteView):
    @extend_schema(operation_id="getChallengeResult", responses=ChallengeResultSerializer)
    def get(self, request: Request, challenge: uuid.UUID) -> Response:
        """How a colleague read one of the caller's challenges; 404 until it is read."""
        found = find_or_404(sent_challenges(self.person), pk=challenge)
        reading = getattr(found.assignment, "reading", None)
        if reading is None:
            raise Http404
        return Response(ChallengeResultSerializer(describe_result(found, reading)).data)
