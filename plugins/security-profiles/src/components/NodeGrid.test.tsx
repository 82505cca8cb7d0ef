import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NodeGrid, type NodeGridItem } from './NodeGrid';

function itemsOf(count: number): NodeGridItem[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `node-${index}`,
    text: `node-${index}: installed`,
    pattern: 'solid',
    outline: 'no',
  }));
}

async function renderGrid(count: number, width = 1440) {
  window.innerWidth = width;
  window.dispatchEvent(new Event('resize'));
  await renderInTestApp(
    <NodeGrid label="Nodes of prod-eu" items={itemsOf(count)} />,
  );
}

function focusedName(): string | null | undefined {
  return document.activeElement?.getAttribute('aria-label');
}

describe('NodeGrid', () => {
  it('is one stop of the keyboard, whose cells the arrows reach', async () => {
    await renderGrid(100);
    const cells = screen.getAllByRole('gridcell');
    expect(cells.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    cells[0].focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(focusedName()).toBe('node-1: installed');
    await userEvent.keyboard('{ArrowDown}');
    expect(focusedName()).toBe('node-33: installed');
    await userEvent.keyboard('{Home}');
    expect(focusedName()).toBe('node-32: installed');
    await userEvent.keyboard('{End}');
    expect(focusedName()).toBe('node-63: installed');
    await userEvent.keyboard('{Control>}{End}{/Control}');
    expect(focusedName()).toBe('node-99: installed');
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(focusedName()).toBe('node-99: installed');
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowLeft}{ArrowUp}');
    expect(focusedName()).toBe('node-0: installed');
  });

  it('says below it what the focused square is', async () => {
    await renderGrid(100);
    screen.getAllByRole('gridcell')[0].focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByText('node-1: installed')).toHaveAttribute(
      'aria-live',
      'polite',
    );
  });

  it('tells a screen reader how large it is', async () => {
    await renderGrid(500);
    const grid = screen.getByRole('grid', { name: 'Nodes of prod-eu' });
    expect(grid).toHaveAttribute('aria-rowcount', '16');
    expect(grid).toHaveAttribute('aria-colcount', '32');
  });

  it('has 20 columns on a narrow screen', async () => {
    await renderGrid(500, 400);
    expect(screen.getByRole('grid')).toHaveAttribute('aria-colcount', '20');
  });

  it('names up to a dozen nodes instead of drawing squares', async () => {
    await renderGrid(12);
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.getAllByRole('listitem')).toHaveLength(12);
  });
});
