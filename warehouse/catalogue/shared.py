"""What services share: public bodies, stages, life events, divisions of government. Described once."""

from collections.abc import Mapping
from typing import Any

import duckdb
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from warehouse.catalogue.coverage import place_of
from warehouse.catalogue.graphs import CV, iri, new_graph, say, term
from warehouse.catalogue.model import Catalogue
from warehouse.dictionary import LANGUAGES

Row = Mapping[str, Any]
_UNDETERMINED = {
    "ky": "Баскычы аныкталган жок",
    "ru": "Стадия не определена",
    "en": "Stage not determined",
}
_SCHEME = {
    "ky": "Кызматтын онлайн жетилгендигинин баскычтары (БУУ)",
    "ru": "Стадии онлайн-зрелости услуги (ООН)",
    "en": "Stages of a service's online maturity (UN)",
}


class Shared:
    """Names what services share, and describes it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
        """Read the bodies, stages, events and divisions of the `out_*` tables behind `connection`."""
        self._root = catalogue.latest_url
        self._stages = {row["stage"]: row for row in _rows(connection, "from out_stages order by stage")}
        self._events = _rows(connection, "from out_life_events order by life_event_id")
        self._divisions = _rows(connection, "from out_cofog order by cofog_division")
        self._bodies = _rows(
            connection,
            "select body.*, country.iso3 from out_institutions as body"
            " left join out_countries as country using (country_id) order by body.institution_id",
        )
        self.dataset = iri(next(item.url for item in catalogue.datasets if item.name == "out_services"))

    def stage(self, number: int | None) -> URIRef:
        """Return a stage's concept; None is that of services whose stage is not determined."""
        return iri(f"{self._root}stages/{number or 'undetermined'}")

    def stage_words(self, number: int | None) -> Mapping[str, str]:
        """Return what a stage means, in three languages."""
        if number is None:
            return _UNDETERMINED
        return {language: self._stages[number][f"definition_{language}"] for language in LANGUAGES}

    def body(self, institution_id: str) -> URIRef:
        """Return a public body."""
        return iri(f"{self._root}institutions/{institution_id}")

    def life_event(self, life_event_id: str) -> URIRef:
        """Return a life event."""
        return iri(f"{self._root}life-events/{life_event_id}")

    def division(self, cofog_division: str) -> URIRef:
        """Return a division of the functions of government."""
        return iri(f"{self._root}cofog/{cofog_division}")

    def graph(self) -> Graph:
        """Describe all of it."""
        graph = new_graph()
        self._add_stages(graph)
        for row in self._bodies:
            self._add_body(graph, row)
        for row in self._events:
            event = term(graph, str(self.life_event(row["life_event_id"])), CV.Event)
            graph.add((event, DCTERMS.identifier, Literal(row["life_event_id"])))
            say(graph, event, DCTERMS.title, _named(row))
        for row in self._divisions:
            division = term(graph, str(self.division(row["cofog_division"])), SKOS.Concept)
            graph.add((division, SKOS.notation, Literal(row["cofog_division"])))
            say(graph, division, SKOS.prefLabel, _named(row))
        return graph

    def _add_stages(self, graph: Graph) -> None:
        scheme = term(graph, f"{self._root}stages", SKOS.ConceptScheme)
        say(graph, scheme, DCTERMS.title, _SCHEME)
        for number in (*self._stages, None):
            concept = term(graph, str(self.stage(number)), SKOS.Concept)
            graph.add((concept, SKOS.inScheme, scheme))
            row = self._stages.get(number) if number else None
            say(graph, concept, SKOS.prefLabel, _named(row) if row else _UNDETERMINED)
            say(graph, concept, SKOS.definition, self.stage_words(number))

    def _add_body(self, graph: Graph, row: Row) -> None:
        body = term(graph, str(self.body(row["institution_id"])), CV.PublicOrganisation)
        graph.add((body, DCTERMS.identifier, Literal(row["institution_id"])))
        words = _named(row)
        if not any(words.values()):
            words = {"en": row["institution_id"]}
        say(graph, body, SKOS.prefLabel, words)
        place = term(graph, place_of(row["iso3"], row["country_id"]), DCTERMS.Location)
        graph.add((body, DCTERMS.spatial, place))


def _named(row: Row) -> dict[str, str]:
    return {language: row[f"name_{language}"] for language in LANGUAGES}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
