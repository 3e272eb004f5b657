"""The operator's desk: which sites fell silent, what a run came to, who is told, which runs are kept."""
