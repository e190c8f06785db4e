from django.urls import path

from zaigang.claims import views

app_name = "claims"

urlpatterns = [
    path("closures/<slug:code>/", views.decisions, name="decisions"),
    path("closures/<slug:code>/decide/", views.decide, name="decide"),
    path("closures/<slug:code>/forecast/", views.forecast_page, name="forecast"),
    path("closures/<slug:code>/forecast.xlsx", views.forecast_file, name="forecast_xlsx"),
    path("cases/<uuid:pk>/", views.decision, name="decision"),
    path("cases/<uuid:pk>/months/", views.fix_months, name="fix_months"),
]
