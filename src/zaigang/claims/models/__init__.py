from zaigang.claims.models.appeals import Appeal, AppealQuerySet
from zaigang.claims.models.claims import Claim, ClaimQuerySet, SigningRule
from zaigang.claims.models.corrections import Correction, CorrectionQuerySet
from zaigang.claims.models.decisions import (
    MOST_MONTHS,
    AgencyMonths,
    FirstDecision,
    FirstDecisionQuerySet,
    Ruling,
)
from zaigang.claims.models.law import BackPay, LawEffect, LawEffectQuerySet, LawFile, LawRun
from zaigang.claims.models.life import Episode, Refusal, RefusalQuerySet
from zaigang.claims.models.monthly import MonthlyRule
from zaigang.claims.models.overpayments import OverpaidMonth, Overpayment, OverpaymentQuerySet, Repayment
from zaigang.claims.models.payments import Payment, PaymentList
from zaigang.claims.models.registrations import Draft, Registration, RegistrationQuerySet

__all__ = [
    "MOST_MONTHS",
    "AgencyMonths",
    "Appeal",
    "AppealQuerySet",
    "BackPay",
    "Claim",
    "ClaimQuerySet",
    "Correction",
    "CorrectionQuerySet",
    "Draft",
    "Episode",
    "FirstDecision",
    "FirstDecisionQuerySet",
    "LawEffect",
    "LawEffectQuerySet",
    "LawFile",
    "LawRun",
    "MonthlyRule",
    "OverpaidMonth",
    "Overpayment",
    "OverpaymentQuerySet",
    "Payment",
    "PaymentList",
    "Refusal",
    "RefusalQuerySet",
    "Registration",
    "RegistrationQuerySet",
    "Repayment",
    "Ruling",
    "SigningRule",
]
