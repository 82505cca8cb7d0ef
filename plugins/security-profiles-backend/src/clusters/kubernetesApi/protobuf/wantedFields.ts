import { isKeptAnnotation } from '../../podAnnotations';
import {
  flag,
  givenFlag,
  givenInteger,
  givenText,
  inline,
  integer,
  many,
  message,
  one,
  someTexts,
  text,
  textMap,
  texts,
  time,
  type WantedMessage,
} from './fields';

/**
 * The fields that collection reads, with their numbers in each API group's `generated.proto` (modules k8s.io/api and
 * k8s.io/apimachinery, 0.36). Numbers never change and fields are only added, so the table fits every version.
 *
 * @remarks
 * A projection that reads a field which stands here for no kind fails `wantedFields.test.ts`. A kind without an entry
 * is read as JSON.
 */

const ownerReference = message({
  kind: [1, givenText],
  name: [3, givenText],
  uid: [4, givenText],
  apiVersion: [5, givenText],
  controller: [6, givenFlag],
});

function objectMeta(
  wantedAnnotation: (key: string) => boolean,
  more: Parameters<typeof message>[0] = {},
): WantedMessage {
  return message({
    ...more,
    name: [1, text],
    namespace: [3, text],
    uid: [5, text],
    resourceVersion: [6, text],
    creationTimestamp: [8, time],
    deletionTimestamp: [9, time],
    labels: [11, textMap],
    annotations: [12, someTexts(wantedAnnotation)],
    ownerReferences: [13, many(ownerReference)],
  });
}

const metadata = objectMeta(() => false);
const rolledOutMetadata = objectMeta(() => false, {
  generation: [7, integer],
});
const podMetadata = objectMeta(isKeptAnnotation);

const profileSource = message({
  type: [1, givenText],
  localhostProfile: [2, givenText],
});

const seLinuxOptions = message({
  user: [1, text],
  role: [2, text],
  type: [3, text],
  level: [4, text],
});

const securityContext = message({
  capabilities: [1, one(message({ add: [1, texts], drop: [2, texts] }))],
  privileged: [2, givenFlag],
  seLinuxOptions: [3, one(seLinuxOptions)],
  runAsUser: [4, givenInteger],
  runAsNonRoot: [5, givenFlag],
  allowPrivilegeEscalation: [7, givenFlag],
  procMount: [9, givenText],
  seccompProfile: [11, one(profileSource)],
  appArmorProfile: [12, one(profileSource)],
});

const podSecurityContext = message({
  seLinuxOptions: [1, one(seLinuxOptions)],
  runAsUser: [2, givenInteger],
  runAsNonRoot: [3, givenFlag],
  sysctls: [7, many(message({ name: [1, givenText], value: [2, givenText] }))],
  seccompProfile: [10, one(profileSource)],
  appArmorProfile: [11, one(profileSource)],
});

const container = message({
  name: [1, givenText],
  image: [2, text],
  volumeMounts: [
    9,
    many(
      message({
        name: [1, givenText],
        readOnly: [2, flag],
        mountPath: [3, givenText],
      }),
    ),
  ],
  securityContext: [15, one(securityContext)],
  restartPolicy: [24, givenText],
});

const volumeSource = message({
  hostPath: [1, one(message({ path: [1, givenText] }))],
  projected: [
    26,
    one(
      message({
        sources: [
          1,
          many(
            message({
              serviceAccountToken: [4, one(message({ audience: [1, text] }))],
            }),
          ),
        ],
      }),
    ),
  ],
});

const toleration = message({
  key: [1, text],
  operator: [2, text],
  value: [3, text],
  effect: [4, text],
});

const podSpec = message({
  volumes: [
    1,
    many(message({ name: [1, givenText], source: [2, inline(volumeSource)] })),
  ],
  containers: [2, many(container)],
  nodeSelector: [7, textMap],
  serviceAccountName: [8, text],
  nodeName: [10, text],
  hostNetwork: [11, flag],
  hostPID: [12, flag],
  hostIPC: [13, flag],
  securityContext: [14, one(podSecurityContext)],
  initContainers: [20, many(container)],
  automountServiceAccountToken: [21, givenFlag],
  tolerations: [22, many(toleration)],
  runtimeClassName: [29, givenText],
  ephemeralContainers: [34, many(message({ common: [1, inline(container)] }))],
  os: [36, one(message({ name: [1, givenText] }))],
  hostUsers: [37, givenFlag],
});

const containerStatus = message({
  name: [1, givenText],
  state: [
    2,
    one(
      message({
        running: [2, one(message({ startedAt: [1, time] }))],
        terminated: [3, one(message({}))],
      }),
    ),
  ],
  ready: [4, givenFlag],
  image: [6, givenText],
  imageID: [7, givenText],
});

const pod = message({
  metadata: [1, one(podMetadata)],
  spec: [2, one(podSpec)],
  status: [
    3,
    one(
      message({
        phase: [1, text],
        startTime: [7, time],
        containerStatuses: [8, many(containerStatus)],
        initContainerStatuses: [10, many(containerStatus)],
        ephemeralContainerStatuses: [13, many(containerStatus)],
      }),
    ),
  ],
});

const podTemplate = message({
  metadata: [1, one(podMetadata)],
  spec: [2, one(podSpec)],
});

function controller(
  specFields: Parameters<typeof message>[0],
  status?: WantedMessage,
): WantedMessage {
  return message({
    metadata: [1, one(status ? rolledOutMetadata : metadata)],
    spec: [2, one(message(specFields))],
    ...(status && { status: [3, one(status)] }),
  });
}

const strategy = message({ type: [1, text] });

const deployment = controller(
  {
    replicas: [1, givenInteger],
    template: [3, one(podTemplate)],
    strategy: [4, one(strategy)],
  },
  message({
    observedGeneration: [1, integer],
    updatedReplicas: [3, integer],
    availableReplicas: [4, integer],
    readyReplicas: [7, integer],
  }),
);

const daemonSet = controller(
  {
    template: [2, one(podTemplate)],
    updateStrategy: [3, one(strategy)],
  },
  message({
    desiredNumberScheduled: [3, givenInteger],
    numberReady: [4, givenInteger],
    observedGeneration: [5, integer],
    updatedNumberScheduled: [6, integer],
  }),
);

const node = message({
  metadata: [1, one(metadata)],
  spec: [
    2,
    one(
      message({
        taints: [
          5,
          many(
            message({
              key: [1, givenText],
              value: [2, text],
              effect: [3, givenText],
            }),
          ),
        ],
      }),
    ),
  ],
  status: [
    3,
    one(
      message({
        conditions: [
          4,
          many(message({ type: [1, givenText], status: [2, givenText] })),
        ],
        nodeInfo: [
          7,
          one(
            message({
              kernelVersion: [4, givenText],
              osImage: [5, givenText],
              containerRuntimeVersion: [6, givenText],
              kubeletVersion: [7, givenText],
              operatingSystem: [9, givenText],
              architecture: [10, givenText],
            }),
          ),
        ],
      }),
    ),
  ],
});

/** Of which only metadata is asked for, whatever the kind. */
export const wantedMetadata = message({ metadata: [1, one(metadata)] });

/** What is wanted of each kind, by plural and group, as `deployments.apps/v1`; the core group has none: `pods/v1`. */
export const wantedFields: ReadonlyMap<string, WantedMessage> = new Map([
  ['pods/v1', pod],
  ['nodes/v1', node],
  ['namespaces/v1', wantedMetadata],
  ['deployments.apps/v1', deployment],
  ['statefulsets.apps/v1', controller({ template: [3, one(podTemplate)] })],
  ['daemonsets.apps/v1', daemonSet],
  ['jobs.batch/v1', controller({ template: [6, one(podTemplate)] })],
  [
    'cronjobs.batch/v1',
    controller({
      jobTemplate: [
        5,
        one(
          message({
            spec: [2, one(message({ template: [6, one(podTemplate)] }))],
          }),
        ),
      ],
    }),
  ],
]);
