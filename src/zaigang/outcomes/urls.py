from django.urls import path

from zaigang.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.closures, name="closures"),
    path("closures/<slug:code>/", views.funnel_of_closure, name="funnel"),
    path("closures/<slug:code>/funnel.xlsx", views.funnel_as_xlsx, name="funnel_xlsx"),
    path("closures/<slug:code>/names/<slug:state>/", views.names_of_state, name="names"),
]
