from cases.domain.generating import generate_case, generate_in_turn
from cases.domain.leases import claim_request, fail_request, release_request, renew_lease
from cases.domain.reports import report_case, resolve_case_report
from cases.domain.requests import cancel_request, request_case, retry_request
from cases.domain.sandbox import close_sandbox, keep_lesion, open_sandbox, request_placed
from cases.domain.storing import store_case
from cases.domain.sweeping import sweep_requests
from cases.domain.variants import request_density_ladder
from cases.domain.withdrawal import delete_case, restore_case, withdraw_case
from cases.domain.workers import end_heartbeat, forget_old_workers, record_heartbeat

__all__ = [
    "cancel_request",
    "claim_request",
    "close_sandbox",
    "delete_case",
    "end_heartbeat",
    "fail_request",
    "forget_old_workers",
    "generate_case",
    "generate_in_turn",
    "keep_lesion",
    "open_sandbox",
    "record_heartbeat",
    "release_request",
    "renew_lease",
    "report_case",
    "request_case",
    "request_density_ladder",
    "request_placed",
    "resolve_case_report",
    "restore_case",
    "retry_request",
    "store_case",
    "sweep_requests",
    "withdraw_case",
]
