"""Describe each public service after CPSV-AP 3.2.0, its stage as a concept of our own scheme.

Only what stands in the published tables is said: a service whose page names no fee has no cost here.
"""

from collections.abc import Mapping
from typing import Any

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS, XSD

from warehouse.catalogue.graphs import CPSV, CV, ELI, Triples, iri, language_term, say, term, text
from warehouse.catalogue.model import Catalogue
from warehouse.catalogue.shared import Shared
from warehouse.catalogue.vocabulary import vocabulary

Row = Mapping[str, Any]


def service_graph(row: Row, catalogue: Catalogue, shared: Shared) -> Triples:
    """Return one service as RDF; what many services share is named here and described by `shared`."""
    node = iri(f"{catalogue.latest_url}services/{row['service_id']}")
    graph = Triples(own=str(node))
    graph.add((node, RDF.type, CPSV.PublicService))
    graph.add((node, DCTERMS.identifier, Literal(row["service_id"])))
    for named in row["names"] or [{"language": row["language"], "words": row["name"]}]:
        graph.add((node, DCTERMS.title, text(named["words"], named["language"])))
        if named["language"] in vocabulary()["languages"]:
            graph.add((node, DCTERMS.language, language_term(graph, named["language"])))
    say(graph, node, DCTERMS.description, shared.stage_words(row["stage"]))
    graph.add((node, CV.hasCompetentAuthority, shared.body(row["institution_id"])))
    graph.add((node, CV.isClassifiedBy, shared.stage(row["stage"])))
    graph.add((node, DCTERMS.isPartOf, shared.dataset))
    _add_channel(graph, node, row)
    _add_time_and_cost(graph, node, row)
    _add_facts(graph, node, row)
    if row["life_event_id"]:
        graph.add((node, CV.isGroupedBy, shared.life_event(row["life_event_id"])))
    if row["cofog_division"]:
        graph.add((node, CV.thematicArea, shared.division(row["cofog_division"])))
    return graph


def _add_channel(graph: Triples, node: URIRef, row: Row) -> None:
    """The page on which the service is described or rendered."""
    channel = term(graph, f"{node}#web", CV.Channel)
    graph.add((channel, DCTERMS.identifier, Literal(row["url"])))
    graph.add((channel, FOAF.page, term(graph, row["url"], FOAF.Document)))
    graph.add((node, CV.hasChannel, channel))


def _add_time_and_cost(graph: Triples, node: URIRef, row: Row) -> None:
    if row["processing_days"] is not None:
        hours = round(row["processing_days"] * 24)
        words = f"P{hours // 24}D" if hours % 24 == 0 else f"PT{hours}H"
        graph.add((node, CV.processingTime, Literal(words, datatype=XSD.duration, normalize=False)))
    if row["fee_amount"] is not None:
        cost = term(graph, f"{node}#cost", CV.Cost)
        graph.add((cost, DCTERMS.identifier, Literal(f"{row['service_id']}-cost")))
        graph.add((cost, CV.hasValue, Literal(float(row["fee_amount"]), datatype=XSD.double)))
        if row["fee_currency"]:
            currency = term(graph, vocabulary()["currency"] + row["fee_currency"], SKOS.Concept)
            graph.add((currency, SKOS.prefLabel, text(row["fee_currency"], "en")))
            graph.add((cost, CV.currency, currency))
        graph.add((node, CV.hasCost, cost))


def _add_facts(graph: Triples, node: URIRef, row: Row) -> None:
    """What has to be brought, what the service rests on, what it gives: each as the page says it."""
    for number, told in enumerate(row["facts"], start=1):
        relation, kind = _FACTS[told["fact"]]
        part = term(graph, f"{node}#fact-{number}", kind)
        graph.add((part, DCTERMS.identifier, Literal(f"{row['service_id']}-fact-{number}")))
        graph.add((part, DCTERMS.title, text(told["words"], told["language"])))
        graph.add((node, relation, part))


_FACTS: Mapping[str, tuple[URIRef, URIRef]] = {
    "documents_required": (CPSV.hasInput, CV.Evidence),
    "legal_basis": (CV.hasLegalResource, ELI.LegalResource),
    "result": (CPSV.produces, CV.Output),
}
