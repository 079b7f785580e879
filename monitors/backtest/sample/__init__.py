"""A made-up week of everything the service emits, for trying a backtest where nothing has been recorded yet.

Nobody measured any of it: traffic, costs and failures are invented, drawn from a fixed seed, and every row says so in
its attribute `madeUp`. The week holds a few scripted troubles (`troubles.TROUBLES`), which are what a backtest of it
should find.
"""

from monitors.backtest.marks import MADE_UP
from monitors.backtest.sample.files import Sample, write_sample
from monitors.backtest.sample.troubles import TROUBLES, Trouble

__all__ = ["MADE_UP", "Sample", "write_sample", "TROUBLES", "Trouble"]
