"""The Celery application: two queues, named tasks, a schedule written here and nowhere else."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainer.settings")

app = Celery("parenchyma")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.task_queues = (Queue("default"), Queue("generation"))
app.conf.task_default_queue = "default"
app.conf.task_routes = {"cases.generate": {"queue": "generation"}}
app.conf.beat_schedule = {
    # A request whose worker died, or whose message was lost, is found by its lease.
    # A sweep that waited longer than the next one's turn has nothing left to do.
    "sweep-requests": {
        "task": "cases.sweep",
        "schedule": 30.0,
        "options": {"queue": "default", "expires": 30.0},
    },
    "calibrate": {
        "task": "reading.calibrate",
        "schedule": crontab(hour=3, minute=15),
        "options": {"queue": "default", "expires": 3600.0},
    },
    "restock": {
        "task": "learning.restock",
        "schedule": 300.0,
        "options": {"queue": "default", "expires": 300.0},
    },
    "end-overdue-tests": {
        "task": "reading.end_overdue_tests",
        "schedule": 60.0,
        "options": {"queue": "default", "expires": 60.0},
    },
    "end-idle-sessions": {
        "task": "reading.end_idle_sessions",
        "schedule": 300.0,
        "options": {"queue": "default", "expires": 300.0},
    },
}
