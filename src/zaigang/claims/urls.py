from django.urls import path

from zaigang.claims.views import budget, claim, decisions, life, monthly, payments, refusals, signing

app_name = "claims"

urlpatterns = [
    path("closures/<slug:code>/", decisions.decisions, name="decisions"),
    path("closures/<slug:code>/decide/", decisions.decide, name="decide"),
    path("forecast/", budget.budget, name="budget"),
    path("forecast.xlsx", budget.budget_xlsx, name="budget_xlsx"),
    path("closures/<slug:code>/forecast/", budget.forecast, name="forecast"),
    path("closures/<slug:code>/forecast.xlsx", budget.forecast_xlsx, name="forecast_xlsx"),
    path("cases/<uuid:pk>/", decisions.decision, name="decision"),
    path("cases/<uuid:pk>/months/", decisions.fix_months, name="fix_months"),
    path("signing/", signing.signing, name="signing"),
    path("signing/check/", signing.check, name="check"),
    path("signing/approve/", signing.approve, name="approve"),
    path("claims/<uuid:pk>/", claim.claim, name="claim"),
    path("claims/<uuid:pk>/return/", claim.return_claim, name="return"),
    path("claims/<uuid:pk>/stop/", life.stop, name="stop"),
    path("claims/<uuid:pk>/suspend/", life.suspend, name="suspend"),
    path("claims/<uuid:pk>/prolong/", life.prolong, name="prolong"),
    path("claims/<uuid:pk>/lift/", life.lift, name="lift"),
    path("claims/<uuid:pk>/resume/", life.resume, name="resume"),
    path("claims/<uuid:pk>/carry/", life.carry, name="carry"),
    path("claims/<uuid:pk>/carry/undo/", life.undo_carry, name="undo_carry"),
    path("claims/<uuid:pk>/refuse/", refusals.refuse, name="refuse"),
    path("refusals/<uuid:pk>/", refusals.refusal, name="refusal"),
    path("refusals/<uuid:pk>/hear/", refusals.hear, name="hear"),
    path("refusals/<uuid:pk>/judge/", refusals.judge, name="judge"),
    path("claims/<uuid:pk>/settle/", claim.settle, name="settle"),
    path("payments/", payments.payments, name="payments"),
    path("payments/lists/<uuid:pk>/", payments.list_page, name="list"),
    path("payments/lists/<uuid:pk>.xlsx", payments.list_xlsx, name="list_xlsx"),
    path("payments/lists/<uuid:pk>.pdf", payments.list_pdf, name="list_pdf"),
    path("payments/lists/<uuid:pk>/whole/", payments.list_whole, name="list_whole"),
    path("payments/<slug:office>/<slug:month>/", payments.month, name="month"),
    path("payments/<slug:office>/<slug:month>/release/", payments.release, name="release"),
    path("payments/<slug:office>/<slug:month>/list/", payments.make_list, name="make_list"),
    path("payments/<slug:office>/<slug:month>/run/", monthly.run, name="run"),
    path("payments/<slug:office>/<slug:month>/run/start/", monthly.start_run, name="start_run"),
    path("payments/<slug:office>/<slug:month>/run/rule/", monthly.set_monthly_rule, name="monthly_rule"),
]
