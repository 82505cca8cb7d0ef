/**
 * Keys of a pod's annotations that say how its containers are confined. Whoever reads a pod leaves all others alone:
 * annotations may hold anything, a copy of the whole pod with its environment included.
 */
const keptAnnotations = [
  /^container\.apparmor\.security\.beta\.kubernetes\.io\//,
  /^container\.seccomp\.security\.alpha\.kubernetes\.io\//,
  /^seccomp\.security\.alpha\.kubernetes\.io\/pod$/,
  /^io\.containers\.trace-[a-z-]+\//,
];

/** Whether an annotation of a pod is read. */
export function isKeptAnnotation(key: string): boolean {
  return keptAnnotations.some(pattern => pattern.test(key));
}
