"""paracorp turns Chinese and Hebrew reports about the same events into reviewed parallel corpora.

Importing this package loads nothing heavy and touches no file.
"""

__version__ = "0.2.0"
