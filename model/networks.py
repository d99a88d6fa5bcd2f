"""The ties as a graph: for NetworkX, and for those who want a space of Mesa's."""

from __future__ import annotations

import inspect
import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from ..agents.resident import AgeBand, Cooperation, Employment
from .ties import TieKind
from .world import World

if TYPE_CHECKING:
    from mesa.discrete_space import Network

    from .neighbourhood import Neighbourhood

KEPT = ("household", "building", "micro_grid", "adult", "female", "tenant", "party", "registered", "acts", "reports")
"""Columns of the residents that a node carries as they are."""

NAMED: dict[str, type[Any]] = {"age_band": AgeBand, "employment": Employment, "cooperation": Cooperation}
"""Columns that a node carries by the name of the code."""

BLOCK = 100.0
"""Metres between two micro-grids on the plan that positions are read from."""


def to_networkx(town: Neighbourhood | World, *, children: bool = False) -> nx.Graph:
    """Who knows whom. Nodes are rows of residents, edges carry the `kind` of tie (household, stairwell …).

    Children have no ties in this version; they are nodes only on request. The graph is a copy as of today.
    """
    world: World = town if isinstance(town, World) else town.world
    graph = nx.Graph()
    chosen = np.flatnonzero(world.residents["adult"] | children)
    columns = columns_of(world.residents[chosen])
    names, rows = list(columns), zip(*columns.values(), strict=True)
    graph.add_nodes_from((i, dict(zip(names, row, strict=True))) for i, row in zip(chosen.tolist(), rows, strict=True))
    graph.add_edges_from(edges_of(world))
    return graph


def columns_of(residents: np.ndarray[Any, Any]) -> dict[str, list[Any]]:
    """What a node carries, by name."""
    columns = {name: residents[name].tolist() for name in KEPT}
    for name, codes in NAMED.items():
        columns[name] = [codes(code).name.lower() for code in residents[name].tolist()]
    return columns


def edges_of(world: World) -> list[tuple[int, int, dict[str, str]]]:
    """Each tie once, the lower row first."""
    here = np.repeat(np.arange(len(world.residents)), world.residents["n_ties"])
    there, kinds = world.ties["to"], world.ties["kind"]
    once = here < there
    words = [TieKind(kind).name.lower() for kind in kinds[once].tolist()]
    pairs = zip(here[once].tolist(), there[once].tolist(), words, strict=True)
    return [(i, j, {"kind": kind}) for i, j, kind in pairs]


def positions(world: World) -> dict[int, tuple[float, float]]:
    """A plan of the town (metres): micro-grids in a square, buildings around each, households around a building."""
    people, buildings, micro = world.residents, world.buildings, world.micro_grids
    wide = max(1, math.ceil(math.sqrt(len(micro))))
    grid = people["micro_grid"]
    x, y = BLOCK * (grid % wide), BLOCK * (grid // wide)
    house = people["building"]
    place = people["household"] - buildings["first_household"][house]
    for share, radius in (
        ((house - micro["first_building"][grid]) / micro["n_buildings"][grid], 0.3 * BLOCK),
        (place / buildings["n_households"][house], 0.1 * BLOCK),
        ((people["person"] % 8) / 8.0, 0.01 * BLOCK),
    ):
        x, y = x + radius * np.cos(2 * np.pi * share), y + radius * np.sin(2 * np.pi * share)
    return dict(enumerate(zip(x.tolist(), y.tolist(), strict=True)))


def network_space(model: Neighbourhood) -> Network:
    """A Mesa network whose cells are the adults, each holding its resident, at the positions of the plan.

    Mesa's own layout would take minutes for a community; where its network knows no positions (before 3.5)
    they are only in the graph, as `pos` of each node.
    """
    from mesa.discrete_space import Network

    graph = to_networkx(model)
    plan = positions(model.world)
    layout = {node: plan[node] for node in graph}
    nx.set_node_attributes(graph, layout, "pos")
    known = {"layout": layout} if "layout" in inspect.signature(Network.__init__).parameters else {}
    space = Network(graph, random=model.random, **known)
    people = model.handles()[0]
    for cell in space.all_cells:
        cell.add_agent(people[cell.coordinate])
    return space
