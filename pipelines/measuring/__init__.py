"""Measure judging: labelled pages, figures with intervals, baselines, and the fit of weights."""
