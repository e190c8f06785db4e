from django.urls import include, path

urlpatterns = [
    path("accounts/", include("zaigang.offices.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("roster/", include("zaigang.roster.urls")),
    path("hall/", include("zaigang.hall.urls")),
    path("claims/", include("zaigang.claims.urls")),
    path("outbox/", include("zaigang.outbox.urls")),
    path("outcomes/", include("zaigang.outcomes.urls")),
    path("", include("zaigang.desk.urls")),
]

handler400 = "zaigang.desk.views.errors.bad_request"
handler403 = "zaigang.desk.views.errors.forbidden"
handler404 = "zaigang.desk.views.errors.not_found"
handler500 = "zaigang.desk.views.errors.server_error"
