"""Write what ids stand for: sites, stages, indicators, outcomes, openness, the UN's figures."""
