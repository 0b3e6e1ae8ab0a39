"""The Textual app: screens that show values and call `practice` and `runtime`; it holds no rule of its own."""
