"""Components of population change (MYEB), before and after they were rebased to Census 2021."""
