"""A certificate's faults are data, not a reason to turn away (HOSTILE_CASES A3).

An authority of the tests' own is trusted (by OpenSSL's `SSL_CERT_FILE`), so that each certificate has
the one fault that it is meant to have.
"""

import ssl
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from certificates import LONG_AGO, TO_COME, Signed, chain_file, signed
from cryptography import x509
from faults import ON_ACCEPT, FaultServer, links_to, not_found, sends
from odd_child import Odd, start_odd_children
from odd_rounds import OddRound
from small_sites import ROUND, registry_of

from crawlers.harvest import crawl
from crawlers.outcomes import Outcome

HOST = "site.example"
IDN_HOST = "кызмат.example"
IDN_ASCII = "xn--80anij5a2c.example"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OddRound]:
    """One crawl of a server for each fault."""
    folder = tmp_path_factory.mktemp("tls")
    contexts = _contexts(folder)
    pages = {"/robots.txt": not_found, "/": links_to("/again"), "/again": links_to()}
    servers = {site_id: FaultServer(pages, tls=context) for site_id, context in contexts.items()}
    servers["tt-no-tls"] = FaultServer({ON_ACCEPT: sends(b"HTTP/1.1 400 Bad Request\r\n\r\n")})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(folder / "trusted.pem"))
        patch.delenv("SSL_CERT_DIR", raising=False)
        names = {name: ["127.0.0.1"] for name in (HOST, IDN_ASCII)}
        start_odd_children(patch, Odd(names=names, policy={"timeout_seconds": 20}))
        reports = crawl(_registry(servers), round_id=ROUND, data=folder)
    yield OddRound(folder, servers, {report.site_id: report for report in reports})
    for one in servers.values():
        one.close()


def _registry(servers: Mapping[str, FaultServer]):  # noqa: ANN202
    """A registry whose seeds are secure; all sites have one name, and ports of their own."""
    hosts = {
        site_id: f"{IDN_HOST if site_id == 'tt-idn' else HOST}:{one.port}" for site_id, one in servers.items()
    }
    allow = tuple(one.host for one in servers.values())
    registry = registry_of(hosts, allow=allow, concurrent_sites=64)
    secure = [site.model_copy(update={"seeds": (f"https://{hosts[site.id]}/",)}) for site in registry.sites]
    return registry.model_copy(update={"sites": tuple(secure)})


def _contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    root = signed("Test Root", is_authority=True)
    middle = signed("Test Intermediate", root, is_authority=True)
    stranger = signed("Unknown Root", is_authority=True)
    strange_middle = signed("Unknown Intermediate", stranger, is_authority=True)
    (folder / "trusted.pem").write_bytes(root.pem)
    good = signed(HOST, middle)
    chains = {
        "tt-good": [good, middle],
        "tt-idn": [signed(IDN_ASCII, middle), middle],
        "tt-expired": [signed(HOST, middle, valid=LONG_AGO), middle],
        "tt-not-yet": [signed(HOST, middle, valid=TO_COME), middle],
        "tt-self-signed": [signed(HOST)],
        "tt-wrong-host": [signed("other.example", middle), middle],
        "tt-incomplete": [good],
        "tt-own-authority": [signed(HOST, strange_middle), strange_middle, stranger],
        "tt-unknown-authority": [signed(HOST, strange_middle), strange_middle],
        "tt-weak-key": [signed(HOST, middle, bits=1024), middle],
        "tt-sha1": [_by_sha1(folder, middle), middle],
    }
    made = {site_id: _context(folder, chain) for site_id, chain in chains.items()}
    made["tt-tls10"] = _old(_context(folder, [good, middle]), ssl.TLSVersion.TLSv1)
    made["tt-tls11"] = _old(_context(folder, [good, middle]), ssl.TLSVersion.TLSv1_1)
    for version in ("2", "3"):
        made[f"tt-client-certificate-{version}"] = context = _context(folder, [good, middle])
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(folder / "trusted.pem")
        context.maximum_version = context.minimum_version = ssl.TLSVersion[f"TLSv1_{version}"]
    return made


def _context(folder: Path, chain: list[Signed]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # else our own server would refuse to be this weak
    context.load_cert_chain(chain_file(folder, chain))
    return context


def _old(context: ssl.SSLContext, newest: ssl.TLSVersion) -> ssl.SSLContext:
    with warnings.catch_warnings(action="ignore"):  # Python warns of what the test is about
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def _by_sha1(folder: Path, by: Signed) -> Signed:
    """A certificate signed by SHA-1, which Python's library no longer does: OpenSSL's program does."""
    plain = signed(HOST, by)
    for name, content in (("by.pem", by.pem), ("by.key", by.key_pem), ("sha1.key", plain.key_pem)):
        (folder / name).write_bytes(content)
    (folder / "sha1.ext").write_text(f"subjectAltName=DNS:{HOST}\n", encoding="ascii")
    request = ["openssl", "req", "-new", "-key", "sha1.key", "-subj", f"/CN={HOST}", "-out", "sha1.csr"]
    sign = ["openssl", "x509", "-req", "-in", "sha1.csr", "-CA", "by.pem", "-CAkey", "by.key", "-sha1"]
    sign += ["-set_serial", "7", "-days", "30", "-extfile", "sha1.ext", "-out", "sha1.pem"]
    for command in (request, sign):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return Signed(x509.load_pem_x509_certificate((folder / "sha1.pem").read_bytes()), plain.key)


@pytest.mark.parametrize("site_id", ["tt-good", "tt-idn"])
def test_a3_a_good_certificate_has_no_fault(seen: OddRound, site_id: str):
    """The control: with its chain, for its host, in Latin or Cyrillic letters."""
    capture = seen.capture(site_id)

    assert (Outcome.OK, None) == (capture.outcome, capture.tls_fault)


@pytest.mark.parametrize(
    ("site_id", "fault"),
    [
        ("tt-expired", "expired"),
        ("tt-not-yet", "not yet valid"),
        ("tt-self-signed", "self-signed"),
        ("tt-wrong-host", "wrong host"),
        ("tt-incomplete", "incomplete chain"),
        ("tt-own-authority", "self-signed in its chain"),
        ("tt-unknown-authority", "unknown authority"),
        ("tt-weak-key", "key too weak"),
        ("tt-sha1", "signature too weak"),
    ],
)
def test_a3_where_a_citizen_could_click_through_the_page_is_seen_and_the_fault_named(
    seen: OddRound, site_id: str, fault: str
):
    """One fault, one name, in words that the site's owner understands; and no other fault beside."""
    capture = seen.capture(site_id)

    assert (Outcome.OK, fault) == (capture.outcome, capture.tls_fault)


@pytest.mark.parametrize("site_id", ["tt-expired", "tt-incomplete"])
def test_a3_the_fault_stands_on_every_page(seen: OddRound, site_id: str):
    """Also where a connection or its session is used again, and the certificate not shown anew."""
    faults = {capture.tls_fault for capture in seen.captures(site_id)}

    assert 2 == len(seen.captures(site_id))
    assert None not in faults


@pytest.mark.parametrize(
    ("site_id", "fault"),
    [
        ("tt-tls10", "TLS older than 1.2"),
        ("tt-tls11", "TLS older than 1.2"),
        ("tt-client-certificate-2", "client certificate required"),
        ("tt-client-certificate-3", "client certificate required"),
        ("tt-no-tls", "no TLS at this port"),
    ],
)
def test_a3_where_no_browser_would_go_on_the_fault_is_named_too(seen: OddRound, site_id: str, fault: str):
    """Browsers offer no way past these; the row has no page, and says why."""
    capture = next(row for row in seen.captures(site_id) if row.url.endswith("/"))

    assert Outcome.UNREACHABLE_TLS == capture.outcome
    assert fault in str(capture.outcome_detail)
