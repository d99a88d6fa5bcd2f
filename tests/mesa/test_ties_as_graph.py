"""The ties as a NetworkX graph and as a space of Mesa's."""

from __future__ import annotations

import time
from typing import Any

import networkx as nx
import numpy as np
import pytest
from linli.model.neighbourhood import Neighbourhood
from linli.model.networks import network_space, positions, to_networkx
from linli.model.ties import TieKind


@pytest.fixture(scope="module")
def model() -> Neighbourhood:
    return Neighbourhood(rng=3)


def test_the_graph_is_the_table_of_ties(model: Neighbourhood) -> None:
    graph = to_networkx(model)
    people, ties = model.world.residents, model.world.ties
    assert 2 * graph.number_of_edges() == len(ties)
    for i in graph:
        own = ties["to"][people["first_tie"][i] : people["first_tie"][i] + people["n_ties"][i]]
        assert sorted(graph[i]) == own.tolist()
    assert nx.utils.graphs_equal(graph, to_networkx(model.world))


def test_nodes_carry_who_they_are(model: Neighbourhood) -> None:
    graph = to_networkx(model)
    row, node = next(iter(graph.nodes(data=True)))
    person = list(model.residents)[row]
    assert (node["building"], node["micro_grid"], node["tenant"], node["party"]) == (
        person.building, person.micro_grid, person.tenant, person.party
    )  # fmt: skip
    assert {n["age_band"] for _, n in graph.nodes(data=True)} == {"young", "middle", "old"}
    assert {n["cooperation"] for _, n in graph.nodes(data=True)} == {"conditional", "free_rider", "unconditional"}


def test_children_are_nodes_only_on_request(model: Neighbourhood) -> None:
    adults = int(model.world.residents["adult"].sum())
    assert (len(to_networkx(model)), len(to_networkx(model, children=True))) == (adults, len(model.world.residents))


def test_edges_carry_where_people_know_each_other_from(model: Neighbourhood) -> None:
    graph = to_networkx(model)
    homes: dict[str, list[Any]] = {kind.name.lower(): [] for kind in TieKind}
    for i, j, kind in graph.edges(data="kind"):
        homes[kind].append((graph.nodes[i], graph.nodes[j]))
    assert not homes.pop("meeting")  # meetings make no ties where they are not asked to
    assert all(homes.values())
    assert all(a["household"] == b["household"] for a, b in homes["household"])
    assert all(a["building"] == b["building"] for kind in ("stairwell", "building") for a, b in homes[kind])
    assert all(a["micro_grid"] == b["micro_grid"] for a, b in homes["micro_grid"])
    assert all(a["employment"] == b["employment"] == "gig" for a, b in homes["gig"])


def test_people_know_several_others_and_these_know_each_other(model: Neighbourhood) -> None:
    graph = to_networkx(model)
    degrees = np.array([degree for _, degree in graph.degree])
    asked_for = sum(getattr(model.spec.ties, kind) for kind in ("stairwell", "building", "micro_grid", "interest"))
    assert asked_for - 1 < degrees.mean() < asked_for + 3  # the household comes on top
    assert degrees.max() < 40
    chance = degrees.mean() / len(graph)
    assert nx.average_clustering(graph) > 10 * chance
    assert max(map(len, nx.connected_components(graph))) > 0.98 * len(graph)


def test_everybody_has_a_place_of_her_own_near_her_neighbours(model: Neighbourhood) -> None:
    plan = positions(model.world)
    assert len(set(plan.values())) == len(plan) == len(model.world.residents)
    here = np.array(list(plan.values()))
    first = model.world.residents["building"] == 0
    assert np.ptp(here[first], axis=0).max() < 30 < np.ptp(here, axis=0).max()


def test_the_space_of_mesas_holds_each_adult_next_to_her_contacts(model: Neighbourhood) -> None:
    began = time.perf_counter()
    space = network_space(model)
    assert time.perf_counter() - began < 5  # a spring layout of this graph takes longer
    person = next(iter(model.residents.select(lambda a: a.adult and a.n_ties > 2)))
    cell = next(cell for cell in space.all_cells if cell.coordinate == person.row)
    assert cell.agents == [person]
    assert {a.row for a in cell.neighborhood.agents} == set(person.contacts.get("row"))
    assert space.G.nodes[person.row]["pos"] == positions(model.world)[person.row]
