export interface Config {
  securityProfiles?: {
    /**
     * Where the documentation of this plugin can be read, as `https://git.example.com/security-profiles/docs`; findings
     * link to its page `findings.md`.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
