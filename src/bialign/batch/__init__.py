"""Many document pairs to one table of beads, by one process, by all cores, or by a cluster.

A manifest is cut into tasks of about a second of work (`plan`); a worker aligns the documents of a task one after the
other and writes their beads into a file of its own (`work`), so that nothing but a short receipt passes through the
process that drives them (`run`). When all tasks of a shard are done, a worker joins their files into one Parquet file.
What is done is known by the files that are there (`folder`), so a run that was ended in any way goes on where it was,
and ends in the same bytes as one that was not. Who does the work is a scheduler's affair: `pool` for the processes of
one machine, `cluster` for dask.
"""

from bialign.batch.plan import Part
from bialign.batch.run import Result, run
from bialign.batch.settings import BatchSettings

__all__ = ["BatchSettings", "Part", "Result", "run"]
