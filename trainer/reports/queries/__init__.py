from trainer.reports.queries.abilities import AbilityPoint, AbilityRow, CriterionRow
from trainer.reports.queries.cohort import CohortReport, ResidentRow, report_cohort
from trainer.reports.queries.cohort_tests import CohortTests, report_tests
from trainer.reports.queries.export import list_cohort_rows
from trainer.reports.queries.export_tests import list_test_rows
from trainer.reports.queries.figures import Figures
from trainer.reports.queries.milestones import Milestone, list_milestones
from trainer.reports.queries.others import Others, report_others
from trainer.reports.queries.progress import Progress, report_progress
from trainer.reports.queries.session import SessionReport, report_session

__all__ = [
    "AbilityPoint",
    "AbilityRow",
    "CohortReport",
    "CohortTests",
    "CriterionRow",
    "Figures",
    "Milestone",
    "Others",
    "Progress",
    "ResidentRow",
    "SessionReport",
    "list_cohort_rows",
    "list_milestones",
    "list_test_rows",
    "report_cohort",
    "report_others",
    "report_progress",
    "report_session",
    "report_tests",
]
