import { render, screen } from '@testing-library/react';
import app from './App';

describe('the portal', () => {
  const { env } = process;

  afterEach(() => {
    process.env = env;
  });

  it('starts and asks who you are', async () => {
    // The build puts the config there, as data; the real process.env would turn it into a text.
    process.env = {
      ...env,
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'The portal', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
    render(app.createRoot());
    expect(
      await screen.findByRole(
        'heading',
        { name: 'The portal' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sign in as guest' }),
    ).toBeInTheDocument();
  }, 20_000);
});
