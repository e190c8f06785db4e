from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django import template
from django.conf import settings
from django.forms import BoundField

from zaigang.offices.models import Staff

register = template.Library()


@register.filter
def worded(bound: BoundField, label: str) -> BoundField:
    """The field under our label; a placeholder that says the same once more goes."""
    bound.label = label
    bound.field.widget.attrs.pop("placeholder", None)
    return bound


@register.simple_tag
def demo_code(user: Staff) -> str:
    """The second factor's code of this moment, in the served demo alone; empty everywhere else."""
    if not settings.DEMO:
        return ""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        return ""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(decrypt(found.data["secret"]), counters[len(counters) // 2])))
