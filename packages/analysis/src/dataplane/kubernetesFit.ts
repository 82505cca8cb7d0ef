import { compareMinors, minorOf } from './minorOf';

/** Whether a version of Cilium was tested with a version of Kubernetes. @public */
export interface KubernetesFit {
  state: 'tested' | 'untested' | 'unknown';
  because: string;
}

/** First and last minor of Kubernetes that each branch is tested with. Source: cilium, Documentation/network/kubernetes/compatibility.rst. */
const tested: Record<string, [string, string]> = {
  '1.16': ['1.27', '1.30'],
  '1.17': ['1.29', '1.32'],
  '1.18': ['1.30', '1.33'],
  '1.19': ['1.31', '1.34'],
  '1.20': ['1.33', '1.36'],
};

/**
 * Whether Cilium's own tests cover this pair. Outside the list means not tested, not broken: the list is frozen when the
 * branch is cut.
 *
 * @param kubernetes - `gitVersion` of the API server, as `v1.33.1-eks-b9364f6`
 * @public
 */
export function kubernetesFit(
  kubernetes: string | undefined,
  version: string,
): KubernetesFit {
  const server = minorOf(kubernetes ?? '');
  if (server === undefined) {
    return {
      state: 'unknown',
      because: kubernetes
        ? `the version of Kubernetes can't be read: ${kubernetes.slice(0, 100)}`
        : 'the version of Kubernetes is not known',
    };
  }
  const minor = minorOf(version);
  const range = minor === undefined ? undefined : tested[minor];
  if (!range) {
    return {
      state: 'unknown',
      because: `which versions of Kubernetes Cilium ${
        minor ?? version
      } is tested with is not known`,
    };
  }
  const [first, last] = range;
  const because = `Cilium ${minor} is tested with Kubernetes ${first} to ${last}`;
  return compareMinors(server, first) >= 0 && compareMinors(server, last) <= 0
    ? { state: 'tested', because }
    : { state: 'untested', because: `${because}; this is ${server}` };
}
