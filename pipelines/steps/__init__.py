"""The steps of a harvest, which the command line and Dagster both call, a module each.

Each step reads files and writes files under the data folder, holds that folder's lock while it works, and
may be repeated: the same captures give the same files. Lock and right to write come first, so that a run
that cannot end well does not begin.
"""
