"""What a directory of results says, whatever the order in which it came to be written."""

import hashlib

from linli.experiments import open_results


def contents(folder):
    """Every table, sorted, to the bit: a hash of each."""
    results = open_results(folder)
    found = {}
    for name in ("runs", *results.design.tables):
        frame = results._frame(name)
        raw = hashlib.sha256()
        for column in frame.columns:
            values = frame[column]
            raw.update(column.encode())
            if values.dtype.kind in "fiub":
                raw.update(values.to_numpy().tobytes())
            else:
                raw.update("\x1f".join(map(str, values)).encode())
        found[name] = raw.hexdigest()
    return found


def each_once(folder, n):
    """Whether there are so many runs, and in the files each of them once."""
    import pyarrow.parquet as pq

    keys = [
        key
        for path in sorted((folder / "runs").glob("part-*.parquet"))
        for key in pq.read_table(path)["key"].to_pylist()
    ]
    return len(keys) == len(set(keys)) == n
