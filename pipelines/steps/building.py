"""The step that builds the warehouse."""

from pathlib import Path

from crawlers.stores.mirror import bring, bring_what_people_wrote
from pipelines.corrections import write_corrections
from pipelines.operating.progress import Reporter
from pipelines.provenance.write import note_captures
from pipelines.steps.workplace import at_work, refuse_what_is_not_there
from warehouse import build as warehouse_build
from warehouse.build import BuildReport
from warehouse.settled import SETTLED


def build(data: Path, reporter: Reporter, threads: int | None = None) -> BuildReport:
    """Build the warehouse from all that was understood, and switch to it.

    Raises:
        NothingThereError: there is no such folder.
        BuildError: what was understood is not what the tables promise.
        CorrectionsError: `corrections.yml` in the data folder is not what was expected.
    """
    refuse_what_is_not_there(data)
    with at_work(data), reporter.step("build", 1) as step:
        bring(data, "core/codes/*", "core/provenance/*", SETTLED)
        bring_what_people_wrote(data)
        write_corrections(data)
        note_captures(data)
        report = warehouse_build.build(data, threads=threads)
        step.finished(report.path.name, f"{report.count('out_services')} services")
    return report
