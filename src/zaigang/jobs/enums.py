from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Where a job stands. `running` also holds while it waits to be taken up again after its worker died."""

    WAITING = "waiting", _("等待办理")
    RUNNING = "running", _("正在办理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("没有完成")


#: States in which a job is still to be done: of these there is one for each kind and subject.
OPEN = (JobState.WAITING, JobState.RUNNING)


class Verb(TextChoices):
    """Who asked for a job. What the job did is written by the actions that it calls."""

    ASKED = "jobs.asked", _("交给后台办理")
    RETRIED = "jobs.retried", _("让后台再办一次")
