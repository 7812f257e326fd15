"""LKH (Helsgaun 2000, European Journal of Operational Research 126; LKH-3, 2017) as an executable of yours.

Tours and routes under a capacity. The executable is what ``lkh:PATH`` names, or the environment variable
``ROUTEWRIGHT_LKH``, or ``LKH`` on the search path. Its licence is for academic use; it does not come with Routewright.
It tells of nothing on the way. An iteration is one of its trials, which are not counted here.
"""

from routewright.solvers.lkh.solver import Lkh

_any = Lkh()
supports, version, absent, run = _any.supports, _any.version, _any.absent, _any.run
configured = Lkh

__all__ = ["absent", "configured", "run", "supports", "version"]
