import type { ProfileObject } from '@security-profiles/analysis';
import { stringify } from 'yaml';

/** Most characters of an object's text that an answer holds. */
const longestText = 256 * 1024;

/** The object as a person would read it in a file: what collection keeps of it, integers with all their digits. */
export function profileYaml(profile: ProfileObject): {
  text: string;
  truncated: boolean;
} {
  const { kind, version, name, namespace, labels, syscallsAnnotation } =
    profile;
  const text = stringify(
    {
      apiVersion: `security-profiles-operator.x-k8s.io/${version}`,
      kind,
      metadata: {
        name,
        ...(namespace ? { namespace } : {}),
        ...(labels ? { labels } : {}),
        ...(syscallsAnnotation !== undefined
          ? { annotations: { syscalls: syscallsAnnotation } }
          : {}),
      },
      spec: profile.spec,
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return {
    text: text.slice(0, longestText),
    truncated: text.length > longestText,
  };
}
