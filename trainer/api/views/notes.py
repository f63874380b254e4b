"""A reader's own bookmarks and notes on cases."""

import uuid

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Case
from trainer.api.serializers.notes import (
    ListedNoteSerializer,
    NoteSaveSerializer,
    NoteSerializer,
)
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.reading.domain.notes import keep_note
from trainer.reading.errors import OtherReaderError
from trainer.reading.models import CaseNote
from trainer.reading.queries.notes import own_notes
from trainer.reading.rules import read_cases_q

REFUSED = OpenApiResponse(ProblemSerializer, "other_reader, or stale_note: changed since.")


class NotesView(ListingView):
    @extend_schema(operation_id="listNotes", responses=ListedNoteSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The caller's own bookmarks and notes, newest first."""
        return self.list_pages(own_notes(self.person), ListedNoteSerializer)


class NoteView(SiteView):
    @extend_schema(operation_id="getNote", responses=NoteSerializer)
    def get(self, request: Request, case: uuid.UUID) -> Response:
        """The caller's own note on a case they have read; empty where there is none."""
        found = self._case(case)
        return Response(_note_json(found, own_notes(self.person).filter(case=found).first()))

    @extend_schema(
        operation_id="saveNote",
        request=NoteSaveSerializer,
        responses={200: NoteSerializer, 409: REFUSED},
    )
    def put(self, request: Request, case: uuid.UUID) -> Response:
        """Keep a bookmark and words on a case; without either, nothing is kept."""
        body = read_body(NoteSaveSerializer, request)
        # Before the case: that somebody else has not read it says nothing of who has.
        if body.get("reader", self.person.pk) != self.person.pk:
            raise OtherReaderError()
        found = self._case(case)
        note = keep_note(
            reader=self.person,
            case=found,
            bookmarked=body["bookmarked"],
            text=body["text"],
            base=body.get("base", "any"),
        )
        return Response(_note_json(found, note))

    def _case(self, case: uuid.UUID) -> Case:
        return find_or_404(Case.objects.filter(read_cases_q(self.person), variant_of=None), pk=case)


def _note_json(case: Case, note: CaseNote | None) -> object:
    empty = {"case": case.pk, "bookmarked": False, "text": "", "updated_at": None}
    kept = note and {
        "case": case.pk,
        "bookmarked": note.bookmarked,
        "text": note.text,
        "updated_at": note.updated_at,
    }
    return NoteSerializer(kept or empty).data
