// Made from openapi.yaml by `yarn generate`. Do not edit.
/* eslint-disable */

/** The OpenAPI document of the HTTP API. @public */
export const openapiDocument: Record<string, unknown> = {
  "openapi": "3.1.0",
  "info": {
    "title": "security-profiles",
    "version": "0.1",
    "description": "For every entity of the catalog: which kernel-level profile each of its containers really runs under, and the dataplane below it. Enumerations are open: clients must accept values that they do not know. Ids in paths are opaque and URL-safe; names are fields.",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    }
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "paths": {
    "/entities/{kind}/{namespace}/{name}/posture": {
      "get": {
        "operationId": "getPosture",
        "summary": "The posture of one entity",
        "description": "All findings of one entity with its level and target. Answered from the last assessment, never from a cluster. 404 with code `entity-not-found` when the caller may not see the entity or it does not exist.",
        "parameters": [
          {
            "name": "kind",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "namespace",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "name",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The posture",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Posture"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/clusters": {
      "get": {
        "operationId": "listClusters",
        "summary": "The connected clusters",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "environment",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 253
              },
              "maxItems": 50
            }
          },
          {
            "name": "owner",
            "in": "query",
            "description": "Clusters that one of these groups or persons owns",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 512
              },
              "maxItems": 50
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of clusters, by name",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/clusters/{clusterId}": {
      "get": {
        "operationId": "getCluster",
        "summary": "One cluster",
        "parameters": [
          {
            "$ref": "#/components/parameters/clusterId"
          }
        ],
        "responses": {
          "200": {
            "description": "The cluster",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClusterDetail"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/clusters/{clusterId}/nodes": {
      "get": {
        "operationId": "listNodes",
        "summary": "The nodes of one cluster",
        "parameters": [
          {
            "$ref": "#/components/parameters/clusterId"
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of nodes, by name",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/NodePage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/clusters/{clusterId}/advisories": {
      "get": {
        "operationId": "listClusterAdvisories",
        "summary": "What Cilium's advisories mean for one cluster, judged by its own settings",
        "parameters": [
          {
            "$ref": "#/components/parameters/clusterId"
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of advisories that affect or may affect a version that runs; those that apply first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/CiliumAdvisoryPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/clusters/{clusterId}/plan": {
      "post": {
        "operationId": "planClusterPatch",
        "summary": "Note when Cilium is going to be patched",
        "description": "Needs a signed-in person and the permission security-profiles.cluster.plan. The newest note counts; it is shown wherever a finding of this dataplane is, and as late once its day has passed.",
        "parameters": [
          {
            "$ref": "#/components/parameters/clusterId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CiliumPlanRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The plan",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/CiliumPlan"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/dataplane/release-lines": {
      "get": {
        "operationId": "getReleaseLines",
        "summary": "The release lines of Cilium over time, and how old what is known of them is",
        "responses": {
          "200": {
            "description": "The lines",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReleaseLines"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles": {
      "get": {
        "operationId": "listProfiles",
        "summary": "The profiles of the connected clusters",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "q",
            "in": "query",
            "description": "Part of the name",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "kind",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 63
              },
              "maxItems": 10
            }
          },
          {
            "name": "clusterId",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 128
              },
              "maxItems": 50
            }
          },
          {
            "name": "mode",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 63
              },
              "maxItems": 10
            }
          },
          {
            "name": "beyond",
            "in": "query",
            "description": "Whether it allows a call that RuntimeDefault does not; one of which that is not known is neither",
            "schema": {
              "type": "string",
              "enum": [
                "some",
                "none"
              ]
            }
          },
          {
            "name": "use",
            "in": "query",
            "description": "Whether a container of an entity that the caller may read runs under it",
            "schema": {
              "type": "string",
              "enum": [
                "used",
                "unused"
              ]
            }
          },
          {
            "name": "sort",
            "in": "query",
            "description": "A dash in front turns it round. Profiles that allow by default count as allowing the most, those of which the number is not known as the least. Equal ones follow by name, cluster and kind.",
            "schema": {
              "type": "string",
              "enum": [
                "name",
                "-name",
                "cluster",
                "-cluster",
                "users",
                "-users",
                "allows",
                "-allows",
                "beyond",
                "-beyond"
              ],
              "default": "name"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of profiles in the order of `sort`",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ProfilePage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles/{profileId}": {
      "get": {
        "operationId": "getProfile",
        "summary": "One profile",
        "parameters": [
          {
            "$ref": "#/components/parameters/profileId"
          }
        ],
        "responses": {
          "200": {
            "description": "The profile",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ProfileDetail"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles/{profileId}/nodes": {
      "get": {
        "operationId": "listProfileNodes",
        "summary": "The state of one profile on each node of its cluster",
        "description": "Nodes on which something is wrong first, then by name. `counts` covers all nodes, whatever `state` asks for.",
        "parameters": [
          {
            "$ref": "#/components/parameters/profileId"
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 63
              },
              "maxItems": 20
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of nodes",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ProfileNodePage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles/{profileId}/compare": {
      "get": {
        "operationId": "compareRevisions",
        "summary": "What changed between two contents of one profile that collection has seen",
        "parameters": [
          {
            "$ref": "#/components/parameters/profileId"
          },
          {
            "name": "from",
            "in": "query",
            "required": true,
            "description": "The `id` of a revision, its effective digest, or `current`",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128
            }
          },
          {
            "name": "to",
            "in": "query",
            "description": "As `from`",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128,
              "default": "current"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The comparison",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RevisionComparison"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles/{profileId}/revisions": {
      "get": {
        "operationId": "listRevisions",
        "summary": "The revisions of one profile that collection has seen, newest first",
        "parameters": [
          {
            "$ref": "#/components/parameters/profileId"
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of revisions",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RevisionPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/profiles/{profileId}/users": {
      "get": {
        "operationId": "listProfileUsers",
        "summary": "The entities whose containers run under one profile",
        "description": "Entities that the caller may not read are counted in `hidden`, never named.",
        "parameters": [
          {
            "$ref": "#/components/parameters/profileId"
          },
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of users, by owner and entity; those without an owner last",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ProfileUserPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/workloads": {
      "get": {
        "operationId": "listWorkloads",
        "summary": "The workloads of the connected clusters",
        "description": "What collection has seen, whether an entity claims it or not. Used to make a catalog from clusters.",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "clusterId",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 128
              },
              "maxItems": 50
            }
          },
          {
            "name": "namespace",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of workloads, by cluster, namespace, kind and name",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkloadPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/setup": {
      "get": {
        "operationId": "getSetup",
        "summary": "What is connected, matched and installed so far, as far as the caller may see it",
        "responses": {
          "200": {
            "description": "The steps of setting up, with their progress",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Setup"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews": {
      "get": {
        "operationId": "listReviews",
        "summary": "The review queue",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "filter",
            "in": "query",
            "description": "needs-me | asked-by-me | all",
            "schema": {
              "type": "string",
              "enum": [
                "needs-me",
                "asked-by-me",
                "all"
              ],
              "default": "all"
            }
          },
          {
            "name": "entityRef",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          },
          {
            "name": "profileId",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 128
            }
          },
          {
            "name": "environment",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 253
              },
              "maxItems": 50
            }
          },
          {
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 63
              },
              "maxItems": 20
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of reviews; open ones first, those that end soonest at the top, then the newest decided",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReviewPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "post": {
        "operationId": "createReview",
        "summary": "Ask for the approval of what a profile allows, in an environment",
        "description": "409 with code `digest-changed`, `already-open` or `already-approved` (then with `reviewId`), or `unresolved`. With an `Idempotency-Key`, a repeated request answers the review that the first one made.",
        "parameters": [
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReviewRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "409": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}": {
      "get": {
        "operationId": "getReview",
        "summary": "One review",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          }
        ],
        "responses": {
          "200": {
            "description": "The review, as this caller may see it",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}/votes": {
      "post": {
        "operationId": "castVote",
        "summary": "Vote on a review",
        "description": "Only signed-in people vote, and never who asked. A second vote of the same person replaces the first. 409 with code `digest-changed` (with `changed`) or `closed`; 403 with code `own-review`, `not-eligible` or `service`.",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/VoteRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review after the vote",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "409": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}/comments": {
      "post": {
        "operationId": "addComment",
        "summary": "Say something without deciding",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CommentRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review with the comment",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}/withdraw": {
      "post": {
        "operationId": "withdrawReview",
        "summary": "Take a request back",
        "description": "Only who asked may. 409 with code `closed` once it is decided or over.",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/WithdrawRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review, withdrawn",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "409": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}/revoke": {
      "post": {
        "operationId": "revokeApproval",
        "summary": "End an approval, or an emergency, before its time",
        "description": "Needs the permission `security-profiles.approval.revoke`. 403 with code `service` for who is no person; 409 with code `not-approved` where there is nothing to end.",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RevokeRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review as it is then",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "409": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/reviews/{reviewId}/break-glass": {
      "post": {
        "operationId": "breakGlass",
        "summary": "Put what the review asks for in force for a day, before others have decided",
        "description": "Needs the permission `security-profiles.break-glass`. The review stays open and is then the review after the fact, which is due after three days; who broke the glass takes no part in it. 409 with code `closed`, `digest-changed` (with `changed`) or `already-broken`: there is no renewal.",
        "parameters": [
          {
            "$ref": "#/components/parameters/reviewId"
          },
          {
            "$ref": "#/components/parameters/idempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BreakGlassRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The review as it is then",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Review"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "409": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/summary": {
      "get": {
        "operationId": "getScorecardSummary",
        "summary": "How many entities are on target and at which level",
        "description": "Counts what the caller may read, and nothing else.",
        "parameters": [
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          }
        ],
        "responses": {
          "200": {
            "description": "The counts with what would help most",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ScorecardSummary"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/entities": {
      "get": {
        "operationId": "listScorecardEntities",
        "summary": "The entities behind any number of a scorecard",
        "description": "Entities that a workload belongs to, with the worst first unless asked otherwise.",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          },
          {
            "name": "sort",
            "in": "query",
            "description": "With \"-\" in front the other way round; \"target\" and \"level\" begin with the worst",
            "schema": {
              "type": "string",
              "enum": [
                "target",
                "-target",
                "level",
                "-level",
                "name",
                "-name",
                "owner",
                "-owner",
                "score",
                "-score",
                "finding",
                "-finding"
              ],
              "default": "target"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of entities",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ScorecardEntityPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/groups": {
      "get": {
        "operationId": "listScorecardGroups",
        "summary": "Entities by owner, system, environment or class",
        "description": "Without a parent the groups at the top of the tree of owners. A group counts what it owns and what groups below it own, each entity once.",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          },
          {
            "name": "by",
            "in": "query",
            "schema": {
              "type": "string",
              "enum": [
                "owner",
                "system",
                "environment",
                "class"
              ],
              "default": "owner"
            }
          },
          {
            "name": "parent",
            "in": "query",
            "description": "The groups directly below this one; only for owners",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of groups, the one with most below target first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ScorecardGroupPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/findings": {
      "get": {
        "operationId": "listScorecardFindings",
        "summary": "In how many entities each finding stands",
        "description": "Findings that fail, warn or are unknown somewhere.",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of findings, most severe first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ScorecardFindingPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/elevated": {
      "get": {
        "operationId": "listElevated",
        "summary": "Who can see everything",
        "description": "Containers of AI agents and eBPF collectors, and those with an elevation of critical or high risk.",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of containers, highest risk first",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ElevatedPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/scorecards/export": {
      "get": {
        "operationId": "exportScorecard",
        "summary": "One table of the scorecards as CSV",
        "description": "The whole table with the same filters and rights as the list of the same name, streamed. What a spreadsheet would take for a formula begins with an apostrophe.",
        "parameters": [
          {
            "name": "table",
            "in": "query",
            "schema": {
              "type": "string",
              "enum": [
                "entities",
                "groups",
                "findings",
                "elevated"
              ],
              "default": "entities"
            }
          },
          {
            "$ref": "#/components/parameters/scorecardText"
          },
          {
            "$ref": "#/components/parameters/scorecardEnvironment"
          },
          {
            "$ref": "#/components/parameters/scorecardLevel"
          },
          {
            "$ref": "#/components/parameters/scorecardTarget"
          },
          {
            "$ref": "#/components/parameters/scorecardApproval"
          },
          {
            "$ref": "#/components/parameters/scorecardClass"
          },
          {
            "$ref": "#/components/parameters/scorecardOwner"
          },
          {
            "$ref": "#/components/parameters/scorecardSystem"
          },
          {
            "$ref": "#/components/parameters/scorecardFinding"
          },
          {
            "$ref": "#/components/parameters/scorecardCluster"
          }
        ],
        "responses": {
          "200": {
            "description": "The table",
            "content": {
              "text/csv": {
                "schema": {
                  "type": "string"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/audit/events": {
      "get": {
        "operationId": "listAuditEvents",
        "summary": "The record of approvals, newest first",
        "parameters": [
          {
            "$ref": "#/components/parameters/cursor"
          },
          {
            "$ref": "#/components/parameters/limit"
          },
          {
            "name": "actor",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          },
          {
            "name": "action",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "maxLength": 63
              },
              "maxItems": 20
            }
          },
          {
            "name": "reviewId",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 128
            }
          },
          {
            "name": "from",
            "in": "query",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of the record",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditEventPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/audit/verify": {
      "get": {
        "operationId": "verifyAudit",
        "summary": "Whether the record is as it was written",
        "description": "Reads the whole record. It is compared with the checkpoints in the database too; only those that were kept elsewhere prove something against the database's owner, see `security-profiles verify-audit`.",
        "responses": {
          "200": {
            "description": "What was found",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditVerification"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/audit/checkpoints": {
      "get": {
        "operationId": "listAuditCheckpoints",
        "summary": "Signed places of the record, oldest first",
        "responses": {
          "200": {
            "description": "The places, and the key that verifies them",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditCheckpointList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/audit/export": {
      "get": {
        "operationId": "exportAudit",
        "summary": "The whole record, oldest first, one row of JSON per line",
        "responses": {
          "200": {
            "description": "Rows as `security-profiles verify-audit` reads them",
            "content": {
              "application/x-ndjson": {
                "schema": {
                  "type": "string"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
  "components": {
    "parameters": {
      "scorecardText": {
        "name": "q",
        "in": "query",
        "description": "Part of the name or title",
        "schema": {
          "type": "string",
          "maxLength": 253
        }
      },
      "scorecardEnvironment": {
        "name": "environment",
        "in": "query",
        "description": "Levels in this environment, and entities that run there",
        "schema": {
          "type": "string",
          "maxLength": 253
        }
      },
      "scorecardLevel": {
        "name": "level",
        "in": "query",
        "schema": {
          "type": "array",
          "maxItems": 5,
          "items": {
            "type": "string",
            "enum": [
              "exposed",
              "accepted",
              "baseline",
              "profiled",
              "unknown"
            ]
          }
        }
      },
      "scorecardTarget": {
        "name": "target",
        "in": "query",
        "description": "\"none\": nothing is asked of it",
        "schema": {
          "type": "array",
          "maxItems": 4,
          "items": {
            "type": "string",
            "enum": [
              "yes",
              "no",
              "unknown",
              "none"
            ]
          }
        }
      },
      "scorecardApproval": {
        "name": "approval",
        "in": "query",
        "schema": {
          "type": "array",
          "maxItems": 7,
          "items": {
            "type": "string",
            "enum": [
              "approved",
              "partly",
              "pending",
              "stale",
              "missing",
              "not-required",
              "unknown"
            ]
          }
        }
      },
      "scorecardClass": {
        "name": "class",
        "in": "query",
        "schema": {
          "type": "array",
          "maxItems": 6,
          "items": {
            "type": "string",
            "enum": [
              "ordinary",
              "ai-agent",
              "ebpf-collector",
              "dataplane",
              "mesh",
              "operator"
            ]
          }
        }
      },
      "scorecardOwner": {
        "name": "owner",
        "in": "query",
        "description": "What this group or person owns, and what groups below it own",
        "schema": {
          "type": "string",
          "maxLength": 512
        }
      },
      "scorecardSystem": {
        "name": "system",
        "in": "query",
        "schema": {
          "type": "string",
          "maxLength": 512
        }
      },
      "scorecardFinding": {
        "name": "findingId",
        "in": "query",
        "description": "Entities in which this finding fails, warns or is unknown",
        "schema": {
          "type": "string",
          "maxLength": 128
        }
      },
      "scorecardCluster": {
        "name": "cluster",
        "in": "query",
        "description": "Entities with a workload in the cluster of this name",
        "schema": {
          "type": "string",
          "maxLength": 253
        }
      },
      "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "From `pageInfo` of the page before; ends with the answer's sort and filter",
        "schema": {
          "type": "string",
          "maxLength": 1024
        }
      },
      "limit": {
        "name": "limit",
        "in": "query",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 200,
          "default": 50
        }
      },
      "clusterId": {
        "name": "clusterId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 128
        }
      },
      "profileId": {
        "name": "profileId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 128
        }
      },
      "reviewId": {
        "name": "reviewId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 128
        }
      },
      "idempotencyKey": {
        "name": "idempotency-key",
        "in": "header",
        "description": "The same key of the same caller is carried out once",
        "schema": {
          "type": "string",
          "minLength": 8,
          "maxLength": 128
        }
      }
    },
    "responses": {
      "Error": {
        "description": "An error",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            }
          }
        }
      }
    },
    "schemas": {
      "Error": {
        "type": "object",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              },
              "code": {
                "type": "string",
                "description": "Stable: invalid-request, unauthenticated, forbidden, entity-not-found, not-found, conflict, digest-changed, already-open, already-approved, unresolved, closed, own-review, not-eligible, service"
              },
              "reviewId": {
                "type": "string",
                "description": "For already-open, already-approved and closed: the review to look at"
              },
              "changed": {
                "type": "object",
                "description": "For digest-changed, what the caller read and what is in force now",
                "required": [
                  "expected",
                  "observed"
                ],
                "properties": {
                  "expected": {
                    "type": "string"
                  },
                  "observed": {
                    "type": [
                      "string",
                      "null"
                    ]
                  },
                  "class": {
                    "type": "string",
                    "description": "Where both are known: identical | cosmetic | narrower | wider | mode-relaxed | incomparable"
                  },
                  "lines": {
                    "type": "array",
                    "maxItems": 20,
                    "items": {
                      "$ref": "#/components/schemas/ComparisonLine"
                    }
                  }
                }
              },
              "fields": {
                "type": "array",
                "description": "For bad input, which field of the request and why",
                "items": {
                  "type": "object",
                  "required": [
                    "field",
                    "message"
                  ],
                  "properties": {
                    "field": {
                      "type": "string"
                    },
                    "message": {
                      "type": "string"
                    }
                  }
                }
              }
            }
          }
        }
      },
      "PageInfo": {
        "type": "object",
        "properties": {
          "nextCursor": {
            "type": "string"
          },
          "prevCursor": {
            "type": "string"
          }
        }
      },
      "Level": {
        "type": "string",
        "description": "exposed | accepted | baseline | profiled | unknown"
      },
      "ApprovalSummary": {
        "type": "string",
        "description": "approved | partly | pending | stale | missing | not-required | unknown"
      },
      "SourceState": {
        "type": "string",
        "description": "fresh | stale | forbidden | unreachable | failed | not-installed | not-collected"
      },
      "Source": {
        "type": "object",
        "description": "How fresh the facts of one resource of one cluster are",
        "required": [
          "cluster",
          "resource",
          "state",
          "since"
        ],
        "properties": {
          "cluster": {
            "type": "string",
            "description": "Name of the cluster"
          },
          "resource": {
            "type": "string",
            "description": "Plural with group, as \"pods\" or \"seccompprofiles.security-profiles-operator.x-k8s.io\""
          },
          "state": {
            "$ref": "#/components/schemas/SourceState"
          },
          "since": {
            "type": "string",
            "format": "date-time",
            "description": "When this state began; for fresh",
            "the time of the newest facts": null
          },
          "lastFresh": {
            "type": "string",
            "format": "date-time",
            "description": "Time of the newest facts that are held"
          },
          "count": {
            "type": "integer",
            "description": "Objects held"
          },
          "reason": {
            "type": "string"
          },
          "missingRule": {
            "type": "object",
            "description": "For forbidden, the rule that the reader's ClusterRole lacks",
            "required": [
              "apiGroups",
              "resources",
              "verbs"
            ],
            "properties": {
              "apiGroups": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "resources": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "resourceNames": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "verbs": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "Headline": {
        "type": "object",
        "description": "The sentence above everything, as a key of the translation and its parameters",
        "required": [
          "key",
          "params"
        ],
        "properties": {
          "key": {
            "type": "string"
          },
          "params": {
            "type": "object",
            "additionalProperties": {
              "type": [
                "string",
                "number"
              ]
            }
          },
          "cause": {
            "type": "object",
            "description": "A second sentence that says why, where the first only compares clusters",
            "required": [
              "key",
              "params"
            ],
            "properties": {
              "key": {
                "type": "string"
              },
              "params": {
                "type": "object",
                "additionalProperties": {
                  "type": [
                    "string",
                    "number"
                  ]
                }
              }
            }
          }
        }
      },
      "Evidence": {
        "type": "object",
        "properties": {
          "cluster": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "workload": {
            "type": "string",
            "description": "Kind and name, as \"Deployment payments\""
          },
          "container": {
            "type": "string"
          },
          "field": {
            "type": "string",
            "description": "Path in the object, as \"spec.template.spec.containers[api].securityContext.privileged\""
          },
          "value": {
            "type": "string"
          }
        }
      },
      "Fix": {
        "type": "object",
        "required": [
          "text"
        ],
        "properties": {
          "text": {
            "type": "string"
          },
          "patch": {
            "type": "object",
            "required": [
              "format",
              "body"
            ],
            "properties": {
              "format": {
                "type": "string",
                "description": "yaml"
              },
              "body": {
                "type": "string"
              }
            }
          }
        }
      },
      "Finding": {
        "type": "object",
        "required": [
          "id",
          "status",
          "severity",
          "responsible",
          "title",
          "reason",
          "evidenceTotal",
          "evidence",
          "fixes"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "description": "pass | warn | fail | unknown | not-applicable"
          },
          "severity": {
            "type": "string",
            "description": "critical | high | medium | low"
          },
          "responsible": {
            "type": "string",
            "description": "owner | platform | cluster"
          },
          "counts": {
            "description": "now, or the time from which it counts; until then it is scheduled: shown and charged nothing",
            "oneOf": [
              {
                "type": "string"
              },
              {
                "type": "object",
                "required": [
                  "from"
                ],
                "properties": {
                  "from": {
                    "type": "string",
                    "format": "date-time"
                  }
                }
              }
            ]
          },
          "waiver": {
            "type": "object",
            "required": [
              "reviewId",
              "until"
            ],
            "properties": {
              "reviewId": {
                "type": "string"
              },
              "until": {
                "type": "string",
                "format": "date-time"
              }
            }
          },
          "title": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "evidenceTotal": {
            "type": "integer"
          },
          "evidence": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/Evidence"
            }
          },
          "fixes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Fix"
            }
          }
        }
      },
      "NextStep": {
        "type": "object",
        "required": [
          "findingId",
          "severity",
          "text"
        ],
        "properties": {
          "findingId": {
            "type": "string"
          },
          "severity": {
            "type": "string"
          },
          "text": {
            "type": "string"
          },
          "action": {
            "type": "object",
            "required": [
              "kind"
            ],
            "properties": {
              "kind": {
                "type": "string",
                "description": "request-review | vote | copy-patch | open"
              },
              "ref": {
                "type": "string"
              },
              "patch": {
                "type": "object",
                "required": [
                  "format",
                  "body"
                ],
                "properties": {
                  "format": {
                    "type": "string"
                  },
                  "body": {
                    "type": "string"
                  }
                }
              }
            }
          }
        }
      },
      "ScorePart": {
        "type": "object",
        "required": [
          "findingId",
          "status",
          "points"
        ],
        "properties": {
          "findingId": {
            "type": "string"
          },
          "status": {
            "type": "string"
          },
          "points": {
            "type": "number",
            "description": "What this finding takes from 100; 0 when it does not count"
          },
          "because": {
            "type": "string",
            "description": "Why it takes these points, as a sentence"
          },
          "atMost": {
            "type": "number",
            "description": "Points that it would take if what is unknown turned out bad"
          }
        }
      },
      "Installed": {
        "type": "object",
        "description": "On how many of the nodes that the operator serves the profile is installed",
        "required": [
          "nodes",
          "of",
          "missingTotal",
          "missing"
        ],
        "properties": {
          "nodes": {
            "type": "integer"
          },
          "of": {
            "type": "integer"
          },
          "missingTotal": {
            "type": "integer"
          },
          "missing": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "string"
            }
          }
        }
      },
      "ProfileApproval": {
        "type": "object",
        "required": [
          "state",
          "viewerMay"
        ],
        "properties": {
          "state": {
            "type": "string"
          },
          "reviewId": {
            "type": "string"
          },
          "expiresAt": {
            "type": "string",
            "format": "date-time"
          },
          "viewerMay": {
            "type": "array",
            "items": {
              "type": "string",
              "description": "request-review | vote | withdraw | open"
            }
          },
          "environment": {
            "type": "string",
            "description": "Where it is decided"
          },
          "because": {
            "type": "string",
            "description": "Why it is stale or cannot be approved"
          },
          "whyNot": {
            "type": "string",
            "description": "Why the caller may neither ask nor vote"
          }
        }
      },
      "PostureProfile": {
        "type": "object",
        "required": [
          "id",
          "cluster",
          "kind",
          "name",
          "mode",
          "sourceDigest",
          "effectiveDigest",
          "resolution",
          "installed",
          "approval"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "mode": {
            "type": "string",
            "description": "enforcing | permissive | complain | allows-by-default | logs-by-default | disabled | unknown"
          },
          "sourceDigest": {
            "type": "string"
          },
          "effectiveDigest": {
            "type": [
              "string",
              "null"
            ]
          },
          "resolution": {
            "type": "string",
            "description": "own | base-chain | annotation | pinned | unresolved"
          },
          "installed": {
            "$ref": "#/components/schemas/Installed"
          },
          "approval": {
            "$ref": "#/components/schemas/ProfileApproval"
          }
        }
      },
      "Confinement": {
        "type": "object",
        "required": [
          "state",
          "setBy",
          "value",
          "inForce"
        ],
        "properties": {
          "state": {
            "type": "string",
            "description": "profile | runtime-default | unconfined | unset | dangling | foreign | ambiguous | sandboxed | not-applicable | unknown"
          },
          "setBy": {
            "type": "string",
            "description": "container | pod | annotation | none"
          },
          "field": {
            "type": "string",
            "description": "Path of the field that decided"
          },
          "value": {
            "type": "string",
            "description": "What the pod says, as \"Localhost operator/payments.json\"; empty when nothing is set"
          },
          "profileId": {
            "type": "string"
          },
          "profileName": {
            "type": "string"
          },
          "inForce": {
            "type": "string",
            "description": "yes | no | will-not-start | unknown"
          },
          "because": {
            "type": "string"
          },
          "missingOn": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "string"
            },
            "description": "Nodes that lack the profile and run or could run this container"
          },
          "missingTotal": {
            "type": "integer",
            "description": "All of them, where some are missing"
          },
          "binding": {
            "description": "The profile binding that most likely set it; no mark on a pod tells it",
            "type": "object",
            "required": [
              "namespace",
              "name",
              "because"
            ],
            "properties": {
              "namespace": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "over": {
                "type": "string",
                "description": "What the template says instead; absent where it says nothing or none is known"
              },
              "because": {
                "type": "string"
              }
            }
          }
        }
      },
      "Elevation": {
        "type": "object",
        "required": [
          "id",
          "field",
          "value",
          "risk"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "field": {
            "type": "string"
          },
          "value": {
            "type": "string"
          },
          "risk": {
            "type": "string",
            "description": "critical | high | medium | low"
          },
          "because": {
            "type": "string"
          },
          "syscalls": {
            "type": "array",
            "description": "Of calls beyond RuntimeDefault that a profile allows, which",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "Container": {
        "type": "object",
        "required": [
          "name",
          "type",
          "origin",
          "image",
          "pods",
          "level",
          "confinement",
          "elevations"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "description": "init | sidecar | main | ephemeral"
          },
          "origin": {
            "type": "string",
            "description": "declared | injected"
          },
          "image": {
            "type": "string"
          },
          "pods": {
            "type": "integer"
          },
          "level": {
            "$ref": "#/components/schemas/Level"
          },
          "runtime": {
            "type": "object",
            "required": [
              "class"
            ],
            "properties": {
              "class": {
                "type": "string"
              },
              "handler": {
                "type": "string"
              }
            }
          },
          "confinement": {
            "type": "object",
            "required": [
              "seccomp",
              "appArmor",
              "seLinux"
            ],
            "properties": {
              "seccomp": {
                "$ref": "#/components/schemas/Confinement"
              },
              "appArmor": {
                "$ref": "#/components/schemas/Confinement"
              },
              "seLinux": {
                "$ref": "#/components/schemas/Confinement"
              }
            }
          },
          "elevations": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Elevation"
            }
          },
          "grant": {
            "type": "object",
            "required": [
              "digest",
              "approval"
            ],
            "properties": {
              "digest": {
                "type": "string",
                "description": "Of all that the container asks for; a grant is for this digest and ends with it"
              },
              "approval": {
                "type": "string"
              }
            }
          },
          "recording": {
            "description": "A recording that runs on it; with \"logs\" it is unconfined in effect",
            "type": "object",
            "required": [
              "name",
              "mechanism",
              "recorder"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "mechanism": {
                "type": "string",
                "description": "seccomp | appArmor | seLinux"
              },
              "recorder": {
                "type": "string",
                "description": "logs | bpf"
              }
            }
          },
          "revision": {
            "description": "Which content of its seccomp profile it was started with; absent where it runs under none of its own",
            "type": "object",
            "required": [
              "state"
            ],
            "properties": {
              "state": {
                "type": "string",
                "description": "present | older | unknown"
              },
              "startedAt": {
                "type": "string",
                "format": "date-time"
              },
              "because": {
                "type": "string"
              }
            }
          },
          "collector": {
            "type": "object",
            "description": "Compared with what the makers of a known collector have it ask for",
            "required": [
              "name",
              "verdict",
              "extras",
              "source"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "verdict": {
                "type": "string",
                "description": "lean | as-designed | could-be-leaner | beyond-need"
              },
              "extras": {
                "type": "array",
                "description": "What it asks for beyond their default",
                "items": {
                  "type": "object",
                  "required": [
                    "value",
                    "field"
                  ],
                  "properties": {
                    "value": {
                      "type": "string"
                    },
                    "field": {
                      "type": "string"
                    }
                  }
                }
              },
              "how": {
                "type": "string",
                "description": "How to run it with less, where its makers say how"
              },
              "source": {
                "type": "string"
              }
            }
          }
        }
      },
      "Workload": {
        "type": "object",
        "required": [
          "id",
          "cluster",
          "environment",
          "namespace",
          "kind",
          "name",
          "class",
          "basis",
          "pods",
          "claim",
          "claimedByOthers",
          "containers"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "class": {
            "type": "object",
            "required": [
              "value",
              "confidence",
              "because"
            ],
            "properties": {
              "value": {
                "type": "string",
                "description": "ordinary | ai-agent | ebpf-collector | dataplane | mesh | operator"
              },
              "confidence": {
                "type": "string",
                "description": "certain | likely | guess"
              },
              "because": {
                "type": "string"
              },
              "saidBy": {
                "type": "string",
                "description": "cluster | entity | config; what only the entity says raises the class and excepts from nothing"
              }
            }
          },
          "basis": {
            "type": "string",
            "description": "live | template"
          },
          "pods": {
            "type": "integer"
          },
          "claim": {
            "type": "string",
            "description": "confirmed | asserted"
          },
          "claimedByOthers": {
            "type": "integer",
            "description": "How many other entities claim it too"
          },
          "containers": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Container"
            }
          }
        }
      },
      "CiliumVersions": {
        "type": "object",
        "required": [
          "versions",
          "nodesWithout",
          "line",
          "patchesBehind"
        ],
        "properties": {
          "versions": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "version",
                "nodes"
              ],
              "properties": {
                "version": {
                  "type": "string",
                  "description": "As \"1.19.7\", or \"unknown\""
                },
                "nodes": {
                  "type": "integer"
                },
                "names": {
                  "type": "array",
                  "maxItems": 20,
                  "items": {
                    "type": "string"
                  }
                },
                "source": {
                  "type": "string",
                  "description": "digest | tag | status | label | none"
                }
              }
            }
          },
          "nodesWithout": {
            "type": "integer",
            "description": "Linux nodes with no agent"
          },
          "line": {
            "type": "object",
            "required": [
              "name",
              "state"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "state": {
                "type": "string",
                "description": "maintained | last-maintained | ended | vendor | unknown"
              },
              "until": {
                "type": "string",
                "description": "The day on which the line ended",
                "when it has": null
              }
            }
          },
          "patchesBehind": {
            "type": [
              "integer",
              "null"
            ]
          }
        }
      },
      "CiliumRollOut": {
        "type": "object",
        "required": [
          "state",
          "wanted",
          "because"
        ],
        "properties": {
          "state": {
            "type": "string",
            "description": "done | rolling | stuck | waits | unknown"
          },
          "wanted": {
            "type": "string"
          },
          "desired": {
            "type": "integer"
          },
          "updated": {
            "type": "integer"
          },
          "ready": {
            "type": "integer"
          },
          "strategy": {
            "type": "string"
          },
          "lastChange": {
            "type": "string"
          },
          "stuckAt": {
            "type": "string"
          },
          "because": {
            "type": "string"
          }
        }
      },
      "CiliumPlan": {
        "type": "object",
        "description": "What the cluster's owner plans",
        "required": [
          "version",
          "date",
          "by",
          "reason",
          "notedAt",
          "state"
        ],
        "properties": {
          "version": {
            "type": "string"
          },
          "date": {
            "type": "string",
            "format": "date"
          },
          "by": {
            "type": "string",
            "description": "Ref of who noted it"
          },
          "reason": {
            "type": "string"
          },
          "notedAt": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "type": "string",
            "description": "planned | late | done"
          }
        }
      },
      "CiliumPlanRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "version",
          "date",
          "reason"
        ],
        "properties": {
          "version": {
            "type": "string",
            "maxLength": 64,
            "pattern": "^\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}(-[0-9A-Za-z.]{1,40})?$",
            "description": "As \"1.19.8\""
          },
          "date": {
            "type": "string",
            "format": "date"
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          }
        }
      },
      "CiliumAdvisoryCounts": {
        "type": "object",
        "required": [
          "applies",
          "maybe",
          "unknown"
        ],
        "properties": {
          "applies": {
            "type": "integer"
          },
          "maybe": {
            "type": "integer"
          },
          "unknown": {
            "type": "integer"
          },
          "notAffected": {
            "type": "integer"
          }
        }
      },
      "CiliumAdvisory": {
        "type": "object",
        "description": "What one advisory means for one cluster",
        "required": [
          "id",
          "aliases",
          "severity",
          "title",
          "verdict",
          "because",
          "decidedBy",
          "versions",
          "nodes",
          "names"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "aliases": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "severity": {
            "type": "string",
            "description": "critical | high | medium | low | unknown"
          },
          "title": {
            "type": "string"
          },
          "published": {
            "type": "string",
            "description": "Day or month"
          },
          "url": {
            "type": "string"
          },
          "verdict": {
            "type": "string",
            "description": "applies | applies-if | not-affected | unknown"
          },
          "because": {
            "type": "string"
          },
          "decidedBy": {
            "type": "array",
            "description": "Settings that decide",
            "items": {
              "type": "object",
              "required": [
                "key",
                "value"
              ],
              "properties": {
                "key": {
                  "type": "string"
                },
                "value": {
                  "type": "string"
                }
              }
            }
          },
          "fixedIn": {
            "type": "string"
          },
          "versions": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "nodes": {
            "type": "integer"
          },
          "names": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "string"
            }
          }
        }
      },
      "CiliumAdvisoryPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo",
          "servedAt",
          "counts"
        ],
        "properties": {
          "servedAt": {
            "type": "string",
            "format": "date-time"
          },
          "asOf": {
            "type": "string"
          },
          "counts": {
            "$ref": "#/components/schemas/CiliumAdvisoryCounts"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CiliumAdvisory"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "CiliumUpgradeStep": {
        "type": "object",
        "required": [
          "from",
          "to",
          "kind",
          "obstacles",
          "notes",
          "before",
          "after",
          "links"
        ],
        "properties": {
          "from": {
            "type": "string"
          },
          "to": {
            "type": "string"
          },
          "kind": {
            "type": "string",
            "description": "patch | minor"
          },
          "obstacles": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "text"
              ],
              "properties": {
                "kind": {
                  "type": "string",
                  "description": "kernel | kubernetes"
                },
                "text": {
                  "type": "string"
                },
                "nodes": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          },
          "notes": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "before": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "after": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "links": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "text",
                "url"
              ],
              "properties": {
                "text": {
                  "type": "string"
                },
                "url": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "CiliumFit": {
        "type": "object",
        "required": [
          "state",
          "because"
        ],
        "properties": {
          "state": {
            "type": "string"
          },
          "because": {
            "type": "string"
          }
        }
      },
      "CiliumDataplane": {
        "description": "Everything that is said of one cluster's Cilium",
        "type": "object",
        "required": [
          "without",
          "notReady",
          "notReadyTotal",
          "operator",
          "kernel",
          "kubernetes",
          "settings",
          "config",
          "auditMode",
          "path",
          "disagreements",
          "feed"
        ],
        "properties": {
          "support": {
            "type": "string",
            "description": "Who supports a vendor's build"
          },
          "prepared": {
            "type": "string",
            "description": "Version that a pre-flight check prepares"
          },
          "without": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "object",
              "required": [
                "name",
                "because"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "because": {
                  "type": "string"
                }
              }
            }
          },
          "notReady": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "object",
              "required": [
                "name",
                "version"
              ],
              "properties": {
                "name": {
                  "type": "string"
                },
                "version": {
                  "type": "string",
                  "description": "What ran there last"
                }
              }
            }
          },
          "notReadyTotal": {
            "type": "integer"
          },
          "operator": {
            "type": "object",
            "required": [
              "state",
              "because"
            ],
            "properties": {
              "state": {
                "type": "string",
                "description": "same | differs | rolling | unknown | not-applicable"
              },
              "version": {
                "type": "string"
              },
              "desired": {
                "type": "integer"
              },
              "ready": {
                "type": "integer"
              },
              "because": {
                "type": "string"
              }
            }
          },
          "kernel": {
            "type": "object",
            "required": [
              "state",
              "problems"
            ],
            "properties": {
              "state": {
                "type": "string",
                "description": "fits | unfit | known-bad | unknown | not-applicable"
              },
              "problems": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "state",
                    "because",
                    "nodes",
                    "names"
                  ],
                  "properties": {
                    "state": {
                      "type": "string"
                    },
                    "because": {
                      "type": "string"
                    },
                    "nodes": {
                      "type": "integer"
                    },
                    "names": {
                      "type": "array",
                      "items": {
                        "type": "string"
                      }
                    }
                  }
                }
              }
            }
          },
          "kubernetes": {
            "$ref": "#/components/schemas/CiliumFit"
          },
          "settings": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "key",
                "meaning",
                "state"
              ],
              "properties": {
                "key": {
                  "type": "string"
                },
                "meaning": {
                  "type": "string"
                },
                "value": {
                  "type": "string"
                },
                "state": {
                  "type": "string",
                  "description": "set | default | not-live | unknown"
                },
                "overrides": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          },
          "settingsReason": {
            "type": "string"
          },
          "config": {
            "type": "object",
            "required": [
              "state",
              "olderAgents",
              "names"
            ],
            "properties": {
              "state": {
                "type": "string",
                "description": "live | not-live | unknown"
              },
              "changedAt": {
                "type": "string"
              },
              "olderAgents": {
                "type": "integer"
              },
              "names": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            }
          },
          "auditMode": {
            "type": "string",
            "description": "on | off | unknown"
          },
          "path": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CiliumUpgradeStep"
            }
          },
          "disagreements": {
            "type": "array",
            "description": "Nodes whose tag names another version than their digest",
            "items": {
              "type": "object",
              "required": [
                "tag",
                "version",
                "names"
              ],
              "properties": {
                "tag": {
                  "type": "string"
                },
                "version": {
                  "type": "string"
                },
                "names": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          },
          "feed": {
            "type": "object",
            "required": [
              "releases",
              "advisories"
            ],
            "properties": {
              "releases": {
                "$ref": "#/components/schemas/CiliumFeedAge"
              },
              "advisories": {
                "$ref": "#/components/schemas/CiliumFeedAge"
              }
            }
          }
        }
      },
      "CiliumFeedAge": {
        "type": "object",
        "required": [
          "state"
        ],
        "properties": {
          "state": {
            "type": "string",
            "description": "fresh | old | none"
          },
          "asOf": {
            "type": "string"
          },
          "days": {
            "type": "integer"
          }
        }
      },
      "ClusterDetail": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Cluster"
          },
          {
            "type": "object",
            "required": [
              "dataplane",
              "viewerMay"
            ],
            "properties": {
              "dataplane": {
                "description": "null where no agent of Cilium runs",
                "anyOf": [
                  {
                    "$ref": "#/components/schemas/CiliumDataplane"
                  },
                  {
                    "type": "null"
                  }
                ]
              },
              "viewerMay": {
                "type": "array",
                "description": "plan: note a planned patch date",
                "items": {
                  "type": "string"
                }
              }
            }
          }
        ]
      },
      "ReleaseLines": {
        "type": "object",
        "required": [
          "servedAt",
          "feeds",
          "lines"
        ],
        "properties": {
          "servedAt": {
            "type": "string",
            "format": "date-time"
          },
          "feeds": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "kind",
                "asOf",
                "source",
                "state",
                "age"
              ],
              "properties": {
                "kind": {
                  "type": "string",
                  "description": "releases | advisories"
                },
                "asOf": {
                  "type": "string"
                },
                "source": {
                  "type": "string",
                  "description": "\"bundled\", or the host or file it was read from"
                },
                "fetchedAt": {
                  "type": "string"
                },
                "state": {
                  "type": "string",
                  "description": "fresh | failed | unreachable | rate-limited | unusable | not-configured | not-collected"
                },
                "triedAt": {
                  "type": "string"
                },
                "reason": {
                  "type": "string"
                },
                "age": {
                  "$ref": "#/components/schemas/CiliumFeedAge"
                }
              }
            }
          },
          "lines": {
            "type": "array",
            "description": "Minors with a stable release, newest first",
            "items": {
              "$ref": "#/components/schemas/ReleaseLine"
            }
          }
        }
      },
      "ReleaseLine": {
        "type": "object",
        "required": [
          "name",
          "since",
          "state",
          "newest",
          "patches"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "since": {
            "type": "string",
            "format": "date"
          },
          "state": {
            "type": "string",
            "description": "maintained | last-maintained | ended | unknown"
          },
          "until": {
            "type": "string",
            "format": "date"
          },
          "endsWith": {
            "type": "string",
            "description": "Minor with whose first release the line ends"
          },
          "endEstimate": {
            "type": "string",
            "format": "date"
          },
          "newest": {
            "type": "object",
            "required": [
              "version",
              "date"
            ],
            "properties": {
              "version": {
                "type": "string"
              },
              "date": {
                "type": "string",
                "format": "date"
              }
            }
          },
          "patches": {
            "type": "integer"
          }
        }
      },
      "PostureCilium": {
        "allOf": [
          {
            "$ref": "#/components/schemas/CiliumVersions"
          },
          {
            "type": "object",
            "properties": {
              "advisories": {
                "$ref": "#/components/schemas/CiliumAdvisoryCounts"
              },
              "applying": {
                "type": "array",
                "description": "Ids of advisories that apply",
                "maxItems": 5,
                "items": {
                  "type": "string"
                }
              },
              "rollOut": {
                "$ref": "#/components/schemas/CiliumRollOut"
              },
              "plan": {
                "$ref": "#/components/schemas/CiliumPlan"
              },
              "auditMode": {
                "type": "string",
                "description": "on | off | unknown"
              }
            }
          }
        ]
      },
      "PostureDataplane": {
        "type": "object",
        "required": [
          "cluster",
          "cilium"
        ],
        "properties": {
          "cluster": {
            "type": "string"
          },
          "clusterId": {
            "type": "string"
          },
          "cilium": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/PostureCilium"
              },
              {
                "type": "null"
              }
            ]
          },
          "reason": {
            "type": "string",
            "description": "Why nothing can be said"
          },
          "releasesAsOf": {
            "type": "string",
            "format": "date"
          }
        }
      },
      "Matching": {
        "type": "object",
        "description": "How workloads are looked for, and what came of it",
        "required": [
          "selectors",
          "clusters"
        ],
        "properties": {
          "selectors": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "labelSelector"
              ],
              "properties": {
                "labelSelector": {
                  "type": "string"
                },
                "namespace": {
                  "type": "string"
                },
                "cluster": {
                  "type": "string"
                },
                "from": {
                  "type": "string",
                  "description": "Which annotation says so, or \"name\" when none does"
                }
              }
            }
          },
          "clusters": {
            "type": "integer"
          },
          "nearMisses": {
            "type": "array",
            "maxItems": 5,
            "items": {
              "type": "object",
              "required": [
                "cluster",
                "namespace",
                "kind",
                "name"
              ],
              "properties": {
                "cluster": {
                  "type": "string"
                },
                "namespace": {
                  "type": "string"
                },
                "kind": {
                  "type": "string"
                },
                "name": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "Posture": {
        "type": "object",
        "required": [
          "entityRef",
          "assessedAt",
          "servedAt",
          "rules",
          "level",
          "score",
          "approval",
          "target",
          "headline",
          "counts",
          "scoreParts",
          "scopes",
          "coverage",
          "findings",
          "nextSteps",
          "profiles",
          "workloads",
          "dataplane",
          "sources",
          "matching"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "assessedAt": {
            "type": "string",
            "format": "date-time"
          },
          "servedAt": {
            "type": "string",
            "format": "date-time",
            "description": "The time of this answer by the portal; ages count from it, since the clock of a viewer, or of a demo, may differ"
          },
          "rules": {
            "type": "string",
            "description": "Id of the ruleset that judged"
          },
          "level": {
            "$ref": "#/components/schemas/Level"
          },
          "score": {
            "type": [
              "number",
              "null"
            ]
          },
          "lowestScore": {
            "type": [
              "number",
              "null"
            ],
            "description": "The score if everything that is unknown turned out bad"
          },
          "approval": {
            "$ref": "#/components/schemas/ApprovalSummary"
          },
          "target": {
            "type": "object",
            "required": [
              "level",
              "met",
              "because"
            ],
            "properties": {
              "level": {
                "type": [
                  "string",
                  "null"
                ],
                "description": "null where no target applies"
              },
              "met": {
                "type": "string",
                "description": "yes | no | unknown"
              },
              "because": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            }
          },
          "headline": {
            "$ref": "#/components/schemas/Headline"
          },
          "counts": {
            "type": "object",
            "required": [
              "pass",
              "warn",
              "fail",
              "unknown",
              "notApplicable",
              "waived",
              "containers",
              "containersWithProblems"
            ],
            "properties": {
              "pass": {
                "type": "integer"
              },
              "warn": {
                "type": "integer"
              },
              "fail": {
                "type": "integer"
              },
              "unknown": {
                "type": "integer"
              },
              "notApplicable": {
                "type": "integer"
              },
              "waived": {
                "type": "integer"
              },
              "scheduled": {
                "type": "integer",
                "description": "Findings that warn or fail and do not count yet; they are in no other figure"
              },
              "containers": {
                "type": "integer"
              },
              "containersWithProblems": {
                "type": "integer"
              }
            }
          },
          "scoreParts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ScorePart"
            }
          },
          "scopes": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "environment",
                "clusters",
                "level",
                "approval",
                "score",
                "counted"
              ],
              "properties": {
                "environment": {
                  "type": "string"
                },
                "clusters": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                },
                "level": {
                  "$ref": "#/components/schemas/Level"
                },
                "approval": {
                  "$ref": "#/components/schemas/ApprovalSummary"
                },
                "score": {
                  "type": [
                    "number",
                    "null"
                  ]
                },
                "counted": {
                  "type": "boolean"
                }
              }
            }
          },
          "coverage": {
            "type": "object",
            "required": [
              "clusters",
              "basis"
            ],
            "properties": {
              "clusters": {
                "type": "object",
                "required": [
                  "matched",
                  "fresh",
                  "stale",
                  "notCollected"
                ],
                "properties": {
                  "matched": {
                    "type": "integer"
                  },
                  "fresh": {
                    "type": "integer"
                  },
                  "stale": {
                    "type": "integer"
                  },
                  "notCollected": {
                    "type": "integer"
                  }
                }
              },
              "basis": {
                "type": "string",
                "description": "live | template | mixed | none"
              }
            }
          },
          "findings": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Finding"
            }
          },
          "nextSteps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/NextStep"
            }
          },
          "profiles": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PostureProfile"
            }
          },
          "workloads": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Workload"
            }
          },
          "dataplane": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PostureDataplane"
            }
          },
          "sources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Source"
            }
          },
          "matching": {
            "$ref": "#/components/schemas/Matching"
          }
        }
      },
      "Cluster": {
        "type": "object",
        "required": [
          "id",
          "name",
          "environment",
          "kubernetes",
          "nodes",
          "services",
          "spo",
          "cilium",
          "state",
          "servedAt",
          "sources"
        ],
        "properties": {
          "servedAt": {
            "type": "string",
            "format": "date-time",
            "description": "As in a posture"
          },
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "tls": {
            "type": "string",
            "description": "verified | not-verified: whether the server is who it says; absent where there is no TLS or it is not known"
          },
          "kubernetes": {
            "type": [
              "string",
              "null"
            ],
            "description": "Version of the API server, as \"v1.33.1\""
          },
          "nodes": {
            "type": "integer"
          },
          "services": {
            "type": "integer",
            "description": "Entities that the caller may read with a workload here"
          },
          "state": {
            "$ref": "#/components/schemas/SourceState"
          },
          "reason": {
            "type": "string"
          },
          "asOf": {
            "type": "string",
            "format": "date-time",
            "description": "Time of the oldest facts that the newest answer rests on"
          },
          "spo": {
            "type": "object",
            "required": [
              "version",
              "state"
            ],
            "properties": {
              "version": {
                "type": [
                  "string",
                  "null"
                ]
              },
              "versionFrom": {
                "type": "string",
                "description": "image | csv | label | api: what says the version; from the API it is a range, as \"1.0 or later\""
              },
              "state": {
                "$ref": "#/components/schemas/SourceState"
              },
              "profiles": {
                "type": "integer"
              },
              "namespace": {
                "type": "string"
              },
              "health": {
                "$ref": "#/components/schemas/OperatorHealth"
              },
              "hardening": {
                "description": "Its switches, in the order in which they matter; empty where it is not installed",
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/OperatorSwitch"
                }
              }
            }
          },
          "cilium": {
            "allOf": [
              {
                "$ref": "#/components/schemas/CiliumVersions"
              },
              {
                "type": "object",
                "required": [
                  "state"
                ],
                "properties": {
                  "advisories": {
                    "$ref": "#/components/schemas/CiliumAdvisoryCounts"
                  },
                  "rollOut": {
                    "$ref": "#/components/schemas/CiliumRollOut"
                  },
                  "plan": {
                    "$ref": "#/components/schemas/CiliumPlan"
                  },
                  "newest": {
                    "type": "string",
                    "description": "Newest known patch of the line"
                  },
                  "daysBehind": {
                    "type": "integer"
                  },
                  "kernel": {
                    "type": "string",
                    "description": "As in CiliumDataplane"
                  },
                  "kubernetesFit": {
                    "type": "string",
                    "description": "tested | untested | unknown"
                  },
                  "operator": {
                    "type": "string",
                    "description": "As in CiliumDataplane"
                  },
                  "auditMode": {
                    "type": "string",
                    "description": "on | off | unknown"
                  },
                  "configState": {
                    "type": "string",
                    "description": "live | not-live | unknown"
                  },
                  "advisoriesAsOf": {
                    "type": "string"
                  },
                  "state": {
                    "$ref": "#/components/schemas/SourceState"
                  },
                  "reason": {
                    "type": "string"
                  },
                  "releasesAsOf": {
                    "type": "string",
                    "format": "date"
                  }
                }
              }
            ]
          },
          "sources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Source"
            }
          }
        }
      },
      "OperatorHealth": {
        "type": "object",
        "required": [
          "state",
          "because"
        ],
        "properties": {
          "state": {
            "type": "string",
            "description": "healthy | unhealthy | not-installed | unknown"
          },
          "because": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "What is wrong or why nothing can be said; empty where it is healthy"
          },
          "manager": {
            "$ref": "#/components/schemas/OperatorPods"
          },
          "webhook": {
            "$ref": "#/components/schemas/OperatorPods"
          },
          "daemon": {
            "$ref": "#/components/schemas/OperatorPods"
          },
          "features": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Containers of its daemon beside the daemon itself, as \"log-enricher\": what runs on each node"
          }
        }
      },
      "OperatorPods": {
        "type": "object",
        "required": [
          "wanted",
          "ready"
        ],
        "properties": {
          "wanted": {
            "type": "integer"
          },
          "ready": {
            "type": "integer"
          }
        }
      },
      "OperatorSwitch": {
        "type": "object",
        "required": [
          "id",
          "state",
          "field",
          "value",
          "because"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "description": "hardened | open (as it comes, and could be harder) | weakened | unknown"
          },
          "field": {
            "type": "string"
          },
          "value": {
            "type": "string"
          },
          "because": {
            "type": "string"
          },
          "fix": {
            "type": "string"
          }
        }
      },
      "Node": {
        "type": "object",
        "required": [
          "name",
          "ready",
          "spo"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "ready": {
            "type": "string",
            "description": "yes | no | unknown"
          },
          "kernel": {
            "type": "string"
          },
          "architecture": {
            "type": "string"
          },
          "operatingSystem": {
            "type": "string"
          },
          "osImage": {
            "type": "string"
          },
          "runtime": {
            "type": "string"
          },
          "kubelet": {
            "type": "string"
          },
          "cilium": {
            "type": "object",
            "required": [
              "version",
              "source"
            ],
            "properties": {
              "version": {
                "type": "string"
              },
              "source": {
                "type": "string"
              },
              "ready": {
                "type": "string"
              }
            }
          },
          "spo": {
            "type": "string",
            "description": "served | not-served | unknown: whether the operator runs its daemon there"
          }
        }
      },
      "Profile": {
        "type": "object",
        "required": [
          "id",
          "clusterId",
          "cluster",
          "kind",
          "name",
          "mode",
          "sourceDigest",
          "effectiveDigest",
          "resolution",
          "installed",
          "users"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "clusterId": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "mode": {
            "type": "string"
          },
          "defaultAction": {
            "type": "string"
          },
          "sourceDigest": {
            "type": "string"
          },
          "effectiveDigest": {
            "type": [
              "string",
              "null"
            ]
          },
          "resolution": {
            "type": "string"
          },
          "because": {
            "type": "string",
            "description": "Why the effective content is not known"
          },
          "bases": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "allows": {
            "type": [
              "integer",
              "null"
            ],
            "description": "How many syscalls a SeccompProfile allows with its bases"
          },
          "revisionSince": {
            "type": "string",
            "format": "date-time",
            "description": "When collection first saw this content"
          },
          "installed": {
            "$ref": "#/components/schemas/Installed"
          },
          "users": {
            "type": "integer",
            "description": "Entities that the caller may read and whose containers run under it"
          },
          "beyond": {
            "$ref": "#/components/schemas/ProfileBeyond"
          }
        }
      },
      "Revision": {
        "type": "object",
        "required": [
          "id",
          "effectiveDigest",
          "sourceDigest",
          "firstSeen",
          "current"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "For `from` and `to` of a comparison"
          },
          "effectiveDigest": {
            "type": [
              "string",
              "null"
            ]
          },
          "sourceDigest": {
            "type": "string"
          },
          "firstSeen": {
            "type": "string",
            "format": "date-time"
          },
          "current": {
            "type": "boolean",
            "description": "Whether it is the content of now"
          },
          "change": {
            "type": "string",
            "description": "Against the revision before: identical | cosmetic | narrower | wider | mode-relaxed | incomparable; absent for the first and where a content is not known"
          }
        }
      },
      "ProfileUser": {
        "type": "object",
        "required": [
          "entityRef",
          "containers",
          "pods",
          "claim"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "ownerRef": {
            "type": "string"
          },
          "containers": {
            "type": "integer"
          },
          "pods": {
            "type": "integer"
          },
          "claim": {
            "type": "string",
            "description": "confirmed | asserted: whether the cluster says that a container under it is the entity’s"
          }
        }
      },
      "WorkloadSummary": {
        "type": "object",
        "required": [
          "id",
          "clusterId",
          "cluster",
          "environment",
          "namespace",
          "kind",
          "name",
          "pods",
          "labels"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "clusterId": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "pods": {
            "type": "integer"
          },
          "labels": {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          }
        }
      },
      "Setup": {
        "type": "object",
        "required": [
          "clusters",
          "entities",
          "operator"
        ],
        "properties": {
          "clusters": {
            "type": "object",
            "required": [
              "connected",
              "answering"
            ],
            "properties": {
              "connected": {
                "type": "integer"
              },
              "answering": {
                "type": "integer"
              }
            }
          },
          "entities": {
            "type": "object",
            "required": [
              "total",
              "matched"
            ],
            "properties": {
              "total": {
                "type": "integer"
              },
              "matched": {
                "type": "integer"
              }
            }
          },
          "operator": {
            "type": "object",
            "required": [
              "clusters"
            ],
            "properties": {
              "clusters": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            }
          }
        }
      },
      "ClusterPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Cluster"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "NodePage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Node"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ProfilePage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Profile"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "RevisionPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Revision"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ProfileUserPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "hidden",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ProfileUser"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "hidden": {
            "type": "integer",
            "description": "Users that the caller may not read"
          },
          "unclaimed": {
            "type": "object",
            "description": "Workloads that name the profile and that no entity claims",
            "required": [
              "workloads",
              "pods"
            ],
            "properties": {
              "workloads": {
                "type": "integer"
              },
              "pods": {
                "type": "integer"
              }
            }
          },
          "owners": {
            "type": "array",
            "maxItems": 100,
            "description": "The users of every page by owner, the one with the most pods first",
            "items": {
              "type": "object",
              "required": [
                "entities",
                "containers",
                "pods"
              ],
              "properties": {
                "ownerRef": {
                  "type": "string",
                  "description": "Absent without an owner"
                },
                "entities": {
                  "type": "integer"
                },
                "containers": {
                  "type": "integer"
                },
                "pods": {
                  "type": "integer"
                }
              }
            }
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ProfileBeyond": {
        "type": "object",
        "description": "Which calls it allows that RuntimeDefault does not allow a container with the runtime's default capabilities",
        "required": [
          "calls"
        ],
        "properties": {
          "calls": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Null where it is not known, where the kind has no calls, and where it allows by default"
          },
          "worstRisk": {
            "type": "string",
            "description": "critical | high | medium | low"
          }
        }
      },
      "ProfileCall": {
        "type": "object",
        "required": [
          "name",
          "action"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "action": {
            "type": "string"
          },
          "risk": {
            "type": "string",
            "description": "critical | high | medium | low"
          },
          "because": {
            "type": "string",
            "description": "Why it matters",
            "in one line": null
          },
          "args": {
            "type": "string",
            "description": "When it is let through, in words; absent where its arguments mean nothing"
          },
          "runtimeDefault": {
            "type": "string",
            "description": "What RuntimeDefault says of it, where that depends on its arguments"
          },
          "broughtBy": {
            "type": "string",
            "description": "The base that brought it; absent for the profile's own rules"
          }
        }
      },
      "ProfileCallGroups": {
        "type": "object",
        "required": [
          "total",
          "groups"
        ],
        "properties": {
          "total": {
            "type": "integer",
            "description": "Calls of all groups"
          },
          "groups": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "title",
                "because",
                "total",
                "calls"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "because": {
                  "type": "string",
                  "description": "Why calls of this group matter"
                },
                "total": {
                  "type": "integer"
                },
                "calls": {
                  "type": "array",
                  "maxItems": 500,
                  "items": {
                    "$ref": "#/components/schemas/ProfileCall"
                  }
                }
              }
            }
          }
        }
      },
      "ProfileDistance": {
        "type": "object",
        "required": [
          "baseline",
          "capabilities",
          "beyond",
          "within",
          "denied"
        ],
        "properties": {
          "baseline": {
            "type": "string",
            "description": "Name and version of RuntimeDefault"
          },
          "capabilities": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Those that RuntimeDefault is taken for; the runtime's default"
          },
          "beyond": {
            "$ref": "#/components/schemas/ProfileCallGroups"
          },
          "within": {
            "$ref": "#/components/schemas/ProfileCallGroups"
          },
          "denied": {
            "$ref": "#/components/schemas/ProfileCallGroups"
          }
        }
      },
      "ProfileBase": {
        "type": "object",
        "required": [
          "name",
          "from",
          "brought",
          "broughtBeyond"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "from": {
            "type": "string",
            "description": "own | cluster | registry | missing: where its rules were read; own is the profile itself"
          },
          "profileId": {
            "type": "string",
            "description": "Where the caller may read it"
          },
          "pinned": {
            "type": "boolean",
            "description": "For a registry",
            "whether it is named by digest": null
          },
          "brought": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Calls that it allows and no base below it; null where that is not known"
          },
          "broughtBeyond": {
            "type": [
              "integer",
              "null"
            ]
          }
        }
      },
      "ProfileProblem": {
        "type": "object",
        "required": [
          "id",
          "because"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "base-unresolved | base-from-registry | ambiguous-calls | disabled | deleting | recorded | partial | name-collision | malformed, or the id of a finding"
          },
          "because": {
            "type": "string"
          }
        }
      },
      "ProfileDetail": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Profile"
          },
          {
            "type": "object",
            "required": [
              "environment",
              "servedAt",
              "names",
              "chain",
              "problems",
              "labels",
              "yaml"
            ],
            "properties": {
              "environment": {
                "type": "string"
              },
              "servedAt": {
                "type": "string",
                "format": "date-time"
              },
              "state": {
                "type": "string",
                "description": "Enabled | Disabled"
              },
              "apiVersion": {
                "type": "string"
              },
              "names": {
                "type": "array",
                "items": {
                  "type": "string"
                },
                "description": "What a pod writes to run under it"
              },
              "architectures": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "flags": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "listenerPath": {
                "type": "string"
              },
              "distance": {
                "anyOf": [
                  {
                    "$ref": "#/components/schemas/ProfileDistance"
                  },
                  {
                    "type": "null",
                    "description": "Not known",
                    "or a kind without syscalls": null
                  }
                ]
              },
              "appArmor": {
                "type": "object",
                "description": "What an AppArmorProfile allows",
                "additionalProperties": true
              },
              "seLinux": {
                "type": "object",
                "description": "What a SelinuxProfile inherits and allows",
                "additionalProperties": true
              },
              "raw": {
                "type": "object",
                "description": "A policy as text, which cannot be judged",
                "required": [
                  "bytes",
                  "digest"
                ],
                "properties": {
                  "bytes": {
                    "type": "integer"
                  },
                  "digest": {
                    "type": "string"
                  }
                }
              },
              "chain": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ProfileBase"
                },
                "description": "From the root of the bases to the profile itself"
              },
              "nodeStates": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ProfileNodeCount"
                }
              },
              "recorded": {
                "type": "object",
                "description": "That the operator recorded it and nobody wrote it",
                "properties": {
                  "recording": {
                    "type": "string"
                  },
                  "namespace": {
                    "type": "string"
                  },
                  "container": {
                    "type": "string"
                  },
                  "partial": {
                    "type": "boolean"
                  }
                }
              },
              "problems": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ProfileProblem"
                }
              },
              "labels": {
                "type": "object",
                "additionalProperties": {
                  "type": "string"
                }
              },
              "yaml": {
                "type": "object",
                "description": "The object as collected, without status; integers have all their digits",
                "required": [
                  "text",
                  "truncated"
                ],
                "properties": {
                  "text": {
                    "type": "string"
                  },
                  "truncated": {
                    "type": "boolean"
                  }
                }
              }
            }
          }
        ]
      },
      "ProfileNodeState": {
        "type": "string",
        "description": "error | missing | pending | in-progress | terminating | partial | disabled | other | installed | no-operator; `missing`: the operator serves the node and reports nothing"
      },
      "ProfileNodeCount": {
        "type": "object",
        "required": [
          "state",
          "nodes"
        ],
        "properties": {
          "state": {
            "$ref": "#/components/schemas/ProfileNodeState"
          },
          "nodes": {
            "type": "integer"
          }
        }
      },
      "ProfileNode": {
        "type": "object",
        "required": [
          "name",
          "state",
          "ready",
          "pods"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/ProfileNodeState"
          },
          "reported": {
            "type": "string",
            "description": "The operator's word for a state of `other`"
          },
          "ready": {
            "type": "string",
            "description": "yes | no | unknown"
          },
          "pods": {
            "type": "integer",
            "description": "Pods there that name the profile",
            "whose ever they are": null
          }
        }
      },
      "ProfileNodePage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "counts",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ProfileNode"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "counts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ProfileNodeCount"
            }
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ComparisonLine": {
        "type": "object",
        "required": [
          "direction",
          "risk",
          "subject"
        ],
        "properties": {
          "direction": {
            "type": "string",
            "description": "wider | narrower | changed"
          },
          "risk": {
            "type": "string",
            "description": "critical | high | medium | low | none"
          },
          "subject": {
            "type": "string",
            "description": "A syscall, path, capability, type:class:permission or field"
          },
          "before": {
            "type": "string"
          },
          "after": {
            "type": "string"
          },
          "group": {
            "type": "string"
          },
          "because": {
            "type": "string"
          },
          "broughtBy": {
            "type": "string"
          }
        }
      },
      "RevisionComparison": {
        "type": "object",
        "required": [
          "from",
          "to",
          "class",
          "lines",
          "totals",
          "truncated"
        ],
        "properties": {
          "from": {
            "$ref": "#/components/schemas/Revision"
          },
          "to": {
            "$ref": "#/components/schemas/Revision"
          },
          "class": {
            "type": "string",
            "description": "identical | cosmetic | narrower | wider | mode-relaxed | incomparable | unknown"
          },
          "because": {
            "type": "string",
            "description": "Why they cannot be compared"
          },
          "lines": {
            "type": "array",
            "maxItems": 500,
            "description": "What is wider first",
            "by risk": null,
            "items": {
              "$ref": "#/components/schemas/ComparisonLine"
            }
          },
          "totals": {
            "type": "object",
            "description": "Of all lines, also those that the answer leaves out",
            "required": [
              "wider",
              "narrower",
              "changed"
            ],
            "properties": {
              "wider": {
                "type": "integer"
              },
              "narrower": {
                "type": "integer"
              },
              "changed": {
                "type": "integer"
              }
            }
          },
          "truncated": {
            "type": "boolean"
          }
        }
      },
      "WorkloadPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/WorkloadSummary"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "WorstFinding": {
        "type": "object",
        "required": [
          "id",
          "severity"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "severity": {
            "type": "string"
          }
        }
      },
      "ScorecardCounts": {
        "type": "object",
        "description": "Entities, by target and by level; each of the two adds up to all",
        "required": [
          "entities",
          "target",
          "levels",
          "underReview"
        ],
        "properties": {
          "entities": {
            "type": "integer"
          },
          "target": {
            "type": "object",
            "required": [
              "met",
              "missed",
              "unknown",
              "none"
            ],
            "properties": {
              "met": {
                "type": "integer"
              },
              "missed": {
                "type": "integer"
              },
              "unknown": {
                "type": "integer"
              },
              "none": {
                "type": "integer",
                "description": "Nothing is asked of them"
              }
            }
          },
          "levels": {
            "type": "object",
            "required": [
              "exposed",
              "accepted",
              "baseline",
              "profiled",
              "unknown"
            ],
            "properties": {
              "exposed": {
                "type": "integer"
              },
              "accepted": {
                "type": "integer"
              },
              "baseline": {
                "type": "integer"
              },
              "profiled": {
                "type": "integer"
              },
              "unknown": {
                "type": "integer"
              }
            }
          },
          "underReview": {
            "type": "integer",
            "description": "Entities with a review that waits for votes"
          },
          "worstFinding": {
            "$ref": "#/components/schemas/WorstFinding"
          }
        }
      },
      "ScorecardSummary": {
        "type": "object",
        "required": [
          "counts",
          "approvals",
          "steps",
          "view"
        ],
        "properties": {
          "counts": {
            "$ref": "#/components/schemas/ScorecardCounts"
          },
          "approvals": {
            "type": "object",
            "description": "Entities by the state of their approvals",
            "additionalProperties": {
              "type": "integer"
            }
          },
          "steps": {
            "type": "array",
            "description": "The findings whose mending frees most entities of failing ones",
            "items": {
              "$ref": "#/components/schemas/ScorecardFinding"
            }
          },
          "view": {
            "type": "string",
            "description": "whole | filtered: the caller may read a part of the entities only"
          }
        }
      },
      "ScorecardEntity": {
        "type": "object",
        "required": [
          "entityRef",
          "class",
          "level",
          "approval",
          "target",
          "score",
          "openReviews",
          "environments",
          "assessedAt"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "type": {
            "type": "string"
          },
          "lifecycle": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "Left out where the caller may not see the owner"
          },
          "system": {
            "type": "string"
          },
          "class": {
            "type": "string"
          },
          "level": {
            "$ref": "#/components/schemas/Level"
          },
          "approval": {
            "$ref": "#/components/schemas/ApprovalSummary"
          },
          "target": {
            "type": "object",
            "required": [
              "level",
              "met"
            ],
            "properties": {
              "level": {
                "type": [
                  "string",
                  "null"
                ]
              },
              "met": {
                "type": "string",
                "description": "yes | no | unknown | none"
              }
            }
          },
          "score": {
            "type": [
              "number",
              "null"
            ]
          },
          "worstFinding": {
            "$ref": "#/components/schemas/WorstFinding"
          },
          "nextStep": {
            "type": "string"
          },
          "openReviews": {
            "type": "integer",
            "description": "Reviews that wait for votes on what it runs under"
          },
          "environments": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "assessedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "ScorecardGroup": {
        "type": "object",
        "required": [
          "key",
          "children",
          "own",
          "all"
        ],
        "properties": {
          "key": {
            "type": [
              "string",
              "null"
            ],
            "description": "Ref of the owner or system, name of the environment or class; null: none, or not to be named to the caller"
          },
          "hidden": {
            "type": "integer",
            "description": "So many owners that the caller may not see are put together in this row"
          },
          "children": {
            "type": "integer",
            "description": "Groups directly below"
          },
          "own": {
            "$ref": "#/components/schemas/ScorecardCounts"
          },
          "all": {
            "$ref": "#/components/schemas/ScorecardCounts"
          }
        }
      },
      "ScorecardFinding": {
        "type": "object",
        "required": [
          "findingId",
          "title",
          "severity",
          "failing",
          "warning",
          "unknown",
          "waived",
          "sole"
        ],
        "properties": {
          "findingId": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "severity": {
            "type": "string"
          },
          "failing": {
            "type": "integer",
            "description": "Entities, waived ones too"
          },
          "warning": {
            "type": "integer"
          },
          "unknown": {
            "type": "integer"
          },
          "waived": {
            "type": "integer"
          },
          "sole": {
            "type": "integer",
            "description": "Entities in which nothing else fails"
          }
        }
      },
      "ElevatedContainer": {
        "type": "object",
        "required": [
          "entityRef",
          "cluster",
          "environment",
          "workloadId",
          "namespace",
          "kind",
          "name",
          "container",
          "class",
          "level",
          "elevations",
          "grant"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "workloadId": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "container": {
            "type": "string"
          },
          "class": {
            "type": "string"
          },
          "level": {
            "$ref": "#/components/schemas/Level"
          },
          "risk": {
            "type": "string",
            "description": "The highest of its elevations"
          },
          "elevations": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "value",
                "risk"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "value": {
                  "type": "string"
                },
                "risk": {
                  "type": "string"
                }
              }
            }
          },
          "grant": {
            "type": "object",
            "required": [
              "state"
            ],
            "properties": {
              "state": {
                "type": "string"
              },
              "expiresAt": {
                "type": "string",
                "format": "date-time"
              }
            }
          }
        }
      },
      "ScorecardEntityPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ScorecardEntity"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ScorecardGroupPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ScorecardGroup"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ScorecardFindingPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ScorecardFinding"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ElevatedPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ElevatedContainer"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "ReviewRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "kind",
          "subject",
          "digest",
          "environment",
          "reason"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "content"
            ]
          },
          "subject": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "profileId"
            ],
            "properties": {
              "profileId": {
                "type": "string",
                "maxLength": 128
              }
            }
          },
          "digest": {
            "type": "string",
            "maxLength": 128,
            "description": "The effective digest that the requester read"
          },
          "environment": {
            "type": "string",
            "maxLength": 253
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          },
          "ticket": {
            "type": "string",
            "maxLength": 200
          },
          "wantedExpiry": {
            "type": "string",
            "format": "date-time"
          },
          "authors": {
            "type": "array",
            "maxItems": 50,
            "description": "Refs of the people who wrote what is asked for; they do not vote on it",
            "items": {
              "type": "string",
              "maxLength": 512,
              "pattern": "^[Uu][Ss][Ee][Rr]:[^/]+/[^/]+$"
            }
          }
        }
      },
      "VoteRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "decision",
          "expectedDigest"
        ],
        "properties": {
          "decision": {
            "type": "string",
            "enum": [
              "approve",
              "reject",
              "request-changes"
            ]
          },
          "expectedDigest": {
            "type": "string",
            "maxLength": 128,
            "description": "The effective digest that the voter read"
          },
          "comment": {
            "type": "string",
            "maxLength": 4000,
            "description": "Required to reject or to request changes"
          }
        }
      },
      "CommentRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "comment"
        ],
        "properties": {
          "comment": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          }
        }
      },
      "WithdrawRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "reason": {
            "type": "string",
            "maxLength": 4000
          }
        }
      },
      "AuditEvent": {
        "type": "object",
        "required": [
          "seq",
          "at",
          "actor",
          "action",
          "reviewId",
          "prevHash",
          "hash"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "at": {
            "type": "string"
          },
          "actor": {
            "type": "string"
          },
          "action": {
            "type": "string",
            "description": "requested | voted | commented | withdrawn | policy-approved | carried | superseded | revoked | broke-glass"
          },
          "reviewId": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "profile": {
            "type": "object",
            "required": [
              "kind",
              "name"
            ],
            "properties": {
              "kind": {
                "type": "string"
              },
              "namespace": {
                "type": "string"
              },
              "name": {
                "type": "string"
              }
            }
          },
          "digest": {
            "type": "string"
          },
          "decision": {
            "type": "string"
          },
          "text": {
            "type": "string",
            "description": "Reason or comment"
          },
          "erased": {
            "type": "boolean",
            "description": "Whether what was written was erased"
          },
          "prevHash": {
            "type": "string"
          },
          "hash": {
            "type": "string"
          }
        }
      },
      "AuditEventPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AuditEvent"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      },
      "AuditVerification": {
        "type": "object",
        "required": [
          "result",
          "rows",
          "lastSeq",
          "lastHash",
          "erased",
          "checkpoints",
          "verifiedAt",
          "signing"
        ],
        "properties": {
          "result": {
            "type": "string",
            "description": "intact | broken"
          },
          "rows": {
            "type": "integer"
          },
          "lastSeq": {
            "type": "integer"
          },
          "lastHash": {
            "type": "string"
          },
          "erased": {
            "type": "integer",
            "description": "Rows whose text was erased; no problem"
          },
          "checkpoints": {
            "type": "object",
            "required": [
              "matched",
              "signed",
              "unsigned"
            ],
            "properties": {
              "matched": {
                "type": "integer"
              },
              "signed": {
                "type": "integer"
              },
              "unsigned": {
                "type": "integer"
              }
            }
          },
          "problem": {
            "type": "object",
            "description": "The first thing that is wrong",
            "required": [
              "kind",
              "seq",
              "message"
            ],
            "properties": {
              "kind": {
                "type": "string",
                "description": "gap | reordered | broken-link | edited | text-edited | truncated | rewritten | bad-signature | unreadable"
              },
              "seq": {
                "type": "integer"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "verifiedAt": {
            "type": "string",
            "format": "date-time"
          },
          "signing": {
            "type": "string",
            "description": "signed | unsigned, where there is no key"
          },
          "keyId": {
            "type": "string"
          }
        }
      },
      "AuditCheckpoint": {
        "type": "object",
        "required": [
          "seq",
          "hash",
          "count",
          "at"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "hash": {
            "type": "string"
          },
          "count": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "keyId": {
            "type": "string"
          },
          "signature": {
            "type": "string",
            "description": "Ed25519, base64"
          }
        }
      },
      "AuditCheckpointList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AuditCheckpoint"
            }
          },
          "publicKey": {
            "type": "string",
            "description": "PEM"
          }
        }
      },
      "RevokeRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          }
        }
      },
      "BreakGlassRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "expectedDigest",
          "reason",
          "incident"
        ],
        "properties": {
          "expectedDigest": {
            "type": "string",
            "maxLength": 128,
            "description": "The effective digest that the caller read"
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 4000
          },
          "incident": {
            "type": "string",
            "maxLength": 2000,
            "pattern": "^https?://[^ ]+$",
            "description": "Link to the incident"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "Earlier end; a day at most"
          }
        }
      },
      "ReviewState": {
        "type": "string",
        "description": "pending | changes-requested | approved | approved-emergency | rejected | revoked | expired | stale | withdrawn | superseded | lapsed"
      },
      "Emergency": {
        "type": "object",
        "description": "Content that was put in force before others could decide",
        "required": [
          "by",
          "at",
          "until",
          "reviewDueAt",
          "reason",
          "incident"
        ],
        "properties": {
          "by": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time"
          },
          "reviewDueAt": {
            "type": "string",
            "format": "date-time",
            "description": "By then others should have decided"
          },
          "reason": {
            "type": "string"
          },
          "incident": {
            "type": "string"
          },
          "endedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When somebody ended it before its time"
          }
        }
      },
      "ReviewEvent": {
        "type": "object",
        "description": "One thing that happened in a review",
        "required": [
          "seq",
          "at",
          "type",
          "actor"
        ],
        "properties": {
          "seq": {
            "type": "integer"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "type": {
            "type": "string",
            "description": "requested | voted | commented | withdrawn | policy-approved | carried | superseded | revoked | broke-glass"
          },
          "actor": {
            "type": "string"
          },
          "decision": {
            "type": "string"
          },
          "text": {
            "type": "string",
            "description": "Reason or comment"
          }
        }
      },
      "ReviewSummary": {
        "type": "object",
        "required": [
          "id",
          "kind",
          "profile",
          "environment",
          "digest",
          "state",
          "requestedBy",
          "createdAt",
          "requestExpiresAt",
          "touches",
          "viewerMay"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "profile": {
            "type": "object",
            "required": [
              "kind",
              "name",
              "clusters"
            ],
            "properties": {
              "kind": {
                "type": "string"
              },
              "namespace": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "clusters": {
                "type": "array",
                "items": {
                  "type": "string"
                },
                "description": "Clusters of the environment that have the profile"
              }
            }
          },
          "environment": {
            "type": "string"
          },
          "digest": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/ReviewState"
          },
          "tier": {
            "type": "string",
            "description": "How much is at stake: T0 | T1 | T2 | T3"
          },
          "requestedBy": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "requestExpiresAt": {
            "type": "string",
            "format": "date-time"
          },
          "expiresAt": {
            "type": "string",
            "format": "date-time",
            "description": "End of the approval",
            "once approved": null
          },
          "touches": {
            "type": "object",
            "description": "Who runs under the profile in the environment, as far as the caller may read it",
            "required": [
              "entities",
              "hidden",
              "pods"
            ],
            "properties": {
              "entities": {
                "type": "array",
                "maxItems": 20,
                "items": {
                  "type": "string"
                }
              },
              "hidden": {
                "type": "integer"
              },
              "pods": {
                "type": "integer"
              }
            }
          },
          "viewerMay": {
            "type": "array",
            "items": {
              "type": "string",
              "description": "approve | reject | request-changes | comment | withdraw | revoke | break-glass"
            }
          }
        }
      },
      "ReviewVote": {
        "type": "object",
        "required": [
          "id",
          "voter",
          "decision",
          "slot",
          "at",
          "expectedDigest",
          "standing"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "voter": {
            "type": "string"
          },
          "decision": {
            "type": "string"
          },
          "slot": {
            "type": "string",
            "description": "owner | security"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "expectedDigest": {
            "type": "string"
          },
          "groupPath": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Groups by which the voter was eligible"
          },
          "comment": {
            "type": "string"
          },
          "standing": {
            "type": "string",
            "description": "counts | replaced, or why it does not count"
          }
        }
      },
      "EffectOfVote": {
        "type": "array",
        "description": "What a vote of this caller would do, sentence by sentence; each a key of the translation and its parameters",
        "items": {
          "type": "object",
          "required": [
            "key",
            "params"
          ],
          "properties": {
            "key": {
              "type": "string"
            },
            "params": {
              "type": "object",
              "additionalProperties": {
                "type": [
                  "string",
                  "number"
                ]
              }
            }
          }
        }
      },
      "Review": {
        "allOf": [
          {
            "$ref": "#/components/schemas/ReviewSummary"
          },
          {
            "type": "object",
            "required": [
              "servedAt",
              "reason",
              "observed",
              "quorum",
              "missing",
              "votes",
              "excluded",
              "eligible",
              "comments",
              "effectOfVote",
              "allows"
            ],
            "properties": {
              "servedAt": {
                "type": "string",
                "format": "date-time"
              },
              "reason": {
                "type": "string"
              },
              "ticket": {
                "type": "string"
              },
              "wantedExpiry": {
                "type": "string",
                "format": "date-time"
              },
              "effectiveFrom": {
                "type": "string",
                "format": "date-time"
              },
              "renewFrom": {
                "type": "string",
                "format": "date-time",
                "description": "From then on a renewal may be asked for"
              },
              "supersededBy": {
                "type": "string"
              },
              "riskReasons": {
                "type": "array",
                "items": {
                  "type": "string"
                },
                "description": "Why this tier"
              },
              "changeClass": {
                "type": "string",
                "description": "Against previousDigest: identical | cosmetic | narrower | wider | mode-relaxed | incomparable"
              },
              "previousDigest": {
                "type": "string",
                "description": "What was approved and in force before"
              },
              "ruleSetDigest": {
                "type": "string"
              },
              "decidedBy": {
                "type": "string",
                "description": "`policy` where the rules approved by themselves"
              },
              "emergency": {
                "$ref": "#/components/schemas/Emergency"
              },
              "revoked": {
                "type": "object",
                "required": [
                  "at",
                  "by",
                  "reason"
                ],
                "properties": {
                  "at": {
                    "type": "string",
                    "format": "date-time"
                  },
                  "by": {
                    "type": "string"
                  },
                  "reason": {
                    "type": "string"
                  }
                }
              },
              "history": {
                "type": "array",
                "description": "Everything that happened in it",
                "oldest first": null,
                "items": {
                  "$ref": "#/components/schemas/ReviewEvent"
                }
              },
              "observed": {
                "type": "array",
                "description": "What is in force in each cluster of the environment",
                "items": {
                  "type": "object",
                  "required": [
                    "profileId",
                    "cluster",
                    "digest",
                    "matches"
                  ],
                  "properties": {
                    "profileId": {
                      "type": "string"
                    },
                    "cluster": {
                      "type": "string"
                    },
                    "digest": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "matches": {
                      "type": "boolean",
                      "description": "Whether it is what the review is about"
                    }
                  }
                }
              },
              "quorum": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/QuorumSlot"
                }
              },
              "missing": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/QuorumSlot"
                }
              },
              "votes": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/ReviewVote"
                }
              },
              "excluded": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "ref",
                    "why"
                  ],
                  "properties": {
                    "ref": {
                      "type": "string"
                    },
                    "why": {
                      "type": "string"
                    }
                  }
                }
              },
              "eligible": {
                "type": "object",
                "required": [
                  "total",
                  "people"
                ],
                "properties": {
                  "total": {
                    "type": "integer"
                  },
                  "people": {
                    "type": "array",
                    "maxItems": 20,
                    "items": {
                      "type": "object",
                      "required": [
                        "ref",
                        "slot"
                      ],
                      "properties": {
                        "ref": {
                          "type": "string"
                        },
                        "slot": {
                          "type": "string"
                        }
                      }
                    }
                  }
                }
              },
              "comments": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "id",
                    "actor",
                    "at",
                    "comment"
                  ],
                  "properties": {
                    "id": {
                      "type": "string"
                    },
                    "actor": {
                      "type": "string"
                    },
                    "at": {
                      "type": "string",
                      "format": "date-time"
                    },
                    "comment": {
                      "type": "string"
                    }
                  }
                }
              },
              "whyNot": {
                "type": "string",
                "description": "Why the caller may not vote"
              },
              "effectOfVote": {
                "type": "object",
                "properties": {
                  "approve": {
                    "$ref": "#/components/schemas/EffectOfVote"
                  },
                  "reject": {
                    "$ref": "#/components/schemas/EffectOfVote"
                  },
                  "requestChanges": {
                    "$ref": "#/components/schemas/EffectOfVote"
                  }
                }
              },
              "allows": {
                "anyOf": [
                  {
                    "type": "object",
                    "description": "What the content allows; null once it is no longer in force anywhere",
                    "required": [
                      "mode",
                      "bases",
                      "rules"
                    ],
                    "properties": {
                      "mode": {
                        "type": "string"
                      },
                      "defaultAction": {
                        "type": "string"
                      },
                      "total": {
                        "type": [
                          "integer",
                          "null"
                        ]
                      },
                      "bases": {
                        "type": "array",
                        "items": {
                          "type": "string"
                        }
                      },
                      "beyondRuntimeDefault": {
                        "type": "array",
                        "items": {
                          "type": "string"
                        }
                      },
                      "rules": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "required": [
                            "action",
                            "names"
                          ],
                          "properties": {
                            "action": {
                              "type": "string"
                            },
                            "names": {
                              "type": "array",
                              "items": {
                                "type": "string"
                              }
                            },
                            "conditions": {
                              "type": "string",
                              "description": "Argument conditions in words of the kernel"
                            }
                          }
                        }
                      },
                      "text": {
                        "type": "string",
                        "description": "The spec of a kind that has no syscalls"
                      }
                    }
                  },
                  {
                    "type": "null"
                  }
                ]
              }
            }
          }
        ]
      },
      "QuorumSlot": {
        "type": "object",
        "required": [
          "slot",
          "count"
        ],
        "properties": {
          "slot": {
            "type": "string"
          },
          "count": {
            "type": "integer"
          }
        }
      },
      "ReviewPage": {
        "type": "object",
        "required": [
          "items",
          "totalItems",
          "counts",
          "servedAt",
          "pageInfo"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ReviewSummary"
            }
          },
          "totalItems": {
            "type": "integer"
          },
          "servedAt": {
            "type": "string",
            "format": "date-time"
          },
          "counts": {
            "type": "object",
            "description": "How many reviews each filter has",
            "required": [
              "needsMe",
              "askedByMe",
              "all"
            ],
            "properties": {
              "needsMe": {
                "type": "integer"
              },
              "askedByMe": {
                "type": "integer"
              },
              "all": {
                "type": "integer"
              }
            }
          },
          "pageInfo": {
            "$ref": "#/components/schemas/PageInfo"
          }
        }
      }
    }
  }
};
