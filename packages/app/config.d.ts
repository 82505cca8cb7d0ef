export interface Config {
  auth?: {
    providers?: {
      demo?: {
        /**
         * The people that the sign-in page of the demo offers. The backend signs in nobody else.
         * @deepVisibility frontend
         */
        users: Array<{
          /** Entity ref of the person, as `user:default/marlow`. */
          entityRef: string;
          /** Name on the sign-in page. */
          displayName: string;
          /** Heading that the person stands under. */
          group: string;
          /** What the person may do, in one line. */
          can: string;
        }>;
      };
    };
  };
}
