from django.urls import path

from zaigang.outbox import views

app_name = "outbox"

urlpatterns = [
    path("", views.messages_page, name="messages"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
]
