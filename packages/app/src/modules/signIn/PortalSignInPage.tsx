import { useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type SignInPageProps,
} from '@backstage/core-plugin-api';
import {
  Alert,
  Button,
  Card,
  CardBody,
  Container,
  Flex,
  Text,
} from '@backstage/ui';
import { PortalMark } from '../nav/PortalMark';
import { readDemoGroups, type DemoGroup } from './readDemoGroups';
import {
  forgetSignInChoice,
  forgettingIdentity,
  keepSignInChoice,
  readSignInChoice,
  type SignInChoice,
} from './signInChoice';
import styles from './PortalSignInPage.module.css';

/** Asks who the reader is, then signs in; a choice made earlier in this browser tab is not asked for again. */
export function PortalSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const groups = readDemoGroups(config);
  const [choice, setChoice] = useState(() =>
    readSignInChoice(window.sessionStorage),
  );
  const [failed, setFailed] = useState<SignInChoice>();

  const choose = (next: SignInChoice) => {
    keepSignInChoice(window.sessionStorage, next);
    setFailed(undefined);
    setChoice(next);
  };

  if (choice) {
    return (
      <ProxiedSignInPage
        {...props}
        provider={choice.type === 'guest' ? 'guest' : 'demo'}
        headers={
          choice.type === 'guest' ? {} : { 'x-demo-user': choice.entityRef }
        }
        onSignInSuccess={identity =>
          props.onSignInSuccess(
            forgettingIdentity(identity, window.sessionStorage),
          )
        }
        ErrorComponent={() => (
          <SignInFailed
            choice={choice}
            onBack={() => {
              forgetSignInChoice(window.sessionStorage);
              setFailed(choice);
              setChoice(undefined);
            }}
          />
        )}
      />
    );
  }

  return (
    <SignInFrame title={config.getOptionalString('app.title')}>
      {failed && (
        <div role="status">
          <Alert
            status="warning"
            title="Nobody is signed in. Choose again, or look into the backend's log for the reason."
          />
        </div>
      )}
      {groups ? (
        <DemoPeople groups={groups} onChoose={choose} />
      ) : (
        <Card>
          <CardBody>
            <Flex direction="column" gap="3" align="start">
              <Text as="p">
                This portal runs on your own machine and reads the clusters of
                your kubeconfig. There is one account: the guest.
              </Text>
              <Button
                variant="primary"
                onPress={() => choose({ type: 'guest' })}
              >
                Sign in as guest
              </Button>
            </Flex>
          </CardBody>
        </Card>
      )}
    </SignInFrame>
  );
}

function SignInFrame(props: {
  title: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <main className={styles.page}>
      <Container>
        <Flex direction="column" gap="6" py="6">
          <Flex align="center" gap="3">
            <PortalMark />
            <Text as="h1" variant="title-medium" weight="bold">
              {props.title ?? 'Security profiles'}
            </Text>
          </Flex>
          {props.children}
        </Flex>
      </Container>
    </main>
  );
}

function DemoPeople(props: {
  groups: DemoGroup[];
  onChoose: (choice: SignInChoice) => void;
}) {
  return (
    <>
      <Text as="p">
        This is a demo with invented people and clusters. Choose who you are:
        what you see depends on it. You can sign out in the settings and come
        back as somebody else.
      </Text>
      <div className={styles.groups}>
        {props.groups.map(group => (
          <section key={group.name} aria-labelledby={headingId(group)}>
            <Flex direction="column" gap="3">
              <Text
                as="h2"
                variant="title-x-small"
                weight="bold"
                id={headingId(group)}
              >
                {group.name}
              </Text>
              <ul className={styles.people}>
                {group.people.map(person => (
                  <li key={person.entityRef}>
                    <Card>
                      <CardBody>
                        <Flex direction="column" gap="2" align="start">
                          <Button
                            variant="secondary"
                            aria-describedby={lineId(person.entityRef)}
                            onPress={() =>
                              props.onChoose({
                                type: 'person',
                                entityRef: person.entityRef,
                              })
                            }
                          >
                            {`Sign in as ${person.displayName}`}
                          </Button>
                          <Text
                            as="p"
                            variant="body-small"
                            id={lineId(person.entityRef)}
                          >
                            {person.can}
                          </Text>
                        </Flex>
                      </CardBody>
                    </Card>
                  </li>
                ))}
              </ul>
            </Flex>
          </section>
        ))}
      </div>
    </>
  );
}

function SignInFailed(props: { choice: SignInChoice; onBack: () => void }) {
  const who =
    props.choice.type === 'guest' ? 'the guest' : props.choice.entityRef;
  return (
    <SignInFrame title={undefined}>
      <div role="alert">
        <Alert
          status="danger"
          title={`Signing in as ${who} failed`}
          description="The backend did not accept it. It may still be reading the catalog: wait some seconds and try again. The backend's log has the reason."
        />
      </div>
      <Flex gap="3">
        <Button variant="primary" onPress={() => window.location.reload()}>
          Try again
        </Button>
        <Button variant="secondary" onPress={props.onBack}>
          Choose somebody else
        </Button>
      </Flex>
    </SignInFrame>
  );
}

function headingId(group: DemoGroup): string {
  return `sign-in-group-${group.name}`;
}

function lineId(entityRef: string): string {
  return `sign-in-can-${entityRef.replace(/[^a-z0-9]+/gi, '-')}`;
}
