from django.urls import URLPattern, URLResolver, path, re_path
from drf_spectacular.views import SpectacularAPIView

from trainer.api.exceptions import answer_no_such_address
from trainer.api.views.case_reports import (
    CaseReportResolveView,
    CaseReportsView,
    OwnCaseReportsView,
)
from trainer.api.views.case_requests import (
    CaseRequestRetryView,
    CaseRequestsView,
    CaseRequestView,
)
from trainer.api.views.challenges import (
    ChallengeAcceptView,
    ChallengeDeclineView,
    ChallengeResultView,
    ChallengesView,
    ChallengeWithdrawView,
    ColleaguesView,
)
from trainer.api.views.curricula import (
    CurriculumArchiveView,
    CurriculumCopyView,
    CurriculumDefaultsView,
    CurriculumFileView,
    CurriculumFollowView,
    CurriculumImportView,
    CurriculumListView,
    CurriculumStockView,
    CurriculumView,
)
from trainer.api.views.forms import (
    TestReliabilityView,
    TestResultView,
    TestsMakingView,
    TestsView,
)
from trainer.api.views.generator_cards import GeneratorCardView
from trainer.api.views.generators import GeneratorsView
from trainer.api.views.images import FrameView, PreviewView
from trainer.api.views.ladders import LadderView
from trainer.api.views.me import MeView
from trainer.api.views.milestones import CohortMilestonesView
from trainer.api.views.notes import NotesView, NoteView
from trainer.api.views.people import (
    InvitesView,
    PasswordLinkView,
    PeopleImportView,
    PeopleView,
)
from trainer.api.views.reading import (
    AssignmentView,
    DraftView,
    FeedbackView,
    NextAssignmentView,
    ReadingsView,
    ResumeView,
    SessionEndView,
    SessionReportView,
    SessionsView,
)
from trainer.api.views.realism import (
    GiveawaysView,
    RealismAnswersView,
    RealismFrameView,
    RealismPreviewView,
    RealismReadingsView,
    RealismReadingView,
    RealismView,
)
from trainer.api.views.reports import (
    CohortReportFileView,
    CohortReportView,
    CohortsView,
    CohortTestsFileView,
    CohortTestsView,
    ProgressView,
)
from trainer.api.views.sandbox import (
    SandboxesView,
    SandboxKindsView,
    SandboxStepsView,
    SandboxView,
    SandboxWomenView,
)
from trainer.api.views.vocabulary import VocabularyView

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("me/", MeView.as_view(), name="me"),
    path("vocabulary/", VocabularyView.as_view(), name="vocabulary"),
    path("sessions/", SessionsView.as_view(), name="sessions"),
    path("sessions/<uuid:session>/end/", SessionEndView.as_view(), name="session-end"),
    path("sessions/<uuid:session>/report/", SessionReportView.as_view(), name="session-report"),
    path("sessions/<uuid:session>/next/", NextAssignmentView.as_view(), name="next-assignment"),
    path("assignments/<uuid:assignment>/", AssignmentView.as_view(), name="assignment"),
    path("assignments/<uuid:assignment>/draft/", DraftView.as_view(), name="draft"),
    path("assignments/<uuid:assignment>/resume/", ResumeView.as_view(), name="resume"),
    path("readings/", ReadingsView.as_view(), name="readings"),
    path("readings/<uuid:reading>/feedback/", FeedbackView.as_view(), name="reading-feedback"),
    path("tests/", TestsView.as_view(), name="tests"),
    path("tests/making/", TestsMakingView.as_view(), name="tests-making"),
    path("tests/reliability/", TestReliabilityView.as_view(), name="tests-reliability"),
    path("tests/<uuid:session>/", TestResultView.as_view(), name="test-result"),
    path("notes/", NotesView.as_view(), name="notes"),
    path("cases/<uuid:case>/note/", NoteView.as_view(), name="case-note"),
    path("cases/<uuid:case>/ladder/", LadderView.as_view(), name="case-ladder"),
    path("sandbox/kinds/", SandboxKindsView.as_view(), name="sandbox-kinds"),
    path("sandbox/women/", SandboxWomenView.as_view(), name="sandbox-women"),
    path("sandbox/cases/", SandboxesView.as_view(), name="sandbox-cases"),
    path("sandbox/cases/<uuid:sandbox>/", SandboxView.as_view(), name="sandbox-case"),
    path("sandbox/cases/<uuid:sandbox>/steps/", SandboxStepsView.as_view(), name="sandbox-steps"),
    path(
        "sandbox/cases/<uuid:sandbox>/colleagues/",
        ColleaguesView.as_view(),
        name="sandbox-colleagues",
    ),
    path("challenges/", ChallengesView.as_view(), name="challenges"),
    path(
        "challenges/<uuid:challenge>/accept/",
        ChallengeAcceptView.as_view(),
        name="challenge-accept",
    ),
    path(
        "challenges/<uuid:challenge>/decline/",
        ChallengeDeclineView.as_view(),
        name="challenge-decline",
    ),
    path(
        "challenges/<uuid:challenge>/withdraw/",
        ChallengeWithdrawView.as_view(),
        name="challenge-withdraw",
    ),
    path(
        "challenges/<uuid:challenge>/result/",
        ChallengeResultView.as_view(),
        name="challenge-result",
    ),
    path("frames/<str:sha256>/", FrameView.as_view(), name="frame"),
    path("previews/<uuid:case>/<str:key>/", PreviewView.as_view(), name="preview"),
    path("progress/", ProgressView.as_view(), name="own-progress"),
    path("cohorts/", CohortsView.as_view(), name="cohorts"),
    path("cohorts/<int:cohort>/report/", CohortReportView.as_view(), name="cohort-report"),
    path(
        "cohorts/<int:cohort>/milestones/", CohortMilestonesView.as_view(), name="cohort-milestones"
    ),
    path("cohorts/<int:cohort>/report.csv", CohortReportFileView.as_view(), name="cohort-csv"),
    path("curricula/", CurriculumListView.as_view(), name="curricula"),
    path("curricula/defaults/", CurriculumDefaultsView.as_view(), name="curriculum-defaults"),
    path("curricula/import/", CurriculumImportView.as_view(), name="curriculum-import"),
    path("curricula/<int:curriculum>/", CurriculumView.as_view(), name="curriculum"),
    path("curricula/<int:curriculum>/copy/", CurriculumCopyView.as_view(), name="curriculum-copy"),
    path(
        "curricula/<int:curriculum>/archive/",
        CurriculumArchiveView.as_view(),
        name="curriculum-archive",
    ),
    path(
        "curricula/<int:curriculum>/cohorts/",
        CurriculumFollowView.as_view(),
        name="curriculum-cohorts",
    ),
    path(
        "curricula/<int:curriculum>/stock/", CurriculumStockView.as_view(), name="curriculum-stock"
    ),
    path("curricula/<int:curriculum>/file/", CurriculumFileView.as_view(), name="curriculum-file"),
    path("cohorts/<int:cohort>/tests/", CohortTestsView.as_view(), name="cohort-tests"),
    path("cohorts/<int:cohort>/tests.csv", CohortTestsFileView.as_view(), name="cohort-tests-csv"),
    path("people/", PeopleView.as_view(), name="people-list"),
    path("people/import/", PeopleImportView.as_view(), name="people-import"),
    path("people/<int:person>/password-link/", PasswordLinkView.as_view(), name="person-link"),
    path("invites/", InvitesView.as_view(), name="invites"),
    path("case-reports/", CaseReportsView.as_view(), name="case-reports"),
    path("case-reports/mine/", OwnCaseReportsView.as_view(), name="own-case-reports"),
    path(
        "case-reports/<int:report>/resolve/",
        CaseReportResolveView.as_view(),
        name="case-report-resolve",
    ),
    path("case-requests/", CaseRequestsView.as_view(), name="case-requests"),
    path("case-requests/<uuid:request_id>/", CaseRequestView.as_view(), name="case-request"),
    path(
        "case-requests/<uuid:request_id>/retry/",
        CaseRequestRetryView.as_view(),
        name="case-request-retry",
    ),
    path("generators/", GeneratorsView.as_view(), name="generators"),
    path("generators/<str:generator>/card/", GeneratorCardView.as_view(), name="generator-card"),
    path("realism/", RealismView.as_view(), name="realism"),
    path("realism/readings/", RealismReadingsView.as_view(), name="realism-readings"),
    path("realism/readings/<uuid:reading>/", RealismReadingView.as_view(), name="realism-reading"),
    path(
        "realism/readings/<uuid:reading>/answers/",
        RealismAnswersView.as_view(),
        name="realism-answers",
    ),
    path("realism/images/<uuid:image>/frame/", RealismFrameView.as_view(), name="realism-frame"),
    path(
        "realism/images/<uuid:image>/preview/",
        RealismPreviewView.as_view(),
        name="realism-preview",
    ),
    path("realism/tests/<uuid:test>/images/", GiveawaysView.as_view(), name="realism-giveaways"),
    # A program that asks for a wrong address gets an answer that it can read.
    re_path(r"", answer_no_such_address),
]
