from django.urls import path

from zaigang.hall.views import board, day, devices, guide, kiosk, opening, phone, slots

app_name = "hall"
screens = [
    path("devices/", devices.devices, name="devices"),
    path("kiosk/<str:token>/", kiosk.kiosk, name="kiosk"),
    path("kiosk/<str:token>/slip/<str:ticket>/", kiosk.slip, name="slip"),
    path("board/<str:token>/", board.board, name="board"),
    path("board/<str:token>/part/", board.board_part, name="board_part"),
    path("board/<str:token>/sizes.css", board.board_sizes, name="board_sizes"),
    path("t/<str:token>/", phone.ticket, name="ticket"),
    path("t/<str:token>/part/", phone.ticket_part, name="ticket_part"),
]
staff_pages = [
    path("", day.today, name="today"),
    path("prepare/", day.prepare, name="prepare"),
    path("opening/<uuid:pk>/", opening.opening, name="opening"),
    path("opening/<uuid:pk>/doors/", day.close_doors, name="close_doors"),
    path("opening/<uuid:pk>/again/", day.open_again, name="open_again"),
    path("opening/<uuid:pk>/end/", day.end, name="end"),
    path("days/", day.days, name="days"),
    path("days/<str:day>/", day.day, name="day"),
    path("guide/", guide.guide, name="guide"),
    path("guide/take/", guide.take, name="take"),
    path("guide/<uuid:pk>/leave/", guide.leave, name="leave"),
    path("guide/<uuid:pk>/requeue/", guide.requeue, name="requeue"),
    path("slots/", slots.slots, name="slots"),
]
urlpatterns = [*staff_pages, *screens]
