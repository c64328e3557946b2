"""Where cut papers fall: kept in memory for the control port, and as files where a folder is given."""

from pathlib import Path

from printing.simulator.paper import Paper

CAPACITY = 500
"""The oldest paper falls out of a full tray."""


class Tray:
    """The papers that nobody has taken yet, by number."""

    def __init__(self, folder: Path | None = None) -> None:
        self._papers: dict[int, Paper] = {}
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def add(self, paper: Paper) -> None:
        """Let a paper fall in, and write ``0001.bin``, ``.txt`` and ``.png``."""
        self._papers[paper.index] = paper
        if len(self._papers) > CAPACITY:
            del self._papers[min(self._papers)]
        if self._folder is not None:
            name = f"{paper.index:04d}"
            (self._folder / f"{name}.bin").write_bytes(paper.data)
            (self._folder / f"{name}.txt").write_text("\n".join(paper.lines) + "\n", encoding="utf-8")
            (self._folder / f"{name}.png").write_bytes(paper.png)

    def papers(self) -> list[Paper]:
        """Return the papers, oldest first."""
        return list(self._papers.values())

    def paper(self, index: int) -> Paper:
        """Return one paper.

        Raises:
            ValueError: it is not in the tray.
        """
        if index not in self._papers:
            raise ValueError(f"no paper {index} in the tray")
        return self._papers[index]

    def take(self) -> list[Paper]:
        """Empty the tray and return what lay in it."""
        papers = self.papers()
        self._papers.clear()
        return papers
