"""`python -m zaigang.engines.matching`: compiles the planner's loops for this machine."""

import sys

from zaigang.engines.matching.warming import warm

if __name__ == "__main__":
    sys.stdout.write(f"安置方案已为本机准备好（{warm():.1f} 秒）\n")
