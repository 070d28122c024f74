"""What an analyst has decided: ``judgements.toml``, checked when it is read and applied at every build.

The file is plain, so that it can be kept under the analyst's own version control; ``docs/judgements.md``
describes it. A judgement that no longer applies to anything is reported, never passed over.

``kinds`` says what can be written, ``file`` reads and checks it, ``additions`` and ``pairs`` turn what an
analyst added, joined or parted into tellings and ties, ``applied`` holds all of it against the reports.
"""

from mapper.judgements.applied import Judgements, Outcome
from mapper.judgements.file import JUDGEMENTS_FILE, load_judgements, read_judgements

__all__ = ["JUDGEMENTS_FILE", "Judgements", "Outcome", "load_judgements", "read_judgements"]
