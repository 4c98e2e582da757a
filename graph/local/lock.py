"""Makes a release's lock file (for developers): ``python -m orepath.graph.local.lock [RELEASE…]``.

Maven itself, driven by ``jgo``, resolves the dependencies of the release's roots (jgo's own
resolver adds test libraries) and fetches the files; their SHA-256 and sizes are written down,
no address is. Without a name all releases are locked. Needs ``mvn`` on the path.
"""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

from jgo.maven import MavenContext, MvnResolver
from jgo.util.mvn import ensure_maven_available

from .jars import Jar, write_lock
from .releases import RELEASES, Release, release_named

if TYPE_CHECKING:
    from jgo.maven import Dependency


def lock(release: Release) -> int:
    """Resolve one release, write its lock file, and return the number of jars."""
    context = MavenContext(resolver=MvnResolver(ensure_maven_available()))
    roots = [context.create_dependency(root) for root in release.roots]
    inputs, transitive = context.resolver.resolve(roots)
    jars = {jar.coordinates: jar for jar in map(_jar, [*inputs, *transitive])}
    write_lock(release, jars.values())
    return len(jars)


def _jar(dependency: Dependency) -> Jar:
    path = dependency.artifact.resolve()
    if path is None:
        raise SystemExit(f"{dependency} could not be fetched")
    return Jar(
        dependency.groupId,
        dependency.artifactId,
        dependency.version,
        dependency.classifier or "",
        hashlib.sha256(path.read_bytes()).hexdigest(),
        path.stat().st_size,
    )


if __name__ == "__main__":
    for chosen in [release_named(name) for name in sys.argv[1:]] or RELEASES:
        print(f"{chosen.lock_file.name}: {lock(chosen)} jars")
