"""The rules of onrecord: pure, without input or output, clock or randomness.

Reads from the bottom up: errors, model, events, then the four trades that know
nothing of one another (attribution, decisions, positions, audit), the
projections that turn the log into rows, the ports that say what is needed from
outside, and the services, one use case a file. The layers are held by
import-linter (see ``pyproject.toml``).
"""
