from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.models import Cohort
from trainer.accounts.queries.people import seen_cohorts
from trainer.api.serializers.milestones import ResidentMilestonesSerializer
from trainer.api.views.base import SiteView, find_or_404
from trainer.reports.queries.milestones import report_cohort_milestones


class CohortMilestonesView(SiteView):
    @extend_schema(
        operation_id="getCohortMilestones", responses=ResidentMilestonesSerializer(many=True)
    )
    def get(self, request: Request, cohort: int) -> Response:
        """Levels suggested for each resident of a cohort: for the meeting, not an evaluation."""
        found: Cohort = find_or_404(seen_cohorts(self.person), pk=cohort)
        rows = report_cohort_milestones(found)
        return Response(ResidentMilestonesSerializer(rows, many=True).data)
