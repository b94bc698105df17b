"""Lets `python -m paracorp` stand for the `paracorp` command."""

from paracorp.cli import run

if __name__ == "__main__":
    run()
