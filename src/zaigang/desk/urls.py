from django.conf import settings
from django.urls import path

from zaigang.desk.views import before_visit, case, home, life, phone, rights, search, slots, verify, why
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
    path("window/queues/", counter.queues, name="window_queues"),
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
    path("people/<uuid:pk>/why.pdf", why.paper, name="why_paper"),
    path("people/<uuid:pk>/slot/", slots.book_for, name="book_for"),
    path("people/<uuid:pk>/slot/back/", slots.give_back_for, name="give_back_for"),
    path("people/<uuid:pk>/life/", life.note, name="note_life"),
    path("people/<uuid:pk>/life/<uuid:event>/undo/", life.undo, name="undo_life"),
    path("desk/closures/<slug:code>/before-visit/", before_visit.before_visit, name="before_visit"),
    path("desk/closures/<slug:code>/before-visit/tell/", before_visit.tell, name="before_visit_tell"),
    path(
        "desk/closures/<slug:code>/before-visit/no-phone/",
        before_visit.no_phone,
        name="before_visit_no_phone",
    ),
    path("desk/arrive/", slots.arrivals, name="arrive"),
    path("desk/arrive/<uuid:pk>/", slots.arrived, name="arrived"),
    path("s/<str:token>/", slots.slot, name="slot"),
    path("s/<str:token>/take/", slots.take_slot, name="take_slot"),
    path("s/<str:token>/back/", slots.give_slot_back, name="give_slot_back"),
    path("w/<str:token>/", phone.phone, name="phone"),
    path("w/<str:token>/send/", phone.send, name="phone_send"),
    path("w/<str:token>/code/", phone.code, name="phone_code"),
    path("w/<str:token>/why/", phone.why, name="phone_why"),
    path("w/<str:token>/why.pdf", phone.why_paper, name="phone_why_paper"),
    path("w/<str:token>/records/", phone.records, name="phone_records"),
    path("w/<str:token>/leave/", phone.leave, name="phone_leave"),
    path("w/t/<str:token>/", phone.mine, name="mine"),
    path("permissions/", rights.permissions, name="permissions"),
    path("staff/", rights.staff, name="staff"),
]
if settings.DEMO or settings.DEBUG:
    shown_to_all = public("components with made-up contents, for whoever draws pages")
    urlpatterns += [
        path("look/", shown_to_all(look.gallery), name="gallery"),
        path("look/sheet/", shown_to_all(look.sheet), name="gallery_sheet"),
    ]
