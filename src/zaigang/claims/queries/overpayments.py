"""What is owed of a finding, and what came back."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from zaigang.claims.enums import OverpaidState
from zaigang.claims.models import OverpaidMonth, Overpayment, Payment, Repayment
from zaigang.claims.queries.back_pay import with_sent

#: Somebody still has to do something.
OPEN_STATES = (OverpaidState.FOUND, OverpaidState.NOTIFIED, OverpaidState.AGREED)


def returned(found: Overpayment) -> Decimal:
    """What came back so far, in yuan."""
    total: Decimal | None = found.repayments.aggregate(total=Sum("yuan"))["total"]
    return total or Decimal()


def months_of(found: Overpayment) -> list[tuple[OverpaidMonth, Decimal]]:
    """The months that are still found too much, each with the yuan that went out for it, back-pay included."""
    lines = list(found.months.filter(current=True).select_related("payment__list"))
    sent = with_sent(Payment.objects.filter(pk__in=[one.payment_id for one in lines])).values_list(
        "pk", "sent"
    )
    yuan = dict(sent)
    return [(one, yuan[one.payment_id]) for one in lines]


def with_returned(found: QuerySet[Overpayment]) -> QuerySet[Any]:
    """Each with `back`, what came back, in one statement."""
    sums = Repayment.objects.filter(overpayment=OuterRef("pk")).order_by().values("overpayment")
    total = Subquery(sums.annotate(total=Sum("yuan")).values("total"))
    money = DecimalField(max_digits=9, decimal_places=2)
    return found.annotate(back=Coalesce(total, Value(Decimal()), output_field=money)).annotate(
        open_yuan=F("yuan") - F("back")
    )
