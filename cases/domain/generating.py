"""One attempt at a request, from the claim to the case or to the reason why there is none."""

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import DatabaseError, connection

from cases.domain.leases import (
    LEASE_S,
    Claim,
    claim_request,
    fail_request,
    release_request,
    renew_lease,
)
from cases.domain.storing import MadeCase, store_case
from cases.errors import CasesError, StaleAttemptError, WorkerEndingError
from cases.generators import find_ordered
from cases.models import Case
from cases.queries import list_waited_for
from generation.aiming import TierOutOfReachError
from generation.packages.registry import InstalledGenerator
from generation.spec import CaseSpec, SpecError

logger = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
Synthesise = Callable[[CaseSpec, InstalledGenerator, Progress], MadeCase]

BEAT_S = LEASE_S / 6
# More often than this nobody looks at the progress.
TELL_EVERY_S = 0.5


class LeaseKeeper:
    """Renews the lease from a thread of its own while an attempt runs, and tells its progress."""

    def __init__(
        self,
        claim: Claim,
        *,
        beat_s: float = BEAT_S,
        is_ending: Callable[[], bool] = lambda: False,
    ) -> None:
        self.claim = claim
        self.beat_s = beat_s
        self.is_ending = is_ending
        self._ended = threading.Event()
        self._stale = threading.Event()
        self._told = ("", 0.0)
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def report(self, stage: str, share: float) -> None:
        """Store how far the attempt is.

        Raises:
            StaleAttemptError: if it no longer counts; going on would be for nothing.
            WorkerEndingError: if the worker was told to end; it may be killed before it is done.
        """
        if self.is_ending():
            raise WorkerEndingError("the worker was told to end")
        told, now = self._told, time.monotonic()
        if not self._stale.is_set() and (stage != told[0] or now - told[1] >= TELL_EVERY_S):
            self._told = (stage, now)
            if not renew_lease(claim=self.claim, stage=stage, progress=share):
                self._stale.set()
        if self._stale.is_set():
            raise StaleAttemptError("the request was taken over or called off")

    def _beat(self) -> None:
        while not self._ended.wait(self.beat_s):
            try:
                if not renew_lease(claim=self.claim):
                    self._stale.set()
                    return
            except DatabaseError:
                # The database may be back before the lease ends.
                logger.exception("request %s: the lease was not renewed", self.claim.request_id)
            finally:
                connection.close()


def generate_in_turn(
    *,
    request_id: UUID,
    worker: str,
    synthesise: Synthesise,
    is_ending: Callable[[], bool] = lambda: False,
) -> None:
    """Make what somebody sits and waits for, then the case of a request, made to lie in store.

    Args:
        request_id: what to make last.
        worker: who makes it, as its heartbeat is named.
        synthesise: as for `generate_case`.
        is_ending: as for `generate_case`.
    """
    for each in [*list_waited_for(), request_id]:
        generate_case(request_id=each, worker=worker, synthesise=synthesise, is_ending=is_ending)


def generate_case(
    *,
    request_id: UUID,
    worker: str,
    synthesise: Synthesise,
    is_ending: Callable[[], bool] = lambda: False,
) -> Case | None:
    """Make the case of a request; None when it was not to be made, or could not be.

    Args:
        request_id: what to make.
        worker: who makes it, as its heartbeat is named.
        synthesise: makes a case from a spec with a generator, and reports its progress.
        is_ending: whether the worker was told to end; the request is then given back untried.
    """
    claim = claim_request(request_id=request_id, worker=worker)
    if claim is None:
        logger.info("request %s: nothing to do", request_id)
        return None
    try:
        with LeaseKeeper(claim, is_ending=is_ending) as keeper:
            spec = CaseSpec.from_json(claim.spec)
            generator = find_ordered(claim.generator_sha256, claim.generator_name)
            made = synthesise(spec, generator, keeper.report)
            keeper.report("storing", 0.95)
            return store_case(claim=claim, made=made, generator_name=generator.name)
    except StaleAttemptError as stale:
        logger.warning("request %s, attempt %d: %s", request_id, claim.attempt, stale)
    except WorkerEndingError:
        logger.info("request %s, attempt %d: given back", request_id, claim.attempt)
        release_request(claim=claim)
    except Exception as error:
        logger.exception("request %s, attempt %d failed", request_id, claim.attempt)
        fail_request(claim=claim, reason=explain(error))
    except BaseException:
        # The worker is made to end at once: another one makes the case.
        release_request(claim=claim)
        raise
    return None


def explain(error: Exception) -> str:
    """Say for people why a case could not be made."""
    if isinstance(error, TierOutOfReachError):
        return f"The wished difficulty is out of reach. {error.reason}"
    if isinstance(error, SpecError):
        return f"The description of the case is not valid: {error}"
    if isinstance(error, MemoryError):
        return "The worker ran out of memory while making the case."
    if isinstance(error, OSError):
        return f"A file could not be read or written: {error.strerror or error}"
    if isinstance(error, CasesError):
        return str(error)
    return f"Making the case failed unexpectedly ({type(error).__name__}): {error}"
