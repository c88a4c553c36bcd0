"""The API root: one router for the floors below."""

from rest_framework import routers

router = routers.DefaultRouter()
