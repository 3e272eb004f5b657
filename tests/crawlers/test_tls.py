"""A certificate's faults are data, not a reason to turn away (HOSTILE_CASES A3)."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from small_sites import ROUND, SmallSite, page, registry_of

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import site_folder

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins


def faulty_certificate(folder: Path) -> Path:
    """Return a certificate with its key: of another host, signed by itself, run out last year."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "other.example")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=730))
        .not_valid_after(today - timedelta(days=365))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("other.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Capture:
    """The home page of a site whose certificate has every fault."""
    folder = tmp_path_factory.mktemp("tls")
    site = SmallSite({"/": page()})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(faulty_certificate(folder))
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    secure = registry.sites[0].model_copy(update={"seeds": (f"https://{site.host}/",)})
    crawl(registry.model_copy(update={"sites": (secure,)}), round_id=ROUND, data=folder)
    site.close()
    (found,) = (row for row in read_captures(site_folder(folder, ROUND, "tt-a")) if row.depth >= 0)
    return found


def test_a3_a_site_with_a_faulty_certificate_is_seen(capture: Capture):
    """A citizen could click through, too."""
    assert Outcome.OK == capture.outcome


def test_a3_each_fault_is_named(capture: Capture):
    """In words that the site's owner understands."""
    assert "expired, self-signed, wrong host" == capture.tls_fault
