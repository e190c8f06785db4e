from django.urls import path

from zaigang.look import views

app_name = "look"
urlpatterns = [path("", views.gallery, name="gallery"), path("sheet/", views.sheet, name="sheet")]
