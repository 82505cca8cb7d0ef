import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ChartFrame, toCsv } from './ChartFrame';

describe('toCsv', () => {
  it('quotes what would end a cell', () => {
    expect(toCsv([['a,b', 'say "no"', 'c']])).toBe('"a,b","say ""no""",c');
  });

  it('does not let a spreadsheet run what begins like a formula', () => {
    expect(toCsv([['=1+1', '-x', '@y']])).toBe("'=1+1,'-x,'@y");
  });
});

describe('ChartFrame', () => {
  it('gives its numbers as a table and as CSV', async () => {
    await renderInTestApp(
      <ChartFrame
        headingLevel={4}
        title="Nodes"
        caption="Installed on 3 of 4 nodes."
        csv={[['Node'], ['node-a']]}
        fileName="nodes.csv"
        table={<p>the table</p>}
      >
        <p>the picture</p>
      </ChartFrame>,
    );
    expect(screen.getByRole('figure', { name: 'Nodes' })).toBeInTheDocument();
    const csv = screen.getByRole('link', { name: 'CSV' });
    expect(csv).toHaveAttribute('download', 'nodes.csv');
    expect(decodeURIComponent(csv.getAttribute('href') ?? '')).toContain(
      'Node\r\nnode-a',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table' }),
    );
    expect(screen.getByText('the table')).toBeInTheDocument();
    expect(screen.queryByText('the picture')).toBeNull();
  });

  it('prints the picture and the table', async () => {
    await renderInTestApp(
      <ChartFrame
        headingLevel={4}
        title="Nodes"
        caption="Installed on 3 of 4 nodes."
        csv={[]}
        fileName="nodes.csv"
        table={<p>the table</p>}
      >
        <p>the picture</p>
      </ChartFrame>,
    );
    act(() => {
      window.dispatchEvent(new Event('beforeprint'));
    });
    expect(screen.getByText('the table')).toBeInTheDocument();
    expect(screen.getByText('the picture')).toBeInTheDocument();
    act(() => {
      window.dispatchEvent(new Event('afterprint'));
    });
    expect(screen.queryByText('the table')).toBeNull();
  });
});
