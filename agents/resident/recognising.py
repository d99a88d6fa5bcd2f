"""Recognition: the public board, praise of persons, praise of grids (W15, W17, E4)."""

from __future__ import annotations

from ..core.parameter import Parameter, Parameters, numbers_of


class Recognition(Parameters):
    """Who gets to see what one does, and who is praised for it: a lever."""

    visibility: float = Parameter(
        0.0, "1", 0, 1, "share of acts that neighbours get to see on a board; 0: private", "W17, S9, S76"
    )
    praise_days: int = Parameter(0, "d", 0, 365, "days between two rounds of praise; 0: none", "W15, S10")
    praise_share: float = Parameter(
        0.1, "1", 0, 1, "share of those active since the last round who are praised", "W15, assumption"
    )
    praise_grid_share: float = Parameter(
        0.0, "1", 0, 1, "share of micro-grids praised in each round; 0: none", "W15, assumption"
    )


RecognitionNumbers = numbers_of(Recognition)
