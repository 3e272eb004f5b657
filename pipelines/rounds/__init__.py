"""Understand a round: from the captures of each site to the verdicts of the whole."""
