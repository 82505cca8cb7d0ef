import { Mechanism } from '../profiles/profileIndex';
import { LabelSelector, matchesSelector } from './labelSelector';
import { OperatorWebhook, servedNamespace } from './operatorWebhook';
import { DeclaredContainer } from './podSecurity';

/** A ProfileRecording as collection keeps it. @public */
export interface RecordingFacts {
  namespace: string;
  name: string;
  /** `SeccompProfile`, `SelinuxProfile` or `AppArmorProfile`, as the object says. */
  kind: string;
  /** `logs` or `bpf`, in lower case: the spelling differs between versions. */
  recorder: string;
  podSelector?: LabelSelector;
  /** Containers to record; all where absent. */
  containers?: string[];
}

/** The switches of the operator that recordings depend on. @public */
export interface RecorderSettings {
  enableLogEnricher?: boolean;
  enableBpfRecorder?: boolean;
  enableMemoryOptimization?: boolean;
}

/** A recording of one container, as its pod's annotations tell. @public */
export interface LiveRecording {
  /** Name of the ProfileRecording, in the pod's namespace. */
  name: string;
  mechanism: Mechanism;
  /** `logs`: the container is unconfined in effect; `bpf`: it keeps its own settings. */
  recorder: 'logs' | 'bpf';
  /** Key of the annotation. */
  annotation: string;
}

const traces: Record<string, Pick<LiveRecording, 'mechanism' | 'recorder'>> = {
  logs: { mechanism: 'seccomp', recorder: 'logs' },
  avcs: { mechanism: 'seLinux', recorder: 'logs' },
  bpf: { mechanism: 'seccomp', recorder: 'bpf' },
  'bpf-apparmor': { mechanism: 'appArmor', recorder: 'bpf' },
};

/** What the annotation of a recorded container begins with. @public */
export const traceAnnotation = 'io.containers.trace-';

/**
 * The recordings that run on a container.
 *
 * @remarks
 * The recording webhook leaves the annotation `io.containers.trace-<how>/<container>` on the pod, with the recording's
 * name at the start of its value, up to the first underscore. Source: SPO v1.0.0, internal/pkg/webhooks/recording.
 * @public
 */
export function liveRecordings(container: DeclaredContainer): LiveRecording[] {
  const { annotations } = container.pod;
  return Object.keys(traces).flatMap(how => {
    const annotation = `${traceAnnotation}${how}/${container.name}`;
    const value =
      annotations && Object.hasOwn(annotations, annotation)
        ? annotations[annotation]
        : undefined;
    return value === undefined
      ? []
      : [{ ...traces[how], name: value.split('_')[0], annotation }];
  });
}

/** Recordings that will start with a container's next start. */
export type ExpectedRecordings =
  | { state: 'known'; recordings: RecordingFacts[] }
  | { state: 'unknown'; because: string };

/**
 * The recordings of a namespace that select a container, where its pods are not recorded yet.
 *
 * @remarks
 * An empty selector selects every pod of the namespace, and a recording without a list of containers every container.
 * Source: SPO v1.0.0, internal/pkg/webhooks/recording.
 */
export function expectedRecordings(
  container: DeclaredContainer,
  context: {
    namespace: string;
    labels: Record<string, string>;
    recordings: RecordingFacts[];
    namespaceLabels: Record<string, Record<string, string>> | undefined;
    webhooks: OperatorWebhook[] | undefined;
    /** The operator's settings, where they were read: without its recorder nothing is recorded. */
    settings?: RecorderSettings;
  },
): ExpectedRecordings {
  const selecting = context.recordings.filter(
    ({ namespace, podSelector, containers, recorder }) =>
      namespace === context.namespace &&
      recorderRuns(recorder, context) &&
      container.type !== 'ephemeral' &&
      (!containers?.length || containers.includes(container.name)) &&
      matchesSelector(context.labels, podSelector),
  );
  if (selecting.length === 0) {
    return { state: 'known', recordings: [] };
  }
  const served = servedNamespace('recording', context);
  return served.state === 'unknown'
    ? served
    : {
        state: 'known',
        recordings: served.state === 'yes' ? selecting : [],
      };
}

/** With its memory optimised, the operator sees pods with a label of their own only. */
function recorderRuns(
  recorder: string,
  context: { labels: Record<string, string>; settings?: RecorderSettings },
): boolean {
  const { settings, labels } = context;
  if (!settings) {
    return true;
  }
  const on =
    recorder === 'bpf'
      ? settings.enableBpfRecorder
      : settings.enableLogEnricher;
  const seen =
    !settings.enableMemoryOptimization ||
    labels['spo.x-k8s.io/enable-recording'] === 'true';
  return on === true && seen;
}
