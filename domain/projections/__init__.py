"""The log turned into the rows that are served; pure folds, one a read model."""
