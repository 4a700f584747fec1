"""Which fields are secrets: names that tell, the table of Odoo's own fields, and what is none though it looks like one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from har_builder import ROOT

from har2rpc.odoo.secret_fields import is_secret_field, is_secret_number
from har2rpc.odoo.secret_hints import MODELS, may_hold_secrets
from har2rpc.odoo.secret_names import is_secret_name, is_secret_parameter_name

TABLE: dict[str, Any] = json.loads(
    (ROOT / "har2rpc" / "odoo" / "data" / "secret_fields.json").read_text("utf-8")
)


@pytest.mark.parametrize(
    "name",
    """password new_password old_pwd confirm_password api_key apiKey APIKey api-key access_token accessToken client_secret
    stripe_secret_key csrf_token smtp_pass totp_secret otp private_key signup_token passphrase credentials PASSWORD pin
    userpassword dbPasswd password2 tokens rtoken jwt security_code authorization_code driver_pin x_passwort kennwort
    api_schluessel api_schlüssel Zugangsschlüssel zugangsdaten geheimnis mot_de_passe motDePasse mdp cle_api clé_privée
    jeton_acces x_contraseña contrasenia x_clave_api clave clave_privada codigo_secreto senha senha_api palavra_passe
    chave_api segredo chiave_api chiave_privata chiave_segreta codice_segreto credenziali wachtwoord api_sleutel
    toegangscode geheime_sleutel pincode shared_key hmac_key transaction_key""".split(),
)
def test_names_that_tell(name: str) -> None:
    assert is_secret_name(name)
    assert may_hold_secrets(json.dumps({name: "x"}))
    assert may_hold_secrets(json.dumps({name: "x"}, ensure_ascii=False))


@pytest.mark.parametrize(
    "name",
    """name phone key keys keyboard keyword keywords palabra_clave palavra_chave parola_chiave mots_cles passenger_id
    tokenize secretary secretariat session session_id compass bypass season_pass pinned pin_color spin opinion shipping
    author author_id passport_id passport_number api monkey donkey hockey token_id token_ids token_count token_type
    payment_token_count password_policy otp_required access_token_expiry code country_code zip_code xendit_public_key
    turnstile_site_key l10n_in_edi_username google_gmail_uri razorpay_key_id grouping_key tax_key avatar_cache_key
    group_key sort_key foreign_key external_key cache_key issue_key clave_unidad chave_nfe key_signature push_to_talk_key
    website_meta_keywords epd_key term_key discount_allocation_key signature classe""".split(),
)
def test_names_of_everyday_values(name: str) -> None:
    assert not is_secret_name(name)
    assert not is_secret_field("res.partner", name)


def test_outside_of_models_a_session_is_a_credential() -> None:
    assert is_secret_parameter_name("session_id") and is_secret_parameter_name("sid")
    assert not is_secret_field("pos.order", "session_id")


@pytest.mark.parametrize("name", TABLE["everywhere"])
def test_the_table_of_odoo_s_own_fields(name: str) -> None:
    assert is_secret_field("x.y", name) and is_secret_field("x.y", f"default_{name}")
    assert is_secret_field("x.y", f"partner_id.{name}") and is_secret_number("x.y", name)
    assert may_hold_secrets(json.dumps({name: "x"}))


def test_a_field_of_administrators_is_a_secret_of_its_model_alone() -> None:
    for model, names in TABLE["of_models"].items():
        for name in names:
            assert is_secret_field(model, name) and not is_secret_field("res.partner", name)
            assert is_secret_field("x.y", f"any_id.{name}"), "of which model nobody knows"
        assert model in MODELS and may_hold_secrets("{}", model)
    assert {model for model in MODELS if is_secret_field(model, "x")} == set()


@pytest.mark.parametrize(
    "model, name",
    [
        ("ir.config_parameter", "value"),
        ("res.users.apikeys", "key"),
        ("res.users.apikeys.show", "default_key"),
        ("res.users", "api_key_ids.key"),
        ("auth_totp.wizard", "qrcode"),
        ("ir.mail_server", "smtp_user"),
        ("res.users", "password"),
    ],
)
def test_secrets_of_one_model(model: str, name: str) -> None:
    assert is_secret_field(model, name)
    assert not is_secret_field("product.product", name) or name in ("password", "api_key_ids.key")


def test_a_number_is_a_secret_under_an_exact_name_alone() -> None:
    assert is_secret_number("hr.employee", "pin") and is_secret_number("x.y", "password")
    assert not is_secret_number("x.y", "x_api_key") and not is_secret_number("x.y", "user_password")
