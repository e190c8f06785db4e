"""`python -m zaigang.engines.entitlement.many`: compiles the loop for this machine, so that nobody waits for it."""

import sys

from zaigang.engines.entitlement.many.deciding import warm

if __name__ == "__main__":
    sys.stdout.write(f"批量测算已为本机准备好（{warm():.1f} 秒）\n")
