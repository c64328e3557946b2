"""What the tests of printers share; the serial cable and the USB bus are those of the card readers."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
for each in (HERE, HERE.parent / "readers"):
    if str(each) not in sys.path:
        sys.path.append(str(each))
