"""The subcommands of `python -m generation`, one module each with `add_parser` and `run`."""
