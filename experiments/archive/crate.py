"""The description of a package: RO-Crate 1.1, as JSON-LD written by hand.

Source: P. Sefton et al., RO-Crate Metadata Specification 1.1, 2020.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ..reports.kept import Kept
from ..reports.shown import command_of
from .origins import TEXTS

FILE = "ro-crate-metadata.json"
CONFORMS = "https://w3id.org/ro/crate/1.1"
CONTEXT: list[Any] = [f"{CONFORMS}/context", {"sha256": "http://schema.org/sha256"}]
"""The terms of RO-Crate, and the one that it does not have."""

LICENCES = {
    "Apache-2.0": "Apache License 2.0",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International",
    "CC-BY-SA-4.0": "Creative Commons Attribution-ShareAlike 4.0 International",
    "CC0-1.0": "Creative Commons Zero 1.0 Universal",
    "MIT": "MIT License",
}
"""The licences that a package may have, by their SPDX names."""

FORMATS = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json", ".jsonl": "application/x-ndjson",
    ".lock": "text/plain", ".md": "text/markdown", ".npz": "application/zip", ".png": "image/png",
    ".parquet": "application/vnd.apache.parquet", ".svg": "image/svg+xml", ".toml": "application/toml",
    ".cff": "application/yaml",
}  # fmt: skip
FOLDERS = {
    "data/": "the results as the command wrote them",
    "figures/": "the figures of the report, each with the numbers drawn",
    "code/": "what the program is: versions, description, licence",
}
MEANINGS = {
    "README.md": "how to read and how to verify this package",
    "report-en.html": "the report: question, results, figures, who bears, where it comes from",
    "report-zh.html": "the report in Chinese",
    "data/provenance.json": "where the results come from: code, versions, machine, scenarios with all their numbers",
    "data/design.toml": "the design in full: scenarios, factors, seeds, size, days",
    "data/ledger.jsonl": "what happened when, while the batch was at work",
    "data/failures.jsonl": "the runs that raised an error",
    "data/failures.csv": "the runs that raised an error",
    "data/compare.csv": "every outcome: means, and paired differences with their intervals",
    "data/groups.csv": "the outcomes by group of residents",
    "data/yearly.csv": "every outcome by year",
    **{f"code/{Path(name).name}": what for name, what in TEXTS.items()},
}
"""What each file is."""

Entity = dict[str, Any]


def reference(name: str) -> Entity:
    """How one entity points to another."""
    return {"@id": name}


def references(names: Sequence[str]) -> Any:
    """How it points to several; to one without a list."""
    return reference(names[0]) if len(names) == 1 else [reference(name) for name in names]


def id_of(path: str) -> str:
    """The identifier of a file: its path as a relative URI; characters of other languages stay as they are."""
    return "".join(letter if letter.isalnum() or letter in "/._-~" else quote(letter) for letter in path)


def path_of(entity: Entity) -> str:
    """The path that an identifier stands for."""
    return unquote(str(entity["@id"]))


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def described(kept: Kept, files: Mapping[str, Path], licence: str, title: str, summary: str) -> str:
    """The text of the description of a package with these files (by their paths in it)."""
    entities = [entity_of(name, files[name]) for name in sorted(files)]
    folders = [folder for folder in FOLDERS if any(name.startswith(folder) for name in files)]
    top = [id_of(name) for name in sorted(files) if "/" not in name]
    graph = [
        {"@id": FILE, "@type": "CreativeWork", "conformsTo": reference(CONFORMS), "about": reference("./")},
        {"@id": "./", "@type": "Dataset", "name": title, "description": summary,
         "datePublished": str(kept.about.get("time", ""))[:10], "license": reference(licence_id(licence)),
         "hasPart": references([*folders, *top]), "mentions": references(["#run", "#linli"])},
        *(folder_of(folder, [id_of(name) for name in sorted(files) if name.startswith(folder)]) for folder in folders),
        *entities,
        {"@id": licence_id(licence), "@type": "CreativeWork", "name": LICENCES[licence], "identifier": licence,
         "description": f"This package may be used under the terms of {LICENCES[licence]} ({licence})."},
        *run_of(kept, "data/design.toml" if "data/design.toml" in files else "data/provenance.json"),
    ]  # fmt: skip
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def licence_id(licence: str) -> str:
    """The address of a licence."""
    return f"https://spdx.org/licenses/{licence}"


def folder_of(folder: str, parts: list[str]) -> Entity:
    """A folder and what is in it."""
    return {"@id": folder, "@type": "Dataset", "name": folder.rstrip("/"), "description": FOLDERS[folder],
            "hasPart": references(parts)}  # fmt: skip


def entity_of(name: str, path: Path) -> Entity:
    """A file: what it is, its format, its size in bytes, and its SHA-256."""
    about = MEANINGS.get(name) or meaning_of(name)
    ending = Path(name).suffix
    kind = FORMATS.get(ending, "text/plain" if not ending else "application/octet-stream")
    return {"@id": id_of(name), "@type": "File", "name": Path(name).name, "description": about, "encodingFormat": kind,
            "contentSize": str(path.stat().st_size), "sha256": digest(path)}  # fmt: skip


def meaning_of(name: str) -> str:
    """What a file is that has no entry of its own."""
    folder, _, rest = name.partition("/")
    if folder == "figures":
        return f"{'the numbers of' if name.endswith('.csv') else 'the figure'} {Path(rest).stem}"
    table = Path(rest).parts[0].removesuffix(".parquet")
    if name.endswith(".parquet"):
        return f"table {table}; unit and meaning of each column stand in the file"
    if table == "worlds":
        return "the last day of a run, to go on from"
    return f"{Path(rest).stem}, as the command wrote it"


def run_of(kept: Kept, design: str) -> list[Entity]:
    """The run that made the results, the program that ran, and what it was asked for."""
    about = kept.about
    git = about.get("git") or {}
    commit = f"; git commit {git['commit']}{' with later edits' if git.get('dirty') else ''}" if git else ""
    seeds = f"{kept.seeds[0]} to {kept.seeds[-1]}" if len(kept.seeds) > 1 else str(kept.seeds[0])
    asked = {"seeds": seeds, "size": kept.size, "days": str(kept.days), "code": str(about.get("code", ""))}
    meaning = {"seeds": "seeds of all luck", "size": "how much of the district", "days": "recorded days",
               "code": "hash of every file that a town and its days are computed by"}  # fmt: skip
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    return [
        {"@id": "#run", "@type": "CreateAction", "name": f"linli {about['command']}", "description": command_of(kept),
         "endTime": str(about.get("time", "")), "instrument": reference("#linli"), "result": reference("data/"),
         "object": [reference(design), *(reference(f"#{name}") for name in asked)]},
        *({"@id": f"#{name}", "@type": "PropertyValue", "name": name, "description": meaning[name], "value": value}
          for name, value in asked.items()),
        {"@id": "#linli", "@type": "SoftwareApplication", "name": "linli", "version": str(about.get("linli", "")),
         "description": f"an agent-based policy laboratory for neighbourhood governance{commit}; {versions}",
         "softwareRequirements": reference("code/requirements.lock"),
         "license": reference("code/LICENSE"), "subjectOf": references(["code/odd.md", "code/odd.zh.md"])},
    ]  # fmt: skip
