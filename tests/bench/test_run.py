"""The benchmark as it is called, on a few families."""

import json
import os
import subprocess
import sys
from pathlib import Path

from familieplan.launcher.home import ROOT

ASKED = {
    *("P1.cpu_ms", "P1.queries", "P2.cpu_ms", "P2.queries", "P3.cpu_ms"),
    *("P7.seconds", "P7.mb", "P7.ratio_sql", "P7.ratio_pandas", "P7.ratio_postgres"),
    *("P6.one_p50_ms", "P6.one_p99_ms", "P6.p50_ms", "P6.p99_ms", "P6.ratio"),
    *(
        "P4.ratio",
        "P5.ratio",
        "P11.cold_s",
        *(["P11.mb", "P6.kb_per_screen", "P6.cpu_ms"] if sys.platform == "linux" else []),
    ),
}


def test_every_figure_is_measured(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    small = ["--few", "14", "--many", "28", "--rounds", "1", "--scale", "0.002", "--json", str(written)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    subprocess.run([sys.executable, "-m", "familieplan.bench", *small], check=True, cwd=ROOT, env=inherited)
    figures = json.loads(written.read_text())
    assert {figure["id"] for figure in figures} >= ASKED
    for figure in figures:
        assert set(figure) == {"id", "value", "unit", "reference", "ratio", "n", "seed"}
        assert figure["value"] > 0
        assert figure["reference"] > 0
