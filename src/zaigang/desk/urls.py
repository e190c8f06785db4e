from django.conf import settings
from django.urls import path

from zaigang.desk.views import case, home, rights, search
from zaigang.look import views as look
from zaigang.offices.permissions import public

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.find, name="search"),
    path("people/<uuid:pk>/", case.case, name="case"),
    path("people/<uuid:pk>/reveal/", case.reveal, name="reveal"),
    path("permissions/", rights.permissions, name="permissions"),
    path("staff/", rights.staff, name="staff"),
]
if settings.DEMO or settings.DEBUG:
    shown_to_all = public("components with made-up contents, for whoever draws pages")
    urlpatterns += [
        path("look/", shown_to_all(look.gallery), name="gallery"),
        path("look/sheet/", shown_to_all(look.sheet), name="gallery_sheet"),
    ]
