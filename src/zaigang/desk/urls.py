from django.urls import path

from zaigang.desk.views import case, home, rights, search

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.find, name="search"),
    path("people/<uuid:pk>/", case.case, name="case"),
    path("people/<uuid:pk>/reveal/", case.reveal, name="reveal"),
    path("permissions/", rights.permissions, name="permissions"),
    path("staff/", rights.staff, name="staff"),
]
