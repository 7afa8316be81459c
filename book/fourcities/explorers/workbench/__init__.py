"""The workbench: choose, see the figure and its code."""
