export interface Config {
  securityProfiles?: {
    /**
     * The clusters to collect. Default: those of the Kubernetes plugin, as `[{ type: kubernetes }]`, where it has any;
     * an empty list means none.
     */
    clusters?: Array<
      | {
          /** The clusters of `kubernetes.clusterLocatorMethods`, and of suppliers that modules add. */
          type: 'kubernetes';
          /** Names or titles of the clusters to collect. Default: all. */
          include?: string[];
          /** Names or titles of clusters to leave out. */
          exclude?: string[];
        }
      | {
          type: 'manifests';
          /** Name of the cluster; unique. */
          name: string;
          /** Folder of YAML or JSON files that stands for the cluster, relative to the backend's working directory. */
          path: string;
        }
      | {
          type: 'kubeconfig';
          /** Name of the cluster, for an entry with one context; else the context's name. */
          name?: string;
          /** The kubeconfig file. Default: KUBECONFIG, else ~/.kube/config. */
          path?: string;
          /** Contexts to connect. Default: the current context. */
          contexts?: string[];
        }
    >;
    /** Named groups of clusters; approvals and targets are per environment. */
    environments?: {
      [name: string]: {
        /** Names of clusters. A cluster belongs to one environment; those in none are in `default`. */
        clusters: string[];
        /** Whether it makes up the level of a service. Default: true. */
        counted?: boolean;
      };
    };
    /** What entities are asked to reach; the first that fits holds. */
    targets?: Array<{
      environment?: string;
      class?:
        | 'ordinary'
        | 'ai-agent'
        | 'ebpf-collector'
        | 'dataplane'
        | 'mesh'
        | 'operator';
      /** `spec.lifecycle` of the entity. */
      lifecycle?: string;
      /** A tag of the entity. */
      tag?: string;
      level: 'baseline' | 'profiled' | 'none';
      /** `required`: own profiles have to be approved as well; a `profiled` target asks for that in any case. */
      approval?: 'required' | 'not-required';
    }>;
    /**
     * What class workloads are of, above all that is recognised; the first that fits holds. At least one condition is
     * needed beside the class; `*` stands for any text.
     */
    classes?: Array<{
      class:
        | 'ordinary'
        | 'ai-agent'
        | 'ebpf-collector'
        | 'dataplane'
        | 'mesh'
        | 'operator';
      /** Entity ref, as component:default/cart. */
      entity?: string;
      cluster?: string;
      namespace?: string;
      /** Kind of the workload, as DaemonSet. */
      kind?: string;
      name?: string;
      /** Repository of the image of one of its containers. */
      image?: string;
    }>;
    /** What a cluster's API does not tell. */
    clusterOptions?: {
      [clusterName: string]: {
        /** Entity ref of who answers for the cluster. */
        owner?: string;
        /** True where every kubelet runs with `seccompDefault`: unset then means RuntimeDefault. Default: false. */
        seccompDefault?: boolean;
      };
    };
    /** Changes to findings, by id. */
    findings?: {
      [findingId: string]: {
        enabled?: boolean;
        severity?: 'critical' | 'high' | 'medium' | 'low';
        /** Points that it takes from the score. */
        weight?: number;
        /** Day or time from which it counts, as 2027-01-31; before, it is shown as scheduled. */
        from?: string;
        /** Classes of workloads that it leaves out. */
        exceptClasses?: Array<
          | 'ordinary'
          | 'ai-agent'
          | 'ebpf-collector'
          | 'dataplane'
          | 'mesh'
          | 'operator'
        >;
      };
    };
    /** Refs of groups or people that may vote on every review, besides the owners. */
    reviewers?: string[];
    /**
     * Where Cilium's releases and advisories are read from, besides the snapshot that comes with the plugin. The
     * addresses are asked by the backend. Shapes: ours, GitHub's lists, endoflife.date v1, OSV.
     */
    dataplane?: {
      releases?:
        | {
            url: string;
            /**
             * Sent as a bearer token.
             * @visibility secret
             */
            token?: string;
          }
        | {
            /** Relative to the backend's working directory. */
            file: string;
          };
      advisories?:
        | {
            url: string;
            /**
             * Sent as a bearer token.
             * @visibility secret
             */
            token?: string;
          }
        | {
            /** Relative to the backend's working directory. */
            file: string;
          };
      /** How often they are asked. Default: 24 hours. */
      refresh?: {
        hours?: number;
        minutes?: number;
        seconds?: number;
      };
    };
    /** Who has to agree to what, and for how long that lasts. Lives are ISO 8601 durations without years and months. */
    approvals?: {
      /** What you call this state of the rules. */
      version?: string;
      /** People by tier; T0 may ask for nobody, which leaves it to the rules. */
      tiers?: {
        [tier in 'T0' | 'T1' | 'T2' | 'T3']?: {
          owner?: number;
          security?: number;
          life?: string;
          /** Shorter lives by class of the workloads, as `ai-agent`. */
          lifeOfClass?: { [workloadClass: string]: string };
        };
      };
      requestLife?: string;
      /** For content that allows less than what was approved before. */
      narrower?: { owner?: number; security?: number };
      /** At most PT24H. */
      emergencyLife?: string;
      reviewDue?: string;
      /** Percent of an approval's life after which a renewal may be asked for. */
      renewAt?: number;
      /** Environments whose approvals hold in others. Default: none. */
      inherit?: Array<{
        from: string;
        to: string;
        tiers: Array<'T0' | 'T1' | 'T2' | 'T3'>;
      }>;
      /**
       * Ed25519 private key in PEM that signs checkpoints of the record of approvals.
       * @visibility secret
       */
      signingKey?: string;
      /** Refs of the logins of one human in each. */
      aliases?: string[][];
    };
    /** How often the catalog is read. Default: 5 minutes. */
    catalogRefresh?: {
      hours?: number;
      minutes?: number;
      seconds?: number;
    };
    /**
     * How long a replica that collects a cluster may be silent before another takes over; renewed three times in it.
     * Default: 30 seconds.
     */
    leaseDuration?: {
      minutes?: number;
      seconds?: number;
    };
    history?: {
      /** How long one row per entity, environment and day is kept for trends. Default: 400 days. */
      retention?: { weeks?: number; days?: number };
    };
    /** Demo only: file of dated steps that run at the start; the clock then starts at the story's own date. */
    story?: string;
  };
}
