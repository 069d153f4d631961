"""Side by side with peers, each module in one run; each prints its ratios."""
