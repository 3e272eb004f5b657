"""Send a digest where the environment says: to a webhook, by mail, or nowhere.

    BASKYCH_DIGEST_URL       where the JSON is posted
    BASKYCH_DIGEST_TOKEN     goes with it as `Authorization: Bearer …`
    BASKYCH_DIGEST_MAIL      to whom the text is mailed
    BASKYCH_DIGEST_FROM      from whom; else the first of those to whom it goes
    BASKYCH_DIGEST_LANGUAGE  ky, ru or en; else en
    BASKYCH_SMTP             host or host:port of the mail server; else localhost
    BASKYCH_SMTP_USER, BASKYCH_SMTP_PASSWORD   sent over TLS or not at all

Nothing of it stands in a file of ours. What came of sending is told, and never fails a run.
"""

import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

from pipelines.desk.digest import Digest, as_json
from pipelines.desk.errors import SendError
from pipelines.desk.mailing import mail, mail_server
from pipelines.desk.words import desk

_FIRST_REDIRECT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of sending a digest one way."""

    way: str  # webhook or mail, and the host; no path, which may be a secret
    problem: str | None  # None: it arrived


class _AnswersAsTheyAre(urllib.request.HTTPErrorProcessor):
    """Follows no redirect: a digest goes where the operator said, for its token would go along."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        """Return the answer, whatever it is."""
        del request
        return response

    https_response = http_response


def send(digest: Digest, environment: Mapping[str, str]) -> Iterator[Sent]:
    """Send `digest` each way that `environment` asks for, and say what came of it."""
    for way, sending in ways(environment).items():
        yield Sent(way=way, problem=_problem(partial(sending, digest)))


def ways(environment: Mapping[str, str]) -> Mapping[str, Callable[[Digest], None]]:
    """Return each way in which `environment` lets digests be sent: its name, and what sends one.

    A name has the host only: the path may be a secret.
    """
    found: dict[str, Callable[[Digest], None]] = {}
    if url := environment.get("BASKYCH_DIGEST_URL"):
        found[f"webhook {urlsplit(url).hostname}"] = lambda digest: _post(digest, url, environment)
    if to := environment.get("BASKYCH_DIGEST_MAIL"):
        found[f"mail {mail_server(environment)[0]}"] = lambda digest: mail(digest, to, environment)
    return found


def _problem(sending: Callable[[], None]) -> str | None:
    """Send; return why it could not be, or None. An error's own text may hold the address: it stays out."""
    try:
        sending()
    except SendError as error:
        return str(error)
    except smtplib.SMTPResponseException as error:
        return f"answered {error.smtp_code}"
    except urllib.error.URLError as error:
        return f"not reached: {error.reason}"
    except (OSError, ValueError, HTTPException, smtplib.SMTPException) as error:
        return f"not reached: {type(error).__name__}"
    return None


def _post(digest: Digest, url: str, environment: Mapping[str, str]) -> None:
    """Post the digest's JSON to `url`."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise SendError("BASKYCH_DIGEST_URL: expected an address that begins with http:// or https://")
    token = environment.get("BASKYCH_DIGEST_TOKEN")
    header = {"Content-Type": "application/json", "User-Agent": "baskych"}
    header |= {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, as_json(digest).encode(), header)  # noqa: S310 - looked at above
    opener = urllib.request.build_opener(_AnswersAsTheyAre)
    with opener.open(request, timeout=desk().sending.seconds) as answer:
        if answer.status >= _FIRST_REDIRECT:
            raise SendError(f"answered {answer.status}")
