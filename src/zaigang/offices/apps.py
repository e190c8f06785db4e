from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "zaigang.offices"
    label = "offices"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- models are not loaded before

        from zaigang.ledger import verbs  # noqa: PLC0415 -- as above
        from zaigang.offices import enums, sign_in  # noqa: PLC0415 -- as above

        verbs.declare(enums.Verb)
        authenticator_added.connect(sign_in.second_factor_set_up, dispatch_uid="offices.second_factor_set_up")
