"""No site is asked for pages under a contact that reaches no one: its owner must be able to write to us."""

from crawlers.errors import RegistryError
from crawlers.registry.contact import is_placeholder
from crawlers.sites import REGISTRY_FOLDER
from pipelines.scope import Scope
from pipelines.today import is_played


def refuse_a_placeholder(scope: Scope) -> None:
    """Refuse to crawl the web under a contact for examples, such as that of a registry as it was shipped.

    Sites on private addresses that the registry names are somebody's own machine: they may be asked.

    Raises:
        RegistryError: names the file, the contact and what was expected.
    """
    fault = fault_of_contact(scope)
    if fault:
        raise RegistryError(fault)


def fault_of_contact(scope: Scope) -> str | None:
    """Return what is wrong with the contact for the sites of `scope`, in words; None where nothing is."""
    contact = scope.registry.crawler.contact
    if is_played(scope) or not is_placeholder(contact):
        return None
    file = scope.registry_file or REGISTRY_FOLDER / f"{scope.country_id}.yml"
    return (
        f"{file}: crawler.contact: {contact!r}: is nobody's, a name for examples (RFC 2606); expected a page"
        " or a mailbox of your own, for sites' owners to write to"
    )
