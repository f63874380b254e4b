from cases.models.case import Case, CaseView, Exam
from cases.models.finding import Finding, FindingView
from cases.models.heartbeat import WorkerHeartbeat
from cases.models.report import CaseReport
from cases.models.request import CaseRequest
from cases.models.sandbox import SandboxCase

__all__ = [
    "Case",
    "CaseReport",
    "CaseRequest",
    "CaseView",
    "Exam",
    "Finding",
    "FindingView",
    "SandboxCase",
    "WorkerHeartbeat",
]
