"""Certificates as good and as bad as tests need them, made anew each time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_TODAY = datetime.now(UTC)
_BITS = 2048
LONG_AGO = (_TODAY - timedelta(days=730), _TODAY - timedelta(days=365))
TO_COME = (_TODAY + timedelta(days=30), _TODAY + timedelta(days=60))
_NOW = (_TODAY - timedelta(days=30), _TODAY + timedelta(days=60))


@dataclass(frozen=True)
class Signed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key as text."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )


def signed(
    name: str,
    by: Signed | None = None,
    *,
    is_authority: bool = False,
    valid: tuple[datetime, datetime] = _NOW,
    bits: int = _BITS,
) -> Signed:
    """Return a certificate for a host or authority called `name`, signed by another or by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins, ends = valid
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_called(name)]), critical=False)
        .sign(by.key if by else key, hashes.SHA256())
    )
    return Signed(certificate, key)


def _called(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name.replace(" ", "-"))


def chain_file(folder: Path, chain: list[Signed]) -> Path:
    """Return a file for a server that shows `chain`, its own certificate first."""
    path = folder / f"{chain[0].certificate.serial_number}.pem"
    path.write_bytes(chain[0].key_pem + b"".join(one.pem for one in chain))
    return path
