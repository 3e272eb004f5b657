"""A digest as a letter: its text in one language, its JSON attached."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage

from pipelines.desk.digest import Digest, as_json
from pipelines.desk.errors import SendError
from pipelines.desk.telling import as_text, title
from pipelines.desk.words import LANGUAGES, Language, desk

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def mail(digest: Digest, to: str, environment: Mapping[str, str]) -> None:
    """Mail the digest to `to`, by the server that `environment` names.

    Raises:
        SendError: the server offers no TLS for the password, or the language is none of ours.
        OSError, smtplib.SMTPException: the server cannot be reached, or refuses.
    """
    written, (host, port) = letter(digest, to, environment), mail_server(environment)
    user, password = environment.get("BASKYCH_SMTP_USER"), environment.get("BASKYCH_SMTP_PASSWORD", "")
    with smtplib.SMTP(host, port, timeout=desk().sending.seconds) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif user and host not in _LOCAL:
            raise SendError("the mail server offers no TLS, so BASKYCH_SMTP_PASSWORD was not sent")
        if user:
            server.login(user, password)
        server.send_message(written)


def letter(digest: Digest, to: str, environment: Mapping[str, str]) -> EmailMessage:
    """Return the digest as a letter to `to`.

    Raises:
        SendError: `BASKYCH_DIGEST_LANGUAGE` is none of ours.
    """
    language = _language(environment)
    written = EmailMessage()
    written["To"] = to
    written["From"] = environment.get("BASKYCH_DIGEST_FROM") or to.split(",", maxsplit=1)[0].strip()
    written["Subject"] = f"Baskych: {title(digest, language)}"
    written.set_content(as_text(digest, language))
    name = f"{digest.story.name}.json"
    written.add_attachment(as_json(digest).encode(), "application", "json", filename=name)
    return written


def mail_server(environment: Mapping[str, str]) -> tuple[str, int]:
    """Return host and port of the mail server."""
    host, _, port = (environment.get("BASKYCH_SMTP") or "localhost").partition(":")
    return host, int(port) if port.isdecimal() else smtplib.SMTP_PORT


def _language(environment: Mapping[str, str]) -> Language:
    asked = environment.get("BASKYCH_DIGEST_LANGUAGE") or "en"
    found = next((language for language in LANGUAGES if language == asked), None)
    if found is None:
        raise SendError(f"BASKYCH_DIGEST_LANGUAGE: {asked!r}; expected ky, ru or en")
    return found
