"""What every Mesa agent of the town is: a handle on one row of a table."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np


class Handle(mesa.Agent):
    """An agent that keeps no state: it looks through the model at its row of the World's table `table_name`."""

    table_name = ""

    def __init__(self, model: Any, row: int) -> None:
        self.row = row
        super().__init__(model)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"

    @property
    def table(self) -> np.ndarray[Any, Any]:
        """The table the row stands in, as it is now."""
        return getattr(self.model.world, self.table_name)  # type: ignore[no-any-return]
