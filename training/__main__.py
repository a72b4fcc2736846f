"""`python -m training`."""

import sys

from training.train import main

sys.exit(main())
