from django.conf import settings
from django.urls import path

from zaigang.desk.views import case, home, rights, search, verify
from zaigang.desk.views.window import counter, serving, walk_in
from zaigang.look import views as look
from zaigang.offices.permissions import public

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.find, name="search"),
    path("people/<uuid:pk>/", case.case, name="case"),
    path("people/<uuid:pk>/reveal/", case.reveal, name="reveal"),
    path("window/", counter.counter, name="window"),
    path("window/sit/", counter.sit_down, name="sit_down"),
    path("window/turn/<slug:turn>/", counter.change, name="window_turn"),
    path("window/call/", counter.call, name="call"),
    path("window/act/<slug:name>/", counter.act, name="window_act"),
    path("window/transfer/", counter.transfer, name="transfer"),
    path("window/find/", counter.find, name="window_find"),
    path("window/identify/", counter.identify, name="identify"),
    path("window/walk-in/<uuid:ticket>/", walk_in.walk_in, name="walk_in"),
    path("window/serve/<uuid:ticket>/", serving.serve, name="serve"),
    path("window/check/<uuid:ticket>/", serving.check, name="check"),
    path("window/submit/<uuid:ticket>/", serving.submit, name="submit"),
    path("window/done/<uuid:registration>/", serving.done, name="done"),
    path("window/paper/<uuid:registration>.pdf", serving.paper, name="paper"),
    path("v/<str:token>/", verify.verify, name="verify"),
    path("permissions/", rights.permissions, name="permissions"),
    path("staff/", rights.staff, name="staff"),
]
if settings.DEMO or settings.DEBUG:
    shown_to_all = public("components with made-up contents, for whoever draws pages")
    urlpatterns += [
        path("look/", shown_to_all(look.gallery), name="gallery"),
        path("look/sheet/", shown_to_all(look.sheet), name="gallery_sheet"),
    ]
