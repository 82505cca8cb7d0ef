/** When the present content of a profile was first seen. @public */
export interface RevisionFacts {
  /** ISO time at which it was first seen. */
  since: string;
  /** ISO time at which another content was still there; absent where this is the first one that was ever seen. */
  notBefore?: string;
}

/** Which content of its profile a running container was started with. @public */
export type RevisionInForce =
  | { state: 'present' }
  | { state: 'older'; startedAt: string; changedBefore: string }
  | { state: 'unknown'; because: string };

/**
 * Whether a container that runs under a seccomp profile was started with the profile's present content.
 *
 * @remarks
 * A container keeps the filter that it was started with; new content of the file reaches it at its next start. Objects
 * carry no time of their last change, so the times at which collection first saw a content decide: between the last
 * look at the former content and the first look at the present one, nobody can tell. AppArmor and SELinux policies are
 * replaced in the kernel and hold at once. Source: Kubernetes, "Seccomp and Kubernetes"; seccomp(2).
 * @param startedAt - of the oldest of the containers; undefined where none runs
 */
export function revisionInForce(
  startedAt: string | undefined,
  revision: RevisionFacts | undefined,
): RevisionInForce | undefined {
  const started = startedAt === undefined ? NaN : Date.parse(startedAt);
  if (startedAt === undefined || Number.isNaN(started)) {
    return undefined;
  }
  if (!revision) {
    return {
      state: 'unknown',
      because: 'it is not known since when the profile has its content',
    };
  }
  if (started >= Date.parse(revision.since)) {
    return { state: 'present' };
  }
  if (revision.notBefore === undefined) {
    return {
      state: 'unknown',
      because: `the container was started before the profile was first read, at ${revision.since}`,
    };
  }
  return started < Date.parse(revision.notBefore)
    ? { state: 'older', startedAt, changedBefore: revision.since }
    : {
        state: 'unknown',
        because: `the container was started while the profile was not read, between ${revision.notBefore} and ${revision.since}`,
      };
}
