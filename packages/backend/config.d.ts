export interface Config {
  portal?: {
    /**
     * Who may read what. `sample`: security and platform read everything, everybody else what they own.
     * `allow-signed-in`: everybody who is signed in may do everything, for a portal on your own machine. Default: sample.
     */
    policy?: 'sample' | 'allow-signed-in';
    /** Settings of the sample policy. */
    samplePolicy?: {
      /** Entity refs of the groups that read everything. Default: group:default/security, group:default/platform. */
      readEverything?: string[];
    };
  };
}
