export interface Config {
  catalog?: {
    providers?: {
      /**
       * Makes a component of each group of workloads that the security-profiles plugin has seen. For portals that have
       * no catalog of their own yet. Leave the key out to switch it off.
       */
      securityProfilesClusters?: {
        /** Label of workloads whose value is the name of the owning group, as `team`. Without it: group `unowned`. */
        ownerLabel?: string;
        /** When to read. Default: every minute, at most 30 s long. */
        schedule?: {
          frequency: { seconds?: number; minutes?: number; hours?: number };
          timeout: { seconds?: number; minutes?: number };
          initialDelay?: { seconds?: number; minutes?: number };
        };
      };
    };
  };
}
