"""Practice: sessions, the case to read now, its draft and the reading itself."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from trainer.accounts.models import Institution, User
from trainer.accounts.queries.people import home_institution
from trainer.api.assignments import describe_assignment
from trainer.api.feedback import describe_feedback
from trainer.api.serializers.answers import (
    AnswersSerializer,
    ReadingLogSerializer,
    as_plain_json,
    lift_answer_errors,
)
from trainer.api.serializers.feedback import FeedbackSerializer
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.serializers.reading import (
    AssignmentSerializer,
    DraftSavedSerializer,
    DraftSaveSerializer,
    ReadingKeptSerializer,
    ReadingSerializer,
    ReadingSubmitSerializer,
    SessionSerializer,
    SessionStartSerializer,
    StaleDraftSerializer,
)
from trainer.api.serializers.sessions import SessionReportSerializer
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.domain.assignments import check_readable, next_assignment
from trainer.reading.domain.drafts import save_draft
from trainer.reading.domain.forms import check_session_told, check_told
from trainer.reading.domain.readings import submit_reading
from trainer.reading.domain.sessions import end_session, resume_assignment, start_session
from trainer.reading.models import Reading
from trainer.reading.queries.assignments import own_assignments
from trainer.reading.queries.readings import own_readings, readings_with_truth
from trainer.reading.queries.sessions import own_sessions
from trainer.reports.queries import report_session

REPORTED = ("minutes", "cases", "competencies", "improved", "work_on", "look_again")
TOLD_LATER = OpenApiResponse(ProblemSerializer, "told_later: a test set has not ended yet.")
WITHDRAWN = OpenApiResponse(ProblemSerializer, "The case was withdrawn before it was read.")


class SessionsView(ListingView):
    @extend_schema(operation_id="listSessions", responses=SessionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The caller's own sessions in which something was read, newest first."""
        return self.list_pages(own_sessions(self.person, read=True), SessionSerializer)

    @extend_schema(
        operation_id="startSession", request=SessionStartSerializer, responses=SessionSerializer
    )
    def post(self, request: Request) -> Response:
        """Go on with the open session of this mode, or begin one."""
        body = read_body(SessionStartSerializer, request)
        institution = find_institution(self.person, body["institution"])
        session = start_session(
            reader=self.person, institution=institution, mode=body["mode"], plan=body["plan"]
        )
        return Response(SessionSerializer(own_sessions(self.person).get(pk=session.pk)).data)


class SessionEndView(SiteView):
    @extend_schema(operation_id="endSession", request=None, responses=SessionSerializer)
    def post(self, request: Request, session: uuid.UUID) -> Response:
        """End a session; ending it again changes nothing."""
        end_session(session=find_or_404(own_sessions(self.person), pk=session))
        return Response(SessionSerializer(own_sessions(self.person).get(pk=session)).data)


class SessionReportView(SiteView):
    @extend_schema(
        operation_id="getSessionReport",
        responses={200: SessionReportSerializer, 409: TOLD_LATER},
    )
    def get(self, request: Request, session: uuid.UUID) -> Response:
        """What one of the caller's own sessions came to so far."""
        found = find_or_404(own_sessions(self.person), pk=session)
        check_session_told(found)
        report = report_session(found)
        fields = {
            "session": found,
            "minimum_n": MINIMUM_N,
            **{name: getattr(report, name) for name in REPORTED},
        }
        return Response(SessionReportSerializer(fields).data)


class NextAssignmentView(SiteView):
    @extend_schema(
        operation_id="nextAssignment",
        request=None,
        responses={
            200: AssignmentSerializer,
            409: OpenApiResponse(ProblemSerializer, "no_case_ready or session_ended"),
        },
    )
    def post(self, request: Request, session: uuid.UUID) -> Response:
        """The case to read now: the unfinished one, otherwise a new one."""
        found = find_or_404(own_sessions(self.person), pk=session)
        # Whoever has left the institution since the session began gets no more of its cases.
        self.require("reading.practise", found.institution)
        assignment = next_assignment(session=found)
        return Response(_assignment_json(own_assignments(self.person).get(pk=assignment.pk)))


class AssignmentView(SiteView):
    @extend_schema(
        operation_id="getAssignment", responses={200: AssignmentSerializer, 410: WITHDRAWN}
    )
    def get(self, request: Request, assignment: uuid.UUID) -> Response:
        """One case to read: images and draft, nothing of its truth."""
        found = find_or_404(own_assignments(self.person), pk=assignment)
        if not hasattr(found, "reading"):
            check_readable(found)
        return Response(_assignment_json(found))


class ResumeView(SiteView):
    @extend_schema(
        operation_id="resumeAssignment",
        request=None,
        responses={200: AssignmentSerializer, 410: WITHDRAWN},
    )
    def post(self, request: Request, assignment: uuid.UUID) -> Response:
        """Go on with a case that was begun, in the session that it belongs to."""
        found = find_or_404(own_assignments(self.person), pk=assignment)
        self.require("reading.practise", found.session.institution)
        check_readable(found)
        resume_assignment(assignment=found)
        return Response(_assignment_json(own_assignments(self.person).get(pk=found.pk)))


class DraftView(SiteView):
    @extend_schema(
        operation_id="saveDraft",
        request=DraftSaveSerializer,
        responses={200: DraftSavedSerializer, 409: StaleDraftSerializer, 410: WITHDRAWN},
    )
    def put(self, request: Request, assignment: uuid.UUID) -> Response:
        """Keep unfinished answers; refused when another window saved newer ones."""
        found = find_or_404(own_assignments(self.person), pk=assignment)
        body = read_answers(DraftSaveSerializer, request)
        draft = save_draft(
            assignment=found,
            answers=as_plain_json(AnswersSerializer, body["answers"]),
            revision=body["revision"],
        )
        return Response(DraftSavedSerializer(draft).data)


class ReadingsView(ListingView):
    @extend_schema(operation_id="listReadings", responses=ReadingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The caller's own readings, newest first."""
        return self.list_pages(own_readings(self.person), ReadingSerializer)

    @extend_schema(
        operation_id="submitReading",
        request=ReadingSubmitSerializer,
        responses={
            200: FeedbackSerializer,
            201: FeedbackSerializer,
            202: ReadingKeptSerializer,
            409: OpenApiResponse(ProblemSerializer, "already_read, or the test set is over"),
            410: WITHDRAWN,
        },
    )
    def post(self, request: Request) -> Response:
        """Hand in a reading for good; the same key again (200) gives the same feedback.

        In a test set it is kept (202), and nothing is told before the end.
        """
        body = read_answers(ReadingSubmitSerializer, request)
        assignment = find_or_404(own_assignments(self.person), pk=body["assignment"])
        submission = submit_reading(
            assignment=assignment,
            key=body["key"],
            answers=as_plain_json(AnswersSerializer, body["answers"]),
            log=as_plain_json(ReadingLogSerializer, body["log"]),
        )
        if assignment.session.is_test:
            kept = {
                "reading": submission.reading.pk,
                "assignment": assignment.pk,
                "session": assignment.session_id,
            }
            return Response(ReadingKeptSerializer(kept).data, status=status.HTTP_202_ACCEPTED)
        reading = readings_with_truth(self.person).get(pk=submission.reading.pk)
        return Response(
            _feedback_json(reading),
            status=status.HTTP_201_CREATED if submission.created else status.HTTP_200_OK,
        )


class FeedbackView(SiteView):
    @extend_schema(operation_id="getFeedback", responses={200: FeedbackSerializer, 409: TOLD_LATER})
    def get(self, request: Request, reading: uuid.UUID) -> Response:
        """Score and truth of one of the caller's own readings."""
        found: Reading = find_or_404(readings_with_truth(self.person), pk=reading)
        check_told(found)
        return Response(_feedback_json(found))


def find_institution(person: User, wanted: int | None) -> Institution:
    """Where a person reads: the wanted institution, or the first; 403 for who belongs to none."""
    institution = (
        home_institution(person)
        if wanted is None
        else Institution.objects.filter(pk=wanted).first()
    )
    if institution is None or not person.has_perm("reading.practise", institution):
        raise PermissionDenied(_("You do not belong to an institution where you could practise."))
    return institution


def read_answers(serializer: type[Serializer], request: Request) -> dict[str, Any]:
    """The checked body; answers that are wrong in shape are named like those wrong in sense."""
    try:
        return read_body(serializer, request)
    except ValidationError as error:
        raise ValidationError(lift_answer_errors(error.detail)) from error


def _assignment_json(assignment: Any) -> Any:
    return AssignmentSerializer(describe_assignment(assignment)).data


def _feedback_json(reading: Reading) -> Any:
    return FeedbackSerializer(describe_feedback(reading)).data
