"""``python -m bot`` is ``goen``."""

import gc
import sys

sys.modules["rich"] = None  # type: ignore[assignment] # structlog would load it for tracebacks that it does not draw here
gc.disable()  # importing makes hardly any garbage, and looking for it takes a fifteenth of the start
from bot.cli import main  # noqa: E402 - see above

del sys.modules["rich"]  # commands with a progress bar draw it by this

gc.freeze()  # what was imported stays: walking through it each time would hold the event loop for 30 ms
gc.enable()

if __name__ == "__main__":
    main()
