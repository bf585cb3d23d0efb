"""Events to statements, readings, blocks of time, positions and transitions."""
