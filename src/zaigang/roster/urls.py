from django.urls import path

from zaigang.roster.views import alike, calendar, closures, files, repairs, rows, upload

app_name = "roster"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("new/", calendar.new_closure, name="new_closure"),
    path("closures/<slug:code>/", closures.closure, name="closure"),
    path("closures/<slug:code>/upload/", upload.upload, name="upload"),
    path("closures/<slug:code>/repairs/", repairs.repairs, name="repairs"),
    path("closures/<slug:code>/repairs.xlsx", repairs.repairs_xlsx, name="repairs_xlsx"),
    path("closures/<slug:code>/alike/", alike.alike, name="alike"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("files/<uuid:pk>/import/", files.import_roster, name="import"),
    path("files/<uuid:pk>/discard/", files.discard, name="discard"),
    path("rows/<uuid:pk>/", rows.row, name="row"),
    path("repairs/<uuid:pk>/", repairs.repair, name="repair"),
    path("repairs/<uuid:pk>/withdraw/", repairs.withdraw, name="withdraw"),
    path("merge/<uuid:one>/<uuid:other>/", alike.merge, name="merge"),
]
