"""Clarke & Wright 1964: join routes end to end, the largest saving first."""

from routewright.solvers.search.kernel.jit import kernel
from routewright.solvers.search.kernel.model import Int64


@kernel
def join(
    first: Int64,
    second: Int64,
    arc: Int64,
    depot: Int64,
    load: Int64,
    length: Int64,
    work: Int64,
    group: Int64,
    link: Int64,
    capacity: int,
    longest: int,
    busiest: int,
) -> None:
    """Join paths of clients along undirected links, in the order given.

    Starts from one path per client. A link is followed if both of its clients end different paths,
    and load, length and busy length of the joined route stay within their limits.

    Args:
        first: [E] one client of each link.
        second: [E] the other.
        arc: [E] its cost.
        depot: [N] cost between the depot and each client.
        load: [N] load of each client; becomes that of its path, at the path's root.
        length: [N] sum of arc costs of each client's route of its own; likewise.
        work: [N] what each client adds to the busy length; likewise.
        group: [N] union-find parents: each client itself; changed.
        link: [N, 2] neighbours on the path, 0 for none; filled.
        capacity: largest load of a route.
        longest: largest length of a route.
        busiest: largest length and work of a route.
    """
    for e in range(first.shape[0]):
        i = first[e]
        j = second[e]
        if link[i, 1] != 0 or link[j, 1] != 0:
            continue
        a = i
        while group[a] != a:
            group[a] = group[group[a]]
            a = group[a]
        b = j
        while group[b] != b:
            group[b] = group[group[b]]
            b = group[b]
        if a == b or load[a] + load[b] > capacity:
            continue
        joined = length[a] + length[b] - depot[i] - depot[j] + arc[e]
        if joined > longest or joined + work[a] + work[b] > busiest:
            continue
        link[i, 1 if link[i, 0] != 0 else 0] = j
        link[j, 1 if link[j, 0] != 0 else 0] = i
        group[b] = a
        load[a] += load[b]
        length[a] = joined
        work[a] += work[b]
