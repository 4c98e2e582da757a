"""Makes a release's lock file: ``python -m orepath.tools.lock [RELEASE…]``.

Maven itself, driven by ``jgo``, resolves the dependencies of the release's roots (jgo's own
resolver adds test libraries) and fetches the files; their SHA-256 and sizes are written down,
no address is. Without a name all releases are locked. Needs ``mvn`` on the path.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from orepath.graph.local.releases import RELEASES, Jar, Release, release_named

if TYPE_CHECKING:
    from jgo.maven import Dependency


def roots(release: Release) -> tuple[str, ...]:
    """The coordinates from whose dependencies a release's lock file is made."""
    return (
        f"org.neo4j:neo4j:{release.version}",
        f"org.neo4j.app:neo4j-server:{release.version}",
        "org.neo4j.client:neo4j-browser:5.24.0",
    )


def lock(release: Release) -> int:
    """Resolve one release, write its lock file, and return the number of jars."""
    from jgo.maven import MavenContext, MvnResolver
    from jgo.util.mvn import ensure_maven_available

    context = MavenContext(resolver=MvnResolver(ensure_maven_available()))
    dependencies = [context.create_dependency(root) for root in roots(release)]
    inputs, transitive = context.resolver.resolve(dependencies)
    jars = {jar.coordinates: jar for jar in map(_jar, [*inputs, *transitive])}
    write_lock(release, jars.values())
    return len(jars)


def write_lock(release: Release, jars: Iterable[Jar]) -> None:
    """Write a release's lock file, sorted."""
    head = f"# Neo4j {release.version}: group:artifact:version[:classifier] SHA-256 bytes"
    lines = sorted(f"{jar.coordinates} {jar.sha256} {jar.size}" for jar in jars)
    release.lock_file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


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
