"""Read models: droppable, rebuilt from the log, each page in one transaction."""
