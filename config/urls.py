from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("roster/", include("zaigang.roster.urls")),
    path("claims/", include("zaigang.claims.urls")),
    path("outcomes/", include("zaigang.outcomes.urls")),
    path("", include("zaigang.desk.urls")),
]
