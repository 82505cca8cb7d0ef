// Made from openapi.yaml by `yarn generate`. Do not edit.
/* eslint-disable */

export interface paths {
    "/entities/{kind}/{namespace}/{name}/posture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The posture of one entity
         * @description All findings of one entity with its level and target. Answered from the last assessment, never from a cluster. 404 with code `entity-not-found` when the caller may not see the entity or it does not exist.
         */
        get: operations["getPosture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The connected clusters */
        get: operations["listClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{clusterId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One cluster */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{clusterId}/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The nodes of one cluster */
        get: operations["listNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{clusterId}/advisories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Cilium's advisories mean for one cluster, judged by its own settings */
        get: operations["listClusterAdvisories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{clusterId}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note when Cilium is going to be patched
         * @description Needs a signed-in person and the permission security-profiles.cluster.plan. The newest note counts; it is shown wherever a finding of this dataplane is, and as late once its day has passed.
         */
        post: operations["planClusterPatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dataplane/release-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The release lines of Cilium over time, and how old what is known of them is */
        get: operations["getReleaseLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The profiles of the connected clusters */
        get: operations["listProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles/{profileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One profile */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles/{profileId}/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The state of one profile on each node of its cluster
         * @description Nodes on which something is wrong first, then by name. `counts` covers all nodes, whatever `state` asks for.
         */
        get: operations["listProfileNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles/{profileId}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two contents of one profile that collection has seen */
        get: operations["compareRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles/{profileId}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The revisions of one profile that collection has seen, newest first */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/profiles/{profileId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entities whose containers run under one profile
         * @description Entities that the caller may not read are counted in `hidden`, never named.
         */
        get: operations["listProfileUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The workloads of the connected clusters
         * @description What collection has seen, whether an entity claims it or not. Used to make a catalog from clusters.
         */
        get: operations["listWorkloads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is connected, matched and installed so far, as far as the caller may see it */
        get: operations["getSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The review queue */
        get: operations["listReviews"];
        put?: never;
        /**
         * Ask for the approval of what a profile allows, in an environment
         * @description 409 with code `digest-changed`, `already-open` or `already-approved` (then with `reviewId`), or `unresolved`. With an `Idempotency-Key`, a repeated request answers the review that the first one made.
         */
        post: operations["createReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One review */
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Vote on a review
         * @description Only signed-in people vote, and never who asked. A second vote of the same person replaces the first. 409 with code `digest-changed` (with `changed`) or `closed`; 403 with code `own-review`, `not-eligible` or `service`.
         */
        post: operations["castVote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something without deciding */
        post: operations["addComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a request back
         * @description Only who asked may. 409 with code `closed` once it is decided or over.
         */
        post: operations["withdrawReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an approval, or an emergency, before its time
         * @description Needs the permission `security-profiles.approval.revoke`. 403 with code `service` for who is no person; 409 with code `not-approved` where there is nothing to end.
         */
        post: operations["revokeApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{reviewId}/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put what the review asks for in force for a day, before others have decided
         * @description Needs the permission `security-profiles.break-glass`. The review stays open and is then the review after the fact, which is due after three days; who broke the glass takes no part in it. 409 with code `closed`, `digest-changed` (with `changed`) or `already-broken`: there is no renewal.
         */
        post: operations["breakGlass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many entities are on target and at which level
         * @description Counts what the caller may read, and nothing else.
         */
        get: operations["getScorecardSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entities behind any number of a scorecard
         * @description Entities that a workload belongs to, with the worst first unless asked otherwise.
         */
        get: operations["listScorecardEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entities by owner, system, environment or class
         * @description Without a parent the groups at the top of the tree of owners. A group counts what it owns and what groups below it own, each entity once.
         */
        get: operations["listScorecardGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * In how many entities each finding stands
         * @description Findings that fail, warn or are unknown somewhere.
         */
        get: operations["listScorecardFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/elevated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can see everything
         * @description Containers of AI agents and eBPF collectors, and those with an elevation of critical or high risk.
         */
        get: operations["listElevated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One table of the scorecards as CSV
         * @description The whole table with the same filters and rights as the list of the same name, streamed. What a spreadsheet would take for a formula begins with an apostrophe.
         */
        get: operations["exportScorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The record of approvals, newest first */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the record is as it was written
         * @description Reads the whole record. It is compared with the checkpoints in the database too; only those that were kept elsewhere prove something against the database's owner, see `security-profiles verify-audit`.
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Signed places of the record, oldest first */
        get: operations["listAuditCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole record, oldest first, one row of JSON per line */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                name: string;
                message: string;
                /** @description Stable: invalid-request, unauthenticated, forbidden, entity-not-found, not-found, conflict, digest-changed, already-open, already-approved, unresolved, closed, own-review, not-eligible, service */
                code?: string;
                /** @description For already-open, already-approved and closed: the review to look at */
                reviewId?: string;
                /** @description For digest-changed, what the caller read and what is in force now */
                changed?: {
                    expected: string;
                    observed: string | null;
                    /** @description Where both are known: identical | cosmetic | narrower | wider | mode-relaxed | incomparable */
                    class?: string;
                    lines?: components["schemas"]["ComparisonLine"][];
                };
                /** @description For bad input, which field of the request and why */
                fields?: {
                    field: string;
                    message: string;
                }[];
            };
        };
        PageInfo: {
            nextCursor?: string;
            prevCursor?: string;
        };
        /** @description exposed | accepted | baseline | profiled | unknown */
        Level: string;
        /** @description approved | partly | pending | stale | missing | not-required | unknown */
        ApprovalSummary: string;
        /** @description fresh | stale | forbidden | unreachable | failed | not-installed | not-collected */
        SourceState: string;
        /** @description How fresh the facts of one resource of one cluster are */
        Source: {
            /** @description Name of the cluster */
            cluster: string;
            /** @description Plural with group, as "pods" or "seccompprofiles.security-profiles-operator.x-k8s.io" */
            resource: string;
            state: components["schemas"]["SourceState"];
            /**
             * Format: date-time
             * @description When this state began; for fresh
             */
            since: string;
            /**
             * Format: date-time
             * @description Time of the newest facts that are held
             */
            lastFresh?: string;
            /** @description Objects held */
            count?: number;
            reason?: string;
            /** @description For forbidden, the rule that the reader's ClusterRole lacks */
            missingRule?: {
                apiGroups: string[];
                resources: string[];
                resourceNames?: string[];
                verbs: string[];
            };
        };
        /** @description The sentence above everything, as a key of the translation and its parameters */
        Headline: {
            key: string;
            params: {
                [key: string]: string | number;
            };
            /** @description A second sentence that says why, where the first only compares clusters */
            cause?: {
                key: string;
                params: {
                    [key: string]: string | number;
                };
            };
        };
        Evidence: {
            cluster?: string;
            namespace?: string;
            /** @description Kind and name, as "Deployment payments" */
            workload?: string;
            container?: string;
            /** @description Path in the object, as "spec.template.spec.containers[api].securityContext.privileged" */
            field?: string;
            value?: string;
        };
        Fix: {
            text: string;
            patch?: {
                /** @description yaml */
                format: string;
                body: string;
            };
        };
        Finding: {
            id: string;
            /** @description pass | warn | fail | unknown | not-applicable */
            status: string;
            /** @description critical | high | medium | low */
            severity: string;
            /** @description owner | platform | cluster */
            responsible: string;
            /** @description now, or the time from which it counts; until then it is scheduled: shown and charged nothing */
            counts?: string | {
                /** Format: date-time */
                from: string;
            };
            waiver?: {
                reviewId: string;
                /** Format: date-time */
                until: string;
            };
            title: string;
            reason: string;
            evidenceTotal: number;
            evidence: components["schemas"]["Evidence"][];
            fixes: components["schemas"]["Fix"][];
        };
        NextStep: {
            findingId: string;
            severity: string;
            text: string;
            action?: {
                /** @description request-review | vote | copy-patch | open */
                kind: string;
                ref?: string;
                patch?: {
                    format: string;
                    body: string;
                };
            };
        };
        ScorePart: {
            findingId: string;
            status: string;
            /** @description What this finding takes from 100; 0 when it does not count */
            points: number;
            /** @description Why it takes these points, as a sentence */
            because?: string;
            /** @description Points that it would take if what is unknown turned out bad */
            atMost?: number;
        };
        /** @description On how many of the nodes that the operator serves the profile is installed */
        Installed: {
            nodes: number;
            of: number;
            missingTotal: number;
            missing: string[];
        };
        ProfileApproval: {
            state: string;
            reviewId?: string;
            /** Format: date-time */
            expiresAt?: string;
            viewerMay: string[];
            /** @description Where it is decided */
            environment?: string;
            /** @description Why it is stale or cannot be approved */
            because?: string;
            /** @description Why the caller may neither ask nor vote */
            whyNot?: string;
        };
        PostureProfile: {
            id: string;
            cluster: string;
            namespace?: string;
            kind: string;
            name: string;
            /** @description enforcing | permissive | complain | allows-by-default | logs-by-default | disabled | unknown */
            mode: string;
            sourceDigest: string;
            effectiveDigest: string | null;
            /** @description own | base-chain | annotation | pinned | unresolved */
            resolution: string;
            installed: components["schemas"]["Installed"];
            approval: components["schemas"]["ProfileApproval"];
        };
        Confinement: {
            /** @description profile | runtime-default | unconfined | unset | dangling | foreign | ambiguous | sandboxed | not-applicable | unknown */
            state: string;
            /** @description container | pod | annotation | none */
            setBy: string;
            /** @description Path of the field that decided */
            field?: string;
            /** @description What the pod says, as "Localhost operator/payments.json"; empty when nothing is set */
            value: string;
            profileId?: string;
            profileName?: string;
            /** @description yes | no | will-not-start | unknown */
            inForce: string;
            because?: string;
            /** @description Nodes that lack the profile and run or could run this container */
            missingOn?: string[];
            /** @description All of them, where some are missing */
            missingTotal?: number;
            /** @description The profile binding that most likely set it; no mark on a pod tells it */
            binding?: {
                namespace: string;
                name: string;
                /** @description What the template says instead; absent where it says nothing or none is known */
                over?: string;
                because: string;
            };
        };
        Elevation: {
            id: string;
            field: string;
            value: string;
            /** @description critical | high | medium | low */
            risk: string;
            because?: string;
            /** @description Of calls beyond RuntimeDefault that a profile allows, which */
            syscalls?: string[];
        };
        Container: {
            name: string;
            /** @description init | sidecar | main | ephemeral */
            type: string;
            /** @description declared | injected */
            origin: string;
            image: string;
            pods: number;
            level: components["schemas"]["Level"];
            runtime?: {
                class: string;
                handler?: string;
            };
            confinement: {
                seccomp: components["schemas"]["Confinement"];
                appArmor: components["schemas"]["Confinement"];
                seLinux: components["schemas"]["Confinement"];
            };
            elevations: components["schemas"]["Elevation"][];
            grant?: {
                /** @description Of all that the container asks for; a grant is for this digest and ends with it */
                digest: string;
                approval: string;
            };
            /** @description A recording that runs on it; with "logs" it is unconfined in effect */
            recording?: {
                name: string;
                /** @description seccomp | appArmor | seLinux */
                mechanism: string;
                /** @description logs | bpf */
                recorder: string;
            };
            /** @description Which content of its seccomp profile it was started with; absent where it runs under none of its own */
            revision?: {
                /** @description present | older | unknown */
                state: string;
                /** Format: date-time */
                startedAt?: string;
                because?: string;
            };
            /** @description Compared with what the makers of a known collector have it ask for */
            collector?: {
                name: string;
                /** @description lean | as-designed | could-be-leaner | beyond-need */
                verdict: string;
                /** @description What it asks for beyond their default */
                extras: {
                    value: string;
                    field: string;
                }[];
                /** @description How to run it with less, where its makers say how */
                how?: string;
                source: string;
            };
        };
        Workload: {
            id: string;
            cluster: string;
            environment: string;
            namespace: string;
            kind: string;
            name: string;
            class: {
                /** @description ordinary | ai-agent | ebpf-collector | dataplane | mesh | operator */
                value: string;
                /** @description certain | likely | guess */
                confidence: string;
                because: string;
                /** @description cluster | entity | config; what only the entity says raises the class and excepts from nothing */
                saidBy?: string;
            };
            /** @description live | template */
            basis: string;
            pods: number;
            /** @description confirmed | asserted */
            claim: string;
            /** @description How many other entities claim it too */
            claimedByOthers: number;
            containers: components["schemas"]["Container"][];
        };
        CiliumVersions: {
            versions: {
                /** @description As "1.19.7", or "unknown" */
                version: string;
                nodes: number;
                names?: string[];
                /** @description digest | tag | status | label | none */
                source?: string;
            }[];
            /** @description Linux nodes with no agent */
            nodesWithout: number;
            line: {
                name: string;
                /** @description maintained | last-maintained | ended | vendor | unknown */
                state: string;
                /** @description The day on which the line ended */
                until?: string;
            };
            patchesBehind: number | null;
        };
        CiliumRollOut: {
            /** @description done | rolling | stuck | waits | unknown */
            state: string;
            wanted: string;
            desired?: number;
            updated?: number;
            ready?: number;
            strategy?: string;
            lastChange?: string;
            stuckAt?: string;
            because: string;
        };
        /** @description What the cluster's owner plans */
        CiliumPlan: {
            version: string;
            /** Format: date */
            date: string;
            /** @description Ref of who noted it */
            by: string;
            reason: string;
            /** Format: date-time */
            notedAt: string;
            /** @description planned | late | done */
            state: string;
        };
        CiliumPlanRequest: {
            /** @description As "1.19.8" */
            version: string;
            /** Format: date */
            date: string;
            reason: string;
        };
        CiliumAdvisoryCounts: {
            applies: number;
            maybe: number;
            unknown: number;
            notAffected?: number;
        };
        /** @description What one advisory means for one cluster */
        CiliumAdvisory: {
            id: string;
            aliases: string[];
            /** @description critical | high | medium | low | unknown */
            severity: string;
            title: string;
            /** @description Day or month */
            published?: string;
            url?: string;
            /** @description applies | applies-if | not-affected | unknown */
            verdict: string;
            because: string;
            /** @description Settings that decide */
            decidedBy: {
                key: string;
                value: string;
            }[];
            fixedIn?: string;
            versions: string[];
            nodes: number;
            names: string[];
        };
        CiliumAdvisoryPage: {
            /** Format: date-time */
            servedAt: string;
            asOf?: string;
            counts: components["schemas"]["CiliumAdvisoryCounts"];
            items: components["schemas"]["CiliumAdvisory"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        CiliumUpgradeStep: {
            from: string;
            to: string;
            /** @description patch | minor */
            kind: string;
            obstacles: {
                /** @description kernel | kubernetes */
                kind: string;
                text: string;
                nodes?: string[];
            }[];
            notes: string[];
            before: string[];
            after: string[];
            links: {
                text: string;
                url: string;
            }[];
        };
        CiliumFit: {
            state: string;
            because: string;
        };
        /** @description Everything that is said of one cluster's Cilium */
        CiliumDataplane: {
            /** @description Who supports a vendor's build */
            support?: string;
            /** @description Version that a pre-flight check prepares */
            prepared?: string;
            without: {
                name: string;
                because: string;
            }[];
            notReady: {
                name: string;
                /** @description What ran there last */
                version: string;
            }[];
            notReadyTotal: number;
            operator: {
                /** @description same | differs | rolling | unknown | not-applicable */
                state: string;
                version?: string;
                desired?: number;
                ready?: number;
                because: string;
            };
            kernel: {
                /** @description fits | unfit | known-bad | unknown | not-applicable */
                state: string;
                problems: {
                    state: string;
                    because: string;
                    nodes: number;
                    names: string[];
                }[];
            };
            kubernetes: components["schemas"]["CiliumFit"];
            settings: {
                key: string;
                meaning: string;
                value?: string;
                /** @description set | default | not-live | unknown */
                state: string;
                overrides?: string[];
            }[];
            settingsReason?: string;
            config: {
                /** @description live | not-live | unknown */
                state: string;
                changedAt?: string;
                olderAgents: number;
                names: string[];
            };
            /** @description on | off | unknown */
            auditMode: string;
            path: components["schemas"]["CiliumUpgradeStep"][];
            /** @description Nodes whose tag names another version than their digest */
            disagreements: {
                tag: string;
                version: string;
                names: string[];
            }[];
            feed: {
                releases: components["schemas"]["CiliumFeedAge"];
                advisories: components["schemas"]["CiliumFeedAge"];
            };
        };
        CiliumFeedAge: {
            /** @description fresh | old | none */
            state: string;
            asOf?: string;
            days?: number;
        };
        ClusterDetail: components["schemas"]["Cluster"] & {
            /** @description null where no agent of Cilium runs */
            dataplane: components["schemas"]["CiliumDataplane"] | null;
            /** @description plan: note a planned patch date */
            viewerMay: string[];
        };
        ReleaseLines: {
            /** Format: date-time */
            servedAt: string;
            feeds: {
                /** @description releases | advisories */
                kind: string;
                asOf: string;
                /** @description "bundled", or the host or file it was read from */
                source: string;
                fetchedAt?: string;
                /** @description fresh | failed | unreachable | rate-limited | unusable | not-configured | not-collected */
                state: string;
                triedAt?: string;
                reason?: string;
                age: components["schemas"]["CiliumFeedAge"];
            }[];
            /** @description Minors with a stable release, newest first */
            lines: components["schemas"]["ReleaseLine"][];
        };
        ReleaseLine: {
            name: string;
            /** Format: date */
            since: string;
            /** @description maintained | last-maintained | ended | unknown */
            state: string;
            /** Format: date */
            until?: string;
            /** @description Minor with whose first release the line ends */
            endsWith?: string;
            /** Format: date */
            endEstimate?: string;
            newest: {
                version: string;
                /** Format: date */
                date: string;
            };
            patches: number;
        };
        PostureCilium: components["schemas"]["CiliumVersions"] & {
            advisories?: components["schemas"]["CiliumAdvisoryCounts"];
            /** @description Ids of advisories that apply */
            applying?: string[];
            rollOut?: components["schemas"]["CiliumRollOut"];
            plan?: components["schemas"]["CiliumPlan"];
            /** @description on | off | unknown */
            auditMode?: string;
        };
        PostureDataplane: {
            cluster: string;
            clusterId?: string;
            cilium: components["schemas"]["PostureCilium"] | null;
            /** @description Why nothing can be said */
            reason?: string;
            /** Format: date */
            releasesAsOf?: string;
        };
        /** @description How workloads are looked for, and what came of it */
        Matching: {
            selectors: {
                labelSelector: string;
                namespace?: string;
                cluster?: string;
                /** @description Which annotation says so, or "name" when none does */
                from?: string;
            }[];
            clusters: number;
            nearMisses?: {
                cluster: string;
                namespace: string;
                kind: string;
                name: string;
            }[];
        };
        Posture: {
            entityRef: string;
            /** Format: date-time */
            assessedAt: string;
            /**
             * Format: date-time
             * @description The time of this answer by the portal; ages count from it, since the clock of a viewer, or of a demo, may differ
             */
            servedAt: string;
            /** @description Id of the ruleset that judged */
            rules: string;
            level: components["schemas"]["Level"];
            score: number | null;
            /** @description The score if everything that is unknown turned out bad */
            lowestScore?: number | null;
            approval: components["schemas"]["ApprovalSummary"];
            target: {
                /** @description null where no target applies */
                level: string | null;
                /** @description yes | no | unknown */
                met: string;
                because: string[];
            };
            headline: components["schemas"]["Headline"];
            counts: {
                pass: number;
                warn: number;
                fail: number;
                unknown: number;
                notApplicable: number;
                waived: number;
                /** @description Findings that warn or fail and do not count yet; they are in no other figure */
                scheduled?: number;
                containers: number;
                containersWithProblems: number;
            };
            scoreParts: components["schemas"]["ScorePart"][];
            scopes: {
                environment: string;
                clusters: string[];
                level: components["schemas"]["Level"];
                approval: components["schemas"]["ApprovalSummary"];
                score: number | null;
                counted: boolean;
            }[];
            coverage: {
                clusters: {
                    matched: number;
                    fresh: number;
                    stale: number;
                    notCollected: number;
                };
                /** @description live | template | mixed | none */
                basis: string;
            };
            findings: components["schemas"]["Finding"][];
            nextSteps: components["schemas"]["NextStep"][];
            profiles: components["schemas"]["PostureProfile"][];
            workloads: components["schemas"]["Workload"][];
            dataplane: components["schemas"]["PostureDataplane"][];
            sources: components["schemas"]["Source"][];
            matching: components["schemas"]["Matching"];
        };
        Cluster: {
            /**
             * Format: date-time
             * @description As in a posture
             */
            servedAt: string;
            id: string;
            name: string;
            environment: string;
            owner?: string;
            /** @description verified | not-verified: whether the server is who it says; absent where there is no TLS or it is not known */
            tls?: string;
            /** @description Version of the API server, as "v1.33.1" */
            kubernetes: string | null;
            nodes: number;
            /** @description Entities that the caller may read with a workload here */
            services: number;
            state: components["schemas"]["SourceState"];
            reason?: string;
            /**
             * Format: date-time
             * @description Time of the oldest facts that the newest answer rests on
             */
            asOf?: string;
            spo: {
                version: string | null;
                /** @description image | csv | label | api: what says the version; from the API it is a range, as "1.0 or later" */
                versionFrom?: string;
                state: components["schemas"]["SourceState"];
                profiles?: number;
                namespace?: string;
                health?: components["schemas"]["OperatorHealth"];
                /** @description Its switches, in the order in which they matter; empty where it is not installed */
                hardening?: components["schemas"]["OperatorSwitch"][];
            };
            cilium: components["schemas"]["CiliumVersions"] & {
                advisories?: components["schemas"]["CiliumAdvisoryCounts"];
                rollOut?: components["schemas"]["CiliumRollOut"];
                plan?: components["schemas"]["CiliumPlan"];
                /** @description Newest known patch of the line */
                newest?: string;
                daysBehind?: number;
                /** @description As in CiliumDataplane */
                kernel?: string;
                /** @description tested | untested | unknown */
                kubernetesFit?: string;
                /** @description As in CiliumDataplane */
                operator?: string;
                /** @description on | off | unknown */
                auditMode?: string;
                /** @description live | not-live | unknown */
                configState?: string;
                advisoriesAsOf?: string;
                state: components["schemas"]["SourceState"];
                reason?: string;
                /** Format: date */
                releasesAsOf?: string;
            };
            sources: components["schemas"]["Source"][];
        };
        OperatorHealth: {
            /** @description healthy | unhealthy | not-installed | unknown */
            state: string;
            /** @description What is wrong or why nothing can be said; empty where it is healthy */
            because: string[];
            manager?: components["schemas"]["OperatorPods"];
            webhook?: components["schemas"]["OperatorPods"];
            daemon?: components["schemas"]["OperatorPods"];
            /** @description Containers of its daemon beside the daemon itself, as "log-enricher": what runs on each node */
            features?: string[];
        };
        OperatorPods: {
            wanted: number;
            ready: number;
        };
        OperatorSwitch: {
            id: string;
            /** @description hardened | open (as it comes, and could be harder) | weakened | unknown */
            state: string;
            field: string;
            value: string;
            because: string;
            fix?: string;
        };
        Node: {
            name: string;
            /** @description yes | no | unknown */
            ready: string;
            kernel?: string;
            architecture?: string;
            operatingSystem?: string;
            osImage?: string;
            runtime?: string;
            kubelet?: string;
            cilium?: {
                version: string;
                source: string;
                ready?: string;
            };
            /** @description served | not-served | unknown: whether the operator runs its daemon there */
            spo: string;
        };
        Profile: {
            id: string;
            clusterId: string;
            cluster: string;
            namespace?: string;
            kind: string;
            name: string;
            mode: string;
            defaultAction?: string;
            sourceDigest: string;
            effectiveDigest: string | null;
            resolution: string;
            /** @description Why the effective content is not known */
            because?: string;
            bases?: string[];
            /** @description How many syscalls a SeccompProfile allows with its bases */
            allows?: number | null;
            /**
             * Format: date-time
             * @description When collection first saw this content
             */
            revisionSince?: string;
            installed: components["schemas"]["Installed"];
            /** @description Entities that the caller may read and whose containers run under it */
            users: number;
            beyond?: components["schemas"]["ProfileBeyond"];
        };
        Revision: {
            /** @description For `from` and `to` of a comparison */
            id: string;
            effectiveDigest: string | null;
            sourceDigest: string;
            /** Format: date-time */
            firstSeen: string;
            /** @description Whether it is the content of now */
            current: boolean;
            /** @description Against the revision before: identical | cosmetic | narrower | wider | mode-relaxed | incomparable; absent for the first and where a content is not known */
            change?: string;
        };
        ProfileUser: {
            entityRef: string;
            title?: string;
            ownerRef?: string;
            containers: number;
            pods: number;
            /** @description confirmed | asserted: whether the cluster says that a container under it is the entity’s */
            claim: string;
        };
        WorkloadSummary: {
            id: string;
            clusterId: string;
            cluster: string;
            environment: string;
            namespace: string;
            kind: string;
            name: string;
            pods: number;
            labels: {
                [key: string]: string;
            };
        };
        Setup: {
            clusters: {
                connected: number;
                answering: number;
            };
            entities: {
                total: number;
                matched: number;
            };
            operator: {
                clusters: string[];
            };
        };
        ClusterPage: {
            items: components["schemas"]["Cluster"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        NodePage: {
            items: components["schemas"]["Node"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ProfilePage: {
            items: components["schemas"]["Profile"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        RevisionPage: {
            items: components["schemas"]["Revision"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ProfileUserPage: {
            items: components["schemas"]["ProfileUser"][];
            totalItems: number;
            /** @description Users that the caller may not read */
            hidden: number;
            /** @description Workloads that name the profile and that no entity claims */
            unclaimed?: {
                workloads: number;
                pods: number;
            };
            /** @description The users of every page by owner, the one with the most pods first */
            owners?: {
                /** @description Absent without an owner */
                ownerRef?: string;
                entities: number;
                containers: number;
                pods: number;
            }[];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Which calls it allows that RuntimeDefault does not allow a container with the runtime's default capabilities */
        ProfileBeyond: {
            /** @description Null where it is not known, where the kind has no calls, and where it allows by default */
            calls: number | null;
            /** @description critical | high | medium | low */
            worstRisk?: string;
        };
        ProfileCall: {
            name: string;
            action: string;
            /** @description critical | high | medium | low */
            risk?: string;
            /** @description Why it matters */
            because?: string;
            /** @description When it is let through, in words; absent where its arguments mean nothing */
            args?: string;
            /** @description What RuntimeDefault says of it, where that depends on its arguments */
            runtimeDefault?: string;
            /** @description The base that brought it; absent for the profile's own rules */
            broughtBy?: string;
        };
        ProfileCallGroups: {
            /** @description Calls of all groups */
            total: number;
            groups: {
                id: string;
                title: string;
                /** @description Why calls of this group matter */
                because: string;
                total: number;
                calls: components["schemas"]["ProfileCall"][];
            }[];
        };
        ProfileDistance: {
            /** @description Name and version of RuntimeDefault */
            baseline: string;
            /** @description Those that RuntimeDefault is taken for; the runtime's default */
            capabilities: string[];
            beyond: components["schemas"]["ProfileCallGroups"];
            within: components["schemas"]["ProfileCallGroups"];
            denied: components["schemas"]["ProfileCallGroups"];
        };
        ProfileBase: {
            name: string;
            /** @description own | cluster | registry | missing: where its rules were read; own is the profile itself */
            from: string;
            /** @description Where the caller may read it */
            profileId?: string;
            /** @description For a registry */
            pinned?: boolean;
            /** @description Calls that it allows and no base below it; null where that is not known */
            brought: number | null;
            broughtBeyond: number | null;
        };
        ProfileProblem: {
            /** @description base-unresolved | base-from-registry | ambiguous-calls | disabled | deleting | recorded | partial | name-collision | malformed, or the id of a finding */
            id: string;
            because: string;
        };
        ProfileDetail: components["schemas"]["Profile"] & {
            environment: string;
            /** Format: date-time */
            servedAt: string;
            /** @description Enabled | Disabled */
            state?: string;
            apiVersion?: string;
            /** @description What a pod writes to run under it */
            names: string[];
            architectures?: string[];
            flags?: string[];
            listenerPath?: string;
            distance?: components["schemas"]["ProfileDistance"] | null;
            /** @description What an AppArmorProfile allows */
            appArmor?: {
                [key: string]: unknown;
            };
            /** @description What a SelinuxProfile inherits and allows */
            seLinux?: {
                [key: string]: unknown;
            };
            /** @description A policy as text, which cannot be judged */
            raw?: {
                bytes: number;
                digest: string;
            };
            /** @description From the root of the bases to the profile itself */
            chain: components["schemas"]["ProfileBase"][];
            nodeStates?: components["schemas"]["ProfileNodeCount"][];
            /** @description That the operator recorded it and nobody wrote it */
            recorded?: {
                recording?: string;
                namespace?: string;
                container?: string;
                partial?: boolean;
            };
            problems: components["schemas"]["ProfileProblem"][];
            labels: {
                [key: string]: string;
            };
            /** @description The object as collected, without status; integers have all their digits */
            yaml: {
                text: string;
                truncated: boolean;
            };
        };
        /** @description error | missing | pending | in-progress | terminating | partial | disabled | other | installed | no-operator; `missing`: the operator serves the node and reports nothing */
        ProfileNodeState: string;
        ProfileNodeCount: {
            state: components["schemas"]["ProfileNodeState"];
            nodes: number;
        };
        ProfileNode: {
            name: string;
            state: components["schemas"]["ProfileNodeState"];
            /** @description The operator's word for a state of `other` */
            reported?: string;
            /** @description yes | no | unknown */
            ready: string;
            /** @description Pods there that name the profile */
            pods: number;
        };
        ProfileNodePage: {
            items: components["schemas"]["ProfileNode"][];
            totalItems: number;
            counts: components["schemas"]["ProfileNodeCount"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        ComparisonLine: {
            /** @description wider | narrower | changed */
            direction: string;
            /** @description critical | high | medium | low | none */
            risk: string;
            /** @description A syscall, path, capability, type:class:permission or field */
            subject: string;
            before?: string;
            after?: string;
            group?: string;
            because?: string;
            broughtBy?: string;
        };
        RevisionComparison: {
            from: components["schemas"]["Revision"];
            to: components["schemas"]["Revision"];
            /** @description identical | cosmetic | narrower | wider | mode-relaxed | incomparable | unknown */
            class: string;
            /** @description Why they cannot be compared */
            because?: string;
            /** @description What is wider first */
            lines: components["schemas"]["ComparisonLine"][];
            /** @description Of all lines, also those that the answer leaves out */
            totals: {
                wider: number;
                narrower: number;
                changed: number;
            };
            truncated: boolean;
        };
        WorkloadPage: {
            items: components["schemas"]["WorkloadSummary"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        WorstFinding: {
            id: string;
            severity: string;
        };
        /** @description Entities, by target and by level; each of the two adds up to all */
        ScorecardCounts: {
            entities: number;
            target: {
                met: number;
                missed: number;
                unknown: number;
                /** @description Nothing is asked of them */
                none: number;
            };
            levels: {
                exposed: number;
                accepted: number;
                baseline: number;
                profiled: number;
                unknown: number;
            };
            /** @description Entities with a review that waits for votes */
            underReview: number;
            worstFinding?: components["schemas"]["WorstFinding"];
        };
        ScorecardSummary: {
            counts: components["schemas"]["ScorecardCounts"];
            /** @description Entities by the state of their approvals */
            approvals: {
                [key: string]: number;
            };
            /** @description The findings whose mending frees most entities of failing ones */
            steps: components["schemas"]["ScorecardFinding"][];
            /** @description whole | filtered: the caller may read a part of the entities only */
            view: string;
        };
        ScorecardEntity: {
            entityRef: string;
            title?: string;
            type?: string;
            lifecycle?: string;
            /** @description Left out where the caller may not see the owner */
            owner?: string;
            system?: string;
            class: string;
            level: components["schemas"]["Level"];
            approval: components["schemas"]["ApprovalSummary"];
            target: {
                level: string | null;
                /** @description yes | no | unknown | none */
                met: string;
            };
            score: number | null;
            worstFinding?: components["schemas"]["WorstFinding"];
            nextStep?: string;
            /** @description Reviews that wait for votes on what it runs under */
            openReviews: number;
            environments: string[];
            /** Format: date-time */
            assessedAt: string;
        };
        ScorecardGroup: {
            /** @description Ref of the owner or system, name of the environment or class; null: none, or not to be named to the caller */
            key: string | null;
            /** @description So many owners that the caller may not see are put together in this row */
            hidden?: number;
            /** @description Groups directly below */
            children: number;
            own: components["schemas"]["ScorecardCounts"];
            all: components["schemas"]["ScorecardCounts"];
        };
        ScorecardFinding: {
            findingId: string;
            title: string;
            severity: string;
            /** @description Entities, waived ones too */
            failing: number;
            warning: number;
            unknown: number;
            waived: number;
            /** @description Entities in which nothing else fails */
            sole: number;
        };
        ElevatedContainer: {
            entityRef: string;
            owner?: string;
            cluster: string;
            environment: string;
            workloadId: string;
            namespace: string;
            kind: string;
            name: string;
            container: string;
            class: string;
            level: components["schemas"]["Level"];
            /** @description The highest of its elevations */
            risk?: string;
            elevations: {
                id: string;
                value: string;
                risk: string;
            }[];
            grant: {
                state: string;
                /** Format: date-time */
                expiresAt?: string;
            };
        };
        ScorecardEntityPage: {
            items: components["schemas"]["ScorecardEntity"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ScorecardGroupPage: {
            items: components["schemas"]["ScorecardGroup"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ScorecardFindingPage: {
            items: components["schemas"]["ScorecardFinding"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ElevatedPage: {
            items: components["schemas"]["ElevatedContainer"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        ReviewRequest: {
            /** @enum {string} */
            kind: "content";
            subject: {
                profileId: string;
            };
            /** @description The effective digest that the requester read */
            digest: string;
            environment: string;
            reason: string;
            ticket?: string;
            /** Format: date-time */
            wantedExpiry?: string;
            /** @description Refs of the people who wrote what is asked for; they do not vote on it */
            authors?: string[];
        };
        VoteRequest: {
            /** @enum {string} */
            decision: "approve" | "reject" | "request-changes";
            /** @description The effective digest that the voter read */
            expectedDigest: string;
            /** @description Required to reject or to request changes */
            comment?: string;
        };
        CommentRequest: {
            comment: string;
        };
        WithdrawRequest: {
            reason?: string;
        };
        AuditEvent: {
            seq: number;
            at: string;
            actor: string;
            /** @description requested | voted | commented | withdrawn | policy-approved | carried | superseded | revoked | broke-glass */
            action: string;
            reviewId: string;
            environment?: string;
            profile?: {
                kind: string;
                namespace?: string;
                name: string;
            };
            digest?: string;
            decision?: string;
            /** @description Reason or comment */
            text?: string;
            /** @description Whether what was written was erased */
            erased?: boolean;
            prevHash: string;
            hash: string;
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            totalItems: number;
            pageInfo: components["schemas"]["PageInfo"];
        };
        AuditVerification: {
            /** @description intact | broken */
            result: string;
            rows: number;
            lastSeq: number;
            lastHash: string;
            /** @description Rows whose text was erased; no problem */
            erased: number;
            checkpoints: {
                matched: number;
                signed: number;
                unsigned: number;
            };
            /** @description The first thing that is wrong */
            problem?: {
                /** @description gap | reordered | broken-link | edited | text-edited | truncated | rewritten | bad-signature | unreadable */
                kind: string;
                seq: number;
                message: string;
            };
            /** Format: date-time */
            verifiedAt: string;
            /** @description signed | unsigned, where there is no key */
            signing: string;
            keyId?: string;
        };
        AuditCheckpoint: {
            seq: number;
            hash: string;
            count: number;
            /** Format: date-time */
            at: string;
            keyId?: string;
            /** @description Ed25519, base64 */
            signature?: string;
        };
        AuditCheckpointList: {
            items: components["schemas"]["AuditCheckpoint"][];
            /** @description PEM */
            publicKey?: string;
        };
        RevokeRequest: {
            reason: string;
        };
        BreakGlassRequest: {
            /** @description The effective digest that the caller read */
            expectedDigest: string;
            reason: string;
            /** @description Link to the incident */
            incident: string;
            /**
             * Format: date-time
             * @description Earlier end; a day at most
             */
            until?: string;
        };
        /** @description pending | changes-requested | approved | approved-emergency | rejected | revoked | expired | stale | withdrawn | superseded | lapsed */
        ReviewState: string;
        /** @description Content that was put in force before others could decide */
        Emergency: {
            by: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            until: string;
            /**
             * Format: date-time
             * @description By then others should have decided
             */
            reviewDueAt: string;
            reason: string;
            incident: string;
            /**
             * Format: date-time
             * @description When somebody ended it before its time
             */
            endedAt?: string;
        };
        /** @description One thing that happened in a review */
        ReviewEvent: {
            seq: number;
            /** Format: date-time */
            at: string;
            /** @description requested | voted | commented | withdrawn | policy-approved | carried | superseded | revoked | broke-glass */
            type: string;
            actor: string;
            decision?: string;
            /** @description Reason or comment */
            text?: string;
        };
        ReviewSummary: {
            id: string;
            kind: string;
            profile: {
                kind: string;
                namespace?: string;
                name: string;
                /** @description Clusters of the environment that have the profile */
                clusters: string[];
            };
            environment: string;
            digest: string;
            state: components["schemas"]["ReviewState"];
            /** @description How much is at stake: T0 | T1 | T2 | T3 */
            tier?: string;
            requestedBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            requestExpiresAt: string;
            /**
             * Format: date-time
             * @description End of the approval
             */
            expiresAt?: string;
            /** @description Who runs under the profile in the environment, as far as the caller may read it */
            touches: {
                entities: string[];
                hidden: number;
                pods: number;
            };
            viewerMay: string[];
        };
        ReviewVote: {
            id: string;
            voter: string;
            decision: string;
            /** @description owner | security */
            slot: string;
            /** Format: date-time */
            at: string;
            expectedDigest: string;
            /** @description Groups by which the voter was eligible */
            groupPath?: string[];
            comment?: string;
            /** @description counts | replaced, or why it does not count */
            standing: string;
        };
        /** @description What a vote of this caller would do, sentence by sentence; each a key of the translation and its parameters */
        EffectOfVote: {
            key: string;
            params: {
                [key: string]: string | number;
            };
        }[];
        Review: components["schemas"]["ReviewSummary"] & {
            /** Format: date-time */
            servedAt: string;
            reason: string;
            ticket?: string;
            /** Format: date-time */
            wantedExpiry?: string;
            /** Format: date-time */
            effectiveFrom?: string;
            /**
             * Format: date-time
             * @description From then on a renewal may be asked for
             */
            renewFrom?: string;
            supersededBy?: string;
            /** @description Why this tier */
            riskReasons?: string[];
            /** @description Against previousDigest: identical | cosmetic | narrower | wider | mode-relaxed | incomparable */
            changeClass?: string;
            /** @description What was approved and in force before */
            previousDigest?: string;
            ruleSetDigest?: string;
            /** @description `policy` where the rules approved by themselves */
            decidedBy?: string;
            emergency?: components["schemas"]["Emergency"];
            revoked?: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string;
            };
            /** @description Everything that happened in it */
            history?: components["schemas"]["ReviewEvent"][];
            /** @description What is in force in each cluster of the environment */
            observed: {
                profileId: string;
                cluster: string;
                digest: string | null;
                /** @description Whether it is what the review is about */
                matches: boolean;
            }[];
            quorum: components["schemas"]["QuorumSlot"][];
            missing: components["schemas"]["QuorumSlot"][];
            votes: components["schemas"]["ReviewVote"][];
            excluded: {
                ref: string;
                why: string;
            }[];
            eligible: {
                total: number;
                people: {
                    ref: string;
                    slot: string;
                }[];
            };
            comments: {
                id: string;
                actor: string;
                /** Format: date-time */
                at: string;
                comment: string;
            }[];
            /** @description Why the caller may not vote */
            whyNot?: string;
            effectOfVote: {
                approve?: components["schemas"]["EffectOfVote"];
                reject?: components["schemas"]["EffectOfVote"];
                requestChanges?: components["schemas"]["EffectOfVote"];
            };
            allows: {
                mode: string;
                defaultAction?: string;
                total?: number | null;
                bases: string[];
                beyondRuntimeDefault?: string[];
                rules: {
                    action: string;
                    names: string[];
                    /** @description Argument conditions in words of the kernel */
                    conditions?: string;
                }[];
                /** @description The spec of a kind that has no syscalls */
                text?: string;
            } | null;
        };
        QuorumSlot: {
            slot: string;
            count: number;
        };
        ReviewPage: {
            items: components["schemas"]["ReviewSummary"][];
            totalItems: number;
            /** Format: date-time */
            servedAt: string;
            /** @description How many reviews each filter has */
            counts: {
                needsMe: number;
                askedByMe: number;
                all: number;
            };
            pageInfo: components["schemas"]["PageInfo"];
        };
    };
    responses: {
        /** @description An error */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description Part of the name or title */
        scorecardText: string;
        /** @description Levels in this environment, and entities that run there */
        scorecardEnvironment: string;
        scorecardLevel: ("exposed" | "accepted" | "baseline" | "profiled" | "unknown")[];
        /** @description "none": nothing is asked of it */
        scorecardTarget: ("yes" | "no" | "unknown" | "none")[];
        scorecardApproval: ("approved" | "partly" | "pending" | "stale" | "missing" | "not-required" | "unknown")[];
        scorecardClass: ("ordinary" | "ai-agent" | "ebpf-collector" | "dataplane" | "mesh" | "operator")[];
        /** @description What this group or person owns, and what groups below it own */
        scorecardOwner: string;
        scorecardSystem: string;
        /** @description Entities in which this finding fails, warns or is unknown */
        scorecardFinding: string;
        /** @description Entities with a workload in the cluster of this name */
        scorecardCluster: string;
        /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
        cursor: string;
        limit: number;
        clusterId: string;
        profileId: string;
        reviewId: string;
        /** @description The same key of the same caller is carried out once */
        idempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getPosture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                namespace: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The posture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posture"];
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listClusters: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                environment?: string[];
                /** @description Clusters that one of these groups or persons owns */
                owner?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of clusters, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clusterId: components["parameters"]["clusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cluster */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterDetail"];
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listNodes: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                clusterId: components["parameters"]["clusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of nodes, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listClusterAdvisories: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                clusterId: components["parameters"]["clusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of advisories that affect or may affect a version that runs; those that apply first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CiliumAdvisoryPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    planClusterPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clusterId: components["parameters"]["clusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CiliumPlanRequest"];
            };
        };
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CiliumPlan"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    getReleaseLines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseLines"];
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listProfiles: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Part of the name */
                q?: string;
                kind?: string[];
                clusterId?: string[];
                mode?: string[];
                /** @description Whether it allows a call that RuntimeDefault does not; one of which that is not known is neither */
                beyond?: "some" | "none";
                /** @description Whether a container of an entity that the caller may read runs under it */
                use?: "used" | "unused";
                /** @description A dash in front turns it round. Profiles that allow by default count as allowing the most, those of which the number is not known as the least. Equal ones follow by name, cluster and kind. */
                sort?: "name" | "-name" | "cluster" | "-cluster" | "users" | "-users" | "allows" | "-allows" | "beyond" | "-beyond";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of profiles in the order of `sort` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfilePage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileDetail"];
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listProfileNodes: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                state?: string[];
            };
            header?: never;
            path: {
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of nodes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileNodePage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    compareRevisions: {
        parameters: {
            query: {
                /** @description The `id` of a revision, its effective digest, or `current` */
                from: string;
                /** @description As `from` */
                to?: string;
            };
            header?: never;
            path: {
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionComparison"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listRevisions: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of revisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listProfileUsers: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of users, by owner and entity; those without an owner last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileUserPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
        };
    };
    listWorkloads: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                clusterId?: string[];
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of workloads, by cluster, namespace, kind and name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The steps of setting up, with their progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description needs-me | asked-by-me | all */
                filter?: "needs-me" | "asked-by-me" | "all";
                entityRef?: string;
                profileId?: string;
                environment?: string[];
                state?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of reviews; open ones first, those that end soonest at the top, then the newest decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    createReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewRequest"];
            };
        };
        responses: {
            /** @description The review */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            409: components["responses"]["Error"];
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The review, as this caller may see it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    castVote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoteRequest"];
            };
        };
        responses: {
            /** @description The review after the vote */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            409: components["responses"]["Error"];
        };
    };
    addComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentRequest"];
            };
        };
        responses: {
            /** @description The review with the comment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    withdrawReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawRequest"];
            };
        };
        responses: {
            /** @description The review, withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            409: components["responses"]["Error"];
        };
    };
    revokeApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeRequest"];
            };
        };
        responses: {
            /** @description The review as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            409: components["responses"]["Error"];
        };
    };
    breakGlass: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key of the same caller is carried out once */
                "idempotency-key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                reviewId: components["parameters"]["reviewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlassRequest"];
            };
        };
        responses: {
            /** @description The review as it is then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            409: components["responses"]["Error"];
        };
    };
    getScorecardSummary: {
        parameters: {
            query?: {
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts with what would help most */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardSummary"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listScorecardEntities: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
                /** @description With "-" in front the other way round; "target" and "level" begin with the worst */
                sort?: "target" | "-target" | "level" | "-level" | "name" | "-name" | "owner" | "-owner" | "score" | "-score" | "finding" | "-finding";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of entities */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardEntityPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listScorecardGroups: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
                by?: "owner" | "system" | "environment" | "class";
                /** @description The groups directly below this one; only for owners */
                parent?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of groups, the one with most below target first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardGroupPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listScorecardFindings: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of findings, most severe first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardFindingPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listElevated: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of containers, highest risk first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ElevatedPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    exportScorecard: {
        parameters: {
            query?: {
                table?: "entities" | "groups" | "findings" | "elevated";
                /** @description Part of the name or title */
                q?: components["parameters"]["scorecardText"];
                /** @description Levels in this environment, and entities that run there */
                environment?: components["parameters"]["scorecardEnvironment"];
                level?: components["parameters"]["scorecardLevel"];
                /** @description "none": nothing is asked of it */
                target?: components["parameters"]["scorecardTarget"];
                approval?: components["parameters"]["scorecardApproval"];
                class?: components["parameters"]["scorecardClass"];
                /** @description What this group or person owns, and what groups below it own */
                owner?: components["parameters"]["scorecardOwner"];
                system?: components["parameters"]["scorecardSystem"];
                /** @description Entities in which this finding fails, warns or is unknown */
                findingId?: components["parameters"]["scorecardFinding"];
                /** @description Entities with a workload in the cluster of this name */
                cluster?: components["parameters"]["scorecardCluster"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description From `pageInfo` of the page before; ends with the answer's sort and filter */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                actor?: string;
                action?: string[];
                reviewId?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    listAuditCheckpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The places, and the key that verifies them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpointList"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    exportAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows as `security-profiles verify-audit` reads them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
}
