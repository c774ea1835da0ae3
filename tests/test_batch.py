"""Many documents: the same bytes whoever does the work and however often it is killed, and failures that stay alone."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from batches import command, run_killed, tree, write_batch
from bialign.batch import BatchSettings, Part, run
from bialign.batch.cluster import slurm_cluster, slurm_options
from bialign.batch.folder import Folder, held
from bialign.batch.manifest import Pair, read_pairs
from bialign.batch.plan import Plan, cut
from bialign.batch.pool import Pool
from bialign.batch.schedulers import Alone, Outcome
from bialign.cli.batch import batch
from bialign.errors import BialignError
from conftest import REPOSITORY

pytest.importorskip("pyarrow", reason="shards are Parquet")

# tasks of two or three documents, shards of two or three tasks
SMALL = BatchSettings(task_cost=5_000, shard_cost=9_000)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    return write_batch(tmp_path_factory.mktemp("batch"))


@pytest.fixture(scope="module")
def undisturbed(manifest, tmp_path_factory):
    """Give what one process makes of the batch."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    result = run(manifest, out, SMALL, Alone())
    assert (result.documents, result.failed, result.new) == (9, 0, 9)
    return out


def rows_of(out):
    import pyarrow.parquet

    return [
        row for path in sorted(out.rglob("shards/*.parquet")) for row in pyarrow.parquet.read_table(path).to_pylist()
    ]


def test_shards_hold_what_aligning_each_pair_gives(manifest, undisturbed):
    from bialign import align

    assert len(list(undisturbed.glob("shards/*.parquet"))) > 1
    found = rows_of(undisturbed)
    for pair in read_pairs(manifest):
        bitext = align(manifest.parent / pair.source, manifest.parent / pair.target)
        own = [row for row in found if row["doc"] == pair.id]
        assert [(row["source"], row["target"], row["type"]) for row in own] == [
            (bitext.source_text(bead), bitext.target_text(bead), bead.type) for bead in bitext.beads
        ]
        assert {(row["source_lang"], row["target_lang"]) for row in own} == {("en", "es")}
        assert own[0]["id"] == f"{pair.id}:0:0"


def test_manifest_of_the_run_tells_what_is_there(manifest, undisturbed):
    import hashlib

    told = json.loads((undisturbed / "run.json").read_text(encoding="utf-8"))
    for shard in told["shards"]:
        assert hashlib.sha256((undisturbed / shard["file"]).read_bytes()).hexdigest() == shard["sha256"]
    documents = (undisturbed / "documents.tsv").read_text(encoding="utf-8").splitlines()
    names, first = (line.split("\t") for line in documents[:2])
    row = dict(zip(names, first, strict=True))
    assert row["source_sha256"] == hashlib.sha256((manifest.parent / "d0.en.txt").read_bytes()).hexdigest()
    assert told["counts"]["beads"] == len(rows_of(undisturbed)) == sum(int(x.split("\t")[3]) for x in documents[1:])
    assert not (undisturbed / ".batch" / "parts").exists()


def test_a_pool_makes_the_same_bytes_though_a_worker_is_killed(manifest, undisturbed, tmp_path):
    class Murdered(Pool):
        killed = 0

        def submit(self, job):
            super().submit(job)
            if not self.killed:
                time.sleep(0.3)
                self._workers[0].process.kill()
                self.killed += 1

    pool = Murdered(2)
    result = run(manifest, tmp_path / "out", SMALL, pool, log=tmp_path / "log.jsonl")
    assert pool.killed
    assert result.failed == 0
    assert tree(tmp_path / "out") == tree(undisturbed)
    events = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["how"] for event in events if event["event"] == "lost"] == ["SIGKILL"]
    assert (events[0]["event"], events[-1]["event"]) == ("start", "end")


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signal")
def test_a_run_that_is_killed_again_and_again_ends_in_the_same_bytes(manifest, tmp_path):
    documents = write_batch(tmp_path / "texts", 30, 20)
    # a shard size that makes one shard: the command line has no smaller one
    assert run(documents, tmp_path / "whole", BatchSettings(shard_cost=1_000_000), Alone()).failed == 0
    killed = run_killed(command(documents, tmp_path / "out", "--workers", "1", "--shard-size", "1"), 3, (0.6, 1.5))
    assert killed >= 2
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_document_that_fails_is_told_and_can_be_tried_again(bialign, tmp_path):
    manifest = write_batch(tmp_path / "texts", 4)
    whole, out = tmp_path / "whole", tmp_path / "out"
    shutil.copy(manifest.parent / "d1.en.txt", manifest.parent / "kept")
    settings = BatchSettings(shard_cost=1_000_000)
    run(manifest, whole, settings, Alone())
    (manifest.parent / "d1.en.txt").unlink()
    options = (manifest, "-o", out, "--workers", "1", "--shard-size", "1")
    failed = bialign("batch", *options)
    assert failed.status == 1
    assert "1 document failed" in failed.err
    names, row = ((out / "failures.tsv").read_text(encoding="utf-8")).splitlines()
    told = dict(zip(names.split("\t"), row.split("\t"), strict=True))
    assert (told["id"], told["source"]) == ("doc 1", "d1.en.txt")
    assert told["reason"].endswith("no such file; check the name and the folder")
    assert told["traceback"].startswith("Traceback")
    assert {row["doc"] for row in rows_of(out)} == {"doc 0", "doc 2", "doc 3"}
    shutil.copy(manifest.parent / "kept", manifest.parent / "d1.en.txt")
    # without --retry-failed it stays as it is
    assert bialign("batch", *options).status == 1
    assert bialign("batch", *options, "--retry-failed").status == 0
    # the plan knows how large the files were when it was made; all else is as if nothing had failed
    assert {k: v for k, v in tree(out).items() if "plan" not in k} == {
        k: v for k, v in tree(whole).items() if "plan" not in k
    }


def test_a_document_that_kills_its_worker_is_given_up(manifest, tmp_path):
    class Deadly(Alone):
        deaths = 2

        def wait(self):
            job = self._jobs[0]
            if job.kind == "align" and (job.shard, job.task) == (0, 0) and 1 not in job.skip:
                self._jobs.popleft()
                Folder(job.out).at(0, 0).write_text("1")
                return [Outcome(job, None, "a process", "SIGKILL")]
            return super().wait()

    result = run(manifest, tmp_path / "out", SMALL, Deadly())
    assert (result.failed, result.documents) == (1, 9)
    assert "more memory" in (tmp_path / "out" / "failures.tsv").read_text(encoding="utf-8")
    assert len({row["doc"] for row in rows_of(tmp_path / "out")}) == 8


def test_parts_together_are_the_whole(manifest, undisturbed, tmp_path):
    for number in (1, 2, 3):
        run(manifest, tmp_path / "out", SMALL, Alone(), part=Part(number, 3))
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == [f"part-{n}-of-3" for n in (1, 2, 3)]
    assert sorted(row["id"] for row in rows_of(tmp_path / "out")) == sorted(row["id"] for row in rows_of(undisturbed))


def test_going_on_with_something_else_is_refused(bialign, tmp_path):
    manifest, out = write_batch(tmp_path / "texts", 2), tmp_path / "out"
    assert bialign("batch", manifest, "-o", out, "--workers", "1").status == 0
    before = tree(out)
    other = bialign("batch", manifest, "-o", out, "--lines")
    assert (other.status, "another lines" in other.err) == (1, True)
    with manifest.open("a", encoding="utf-8") as file:
        file.write("more\td0.en.txt\td1.es.txt\n")
    other = bialign("batch", manifest, "-o", out)
    assert (other.status, "another manifest" in other.err) == (1, True)
    foreign = bialign("batch", manifest, "-o", manifest.parent)
    assert (foreign.status, "something else" in foreign.err) == (1, True)
    assert tree(out) == before
    assert bialign("batch", manifest, "-o", out, "--workers", "1", "--scheduler", "tcp://x:1").status == 2
    assert bialign("batch", manifest, "-o", out, "--part", "4/3").status == 2


def test_two_runs_in_one_folder_are_refused(manifest, undisturbed):
    folder = Folder(undisturbed)
    with held(folder), pytest.raises(BialignError, match="another run"):
        run(manifest, undisturbed, SMALL, Alone())


def test_manifests_of_all_kinds_name_the_same_documents(tmp_path):
    import pyarrow.parquet

    pairs = list(read_pairs(write_batch(tmp_path / "texts", 3)))
    rows = [pair._asdict() | {"genre": "news"} for pair in pairs]
    lines = tmp_path / "pairs.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "pairs.parquet")
    assert list(read_pairs(lines)) == list(read_pairs(tmp_path / "pairs.parquet")) == pairs
    assert [(pair.source, pair.target) for pair in read_pairs(tmp_path / "texts")] == [pair[1:3] for pair in pairs]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.tsv", "source\tziel\na\tb\n", "m.tsv:1: .*target is not among them"),
        ("m.tsv", "source\ttarget\na\t\n", "m.tsv:2: this row names no target"),
        ("m.tsv", "source\ttarget\na\tb\tc\n", "m.tsv:2: 3 cells in a table of 2 columns"),
        ("m.tsv", "source\ttarget\na.txt\tb\na.txt\tc\n", "m.tsv:3: the id a stands here a second time"),
        ("m.tsv", "source\ttarget\n", "names no documents"),
        ("m.jsonl", '{"source": "a", "target": "b"}\n[1]\n', "m.jsonl:2: this line is no JSON object"),
        ("m.jsonl", '{"source": ["a"], "target": "b"}\n', "m.jsonl:1: source is no text"),
        ("m.parquet", "PAR1", "no Parquet file"),
        ("m.docx", "x", "a manifest is a"),
    ],
)
def test_a_manifest_with_a_fault_is_refused_and_nothing_is_made(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BialignError, match=said):
        run(tmp_path / name, tmp_path / "out", SMALL, Alone())
    assert not (tmp_path / "out").exists()


def test_long_tasks_are_begun_first(tmp_path):
    sizes = [10, 900_000, 20, 400_000, 30]
    tasks = list(cut(((Pair(str(n), "a", "b"), size) for n, size in enumerate(sizes)), 100_000, 10**9))
    from bialign.batch.plan import write_plan

    write_plan(tmp_path / "plan", {"settings": {"task_cost": 100_000}}, tasks)
    plan = Plan(tmp_path / "plan")
    assert [[pair.id for pair in plan.task(index).pairs] for index in plan.order()] == [
        ["1"],
        ["3"],
        ["0"],
        ["2"],
        ["4"],
    ]
    assert [plan.task(index) for index in range(len(plan))] == tasks


def test_dask_makes_the_same_bytes_though_a_worker_is_killed(manifest, undisturbed, tmp_path):
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    from bialign.batch.cluster import Cluster

    class Murdered(Cluster):
        killed = 0

        def submit(self, job):
            super().submit(job)
            if not self.killed:
                self.killed, _ = min((pid, where) for where, pid in self._client.run(os.getpid).items())
                threading.Timer(0.5, self._kill).start()

        def _kill(self):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.killed, getattr(signal, "SIGKILL", signal.SIGTERM))

    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    dask = Murdered(cluster)
    result = run(manifest, tmp_path / "out", SMALL, dask, log=tmp_path / "log.jsonl")
    assert dask.killed
    assert (result.documents, result.failed) == (9, 0)
    assert tree(tmp_path / "out") == tree(undisturbed)
    events = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    done = [event["job"] for event in events if event["event"] == "done"]
    assert len(done) == len(set(done)), "what was done stays done"
    assert not [event for event in events if event["event"] == "lost"], "what the dead worker had is done elsewhere"


def test_nobody_at_the_address_is_one_line(bialign, manifest, tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    # once distributed has put its own settings there: they would go when this one does
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        answer = bialign("batch", manifest, "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert answer.status == 1
    assert answer.err.startswith("error: tcp://127.0.0.1:9: no dask scheduler answers here")


def test_slurm_is_asked_for_what_the_file_says(tmp_path):
    pytest.importorskip("dask_jobqueue", reason="the extra cluster is not installed")
    path = tmp_path / "slurm.yaml"
    path.write_text("queue: short\ncores: 4\nmemory: 8GB\nwalltime: '02:00:00'\njobs: 0\n", encoding="utf-8")
    with slurm_cluster(path) as cluster:
        script = cluster.job_script()
    assert "#SBATCH -p short" in script
    assert "#SBATCH --cpus-per-task=4" in script
    assert "--nthreads 1" in script
    assert "--nworkers 4" in script
    path.write_text("cores: 4\nmemory: 8GB\nadapt: {maximum: 10}\n", encoding="utf-8")
    assert slurm_options(path)[2] == {"maximum": 10}
    for wrong in ("cores: 4", "[1]", "a: [", "cores: 1\nmemory: 1GB\njobs: many"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BialignError):
            slurm_options(path)


def test_gold_documents_are_the_same_beads_by_one_process_and_by_several(gold, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for source in sorted((gold / "align" / "ntrex-en-es").glob("*.src"))[:12]:
        for suffix, lang in ((".src", "en"), (".tgt", "es")):
            shutil.copy(source.with_suffix(suffix), Path(texts, f"{source.stem}.{lang}.txt"))
    settings = BatchSettings(task_cost=20_000)
    assert run(texts, tmp_path / "one", settings, Alone()).documents == 12
    run(texts, tmp_path / "two", settings, Pool(2))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize("page", ["cluster.md", "cluster.es.md"])
def test_the_script_of_the_page_runs_on_a_local_cluster(page, tmp_path):
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    write_batch(tmp_path, 3)
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    [script] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if page != "cluster.md":
        # the same script: once is enough
        assert script in (REPOSITORY / "docs" / "cluster.md").read_text(encoding="utf-8")
        return
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    settings = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}}
    script_run = [sys.executable, "script.py"]
    done = subprocess.run(script_run, check=True, capture_output=True, text=True, timeout=120, **settings)
    assert done.stdout.startswith("3 documents, ")
    assert len({row["doc"] for row in rows_of(tmp_path / "aligned")}) == 3


def test_the_files_of_the_page_are_right(tmp_path):
    import yaml

    text = (REPOSITORY / "docs" / "cluster.md").read_text(encoding="utf-8")
    slurm, job = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "slurm.yaml").write_text(slurm, encoding="utf-8")
    options, jobs, _ = slurm_options(tmp_path / "slurm.yaml")
    assert (options["processes"], jobs) == (16, 10)
    [container] = yaml.safe_load(job)["spec"]["template"]["spec"]["containers"]
    assert set(re.findall(r"--[a-z-]+", container["args"][0])) <= {o for p in batch.params for o in p.opts}
